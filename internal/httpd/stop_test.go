package httpd_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"passdesk/internal/httpd"
)

// TestStopUnderLoad: every request that reached the handler is answered in full.
func TestStopUnderLoad(t *testing.T) {
	for round := range 5 {
		var mutex sync.Mutex
		begun, answered := map[string]bool{}, map[string]bool{}
		s := start(t, httpd.Options{StopDelay: 20 * time.Millisecond, Mounts: serving(func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			mutex.Lock()
			begun[string(body)] = true
			mutex.Unlock()
			time.Sleep(time.Duration(5+round) * time.Millisecond)
			_, _ = w.Write(body)
		})})
		stopped := make(chan struct{})
		var clients sync.WaitGroup
		for c := range 32 {
			clients.Go(func() {
				for i := 0; ; i++ {
					id := fmt.Sprint(c, "-", i)
					response, err := s.client.Post(s.address+"/api/x", "text/plain", strings.NewReader(id))
					if err == nil {
						var got []byte
						got, err = io.ReadAll(response.Body)
						_ = response.Body.Close()
						if err == nil && string(got) == id {
							mutex.Lock()
							answered[id] = true
							mutex.Unlock()
						}
					}
					select {
					case <-stopped:
						return
					default:
					}
				}
			})
		}
		time.Sleep(150 * time.Millisecond)
		err := s.stop()
		close(stopped)
		clients.Wait()
		s.client.CloseIdleConnections()
		lost := 0
		for id := range begun {
			if !answered[id] {
				lost++
			}
		}
		if err != nil || lost > 0 || len(begun) < 20 {
			t.Errorf("round %d: %d of %d accepted requests lost, stop: %v", round, lost, len(begun), err)
		}
	}
}

// TestReadyWhileStopping: load balancers see that the server is going before it refuses anybody.
func TestReadyWhileStopping(t *testing.T) {
	s := start(t, httpd.Options{StopDelay: 3 * time.Second})
	if a := s.get("/readyz"); a.StatusCode != 200 {
		t.Fatalf("before: %d", a.StatusCode)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.stop() }()
	time.Sleep(100 * time.Millisecond)
	if a := s.get("/readyz"); a.StatusCode != 503 || !strings.Contains(a.text, `"status":"stopping"`) || !a.Close {
		t.Errorf("while stopping: %d %s, connection kept: %v", a.StatusCode, a.text, !a.Close)
	}
	if a := s.get("/healthz"); a.StatusCode != 200 {
		t.Errorf("it lives: %d", a.StatusCode)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if _, err := s.client.Get(s.address + "/healthz"); err == nil {
		t.Error("it still answers")
	}
}

// TestStopCutsOff: a request that does not end is told so, and does not keep the process.
func TestStopCutsOff(t *testing.T) {
	in := make(chan struct{})
	s := start(t, httpd.Options{StopTimeout: 50 * time.Millisecond, Mounts: serving(func(_ http.ResponseWriter, r *http.Request) {
		close(in)
		<-r.Context().Done()
	})})
	var client sync.WaitGroup
	client.Go(func() {
		if response, err := s.client.Get(s.address + "/api/x"); err == nil {
			_ = response.Body.Close()
			t.Errorf("it was answered with %d", response.StatusCode)
		}
	})
	<-in
	began := time.Now()
	s.Cleanup(func() { s.stop = func() error { return nil } }) // the error is expected here
	err := s.stop()
	client.Wait()
	if took := time.Since(began); err == nil || err.Error() != "stop: 1 requests were not done after 50ms" || took > 20*time.Second {
		t.Errorf("stopped after %s with %v", took, err)
	}
	var listen *httpd.ListenError
	if errors.As(err, &listen) {
		t.Error("this is no error of listening")
	}
}
