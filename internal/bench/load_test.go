package bench

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"passdesk/internal/store/memstore"
)

// floorServer runs the floor in this process.
func floorServer(t *testing.T) (*server, script) {
	t.Helper()
	s, recording := recorded(t)
	ctx, cancel := context.WithCancel(context.Background())
	log := &safeBuffer{}
	ended := make(chan error, 1)
	go func() {
		ended <- ServeFloor(ctx, "127.0.0.1:0", memstore.New(), recording, slog.New(slog.NewJSONHandler(log, nil)))
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	for deadline := time.Now().Add(5 * time.Second); listening(log.Bytes()) == "" && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
	return &server{name: "floor", address: listening(log.Bytes()), pid: os.Getpid()}, s
}

// safeBuffer is a buffer that is written and read at the same time.
type safeBuffer struct {
	mutex  sync.Mutex
	buffer bytes.Buffer
}

func (b *safeBuffer) Write(data []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.buffer.Write(data)
}

func (b *safeBuffer) Bytes() []byte {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return bytes.Clone(b.buffer.Bytes())
}

func TestMeasure(t *testing.T) {
	s, script := floorServer(t)
	tests := []struct {
		name    string
		options Options
	}{
		{"closed", Options{Clients: 4, For: 200 * time.Millisecond}},
		{"open", Options{Clients: 4, For: 200 * time.Millisecond, Conversations: 20, Rate: 500}},
		{"open, more conversations than are used", Options{Clients: 1, For: 100 * time.Millisecond, Conversations: 200, Rate: 50}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := &measurement{options: test.options, script: script}
			got, err := m.measure(t.Context(), s)
			if err != nil || got.Turns == 0 || got.failed() != 0 || got.P50 <= 0 || got.P50 > got.P99 || got.P99 > got.Max {
				t.Errorf("%v, %+v", err, got)
			}
			if runtime.GOOS == "linux" && (got.ServerMicros < 0 || got.PeakBytes < got.ResidentBytes || got.ResidentBytes <= 0) {
				t.Errorf("used: %+v", got)
			}
			if got.DatabaseMicros != -1 || got.Goroutines != -1 {
				t.Errorf("known of what does not tell: %+v", got)
			}
			if rate := test.options.Rate; rate > 0 && got.TurnsPerSecond > 1.2*rate {
				t.Errorf("%g turns/s of %g", got.TurnsPerSecond, rate)
			}
		})
	}
}

// TestRefusals: what is not answered 2xx is no turn, in either form.
func TestRefusals(t *testing.T) {
	begun := `{"conversation":"` + strings.Repeat("c", 32) + `","token":"t"}`
	tests := []struct {
		name, reason string
		options      Options
		handle       http.HandlerFunc
	}{
		{"all, closed", "status 503", Options{}, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }},
		{"all, open", "status 503", Options{Conversations: 5, Rate: 100}, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }},
		{"no token", "answer without conversation and token", Options{}, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("{}")) }},
		{"messages, open", "status 429", Options{Conversations: 5, Rate: 100}, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != beginPath {
				w.WriteHeader(429)
			}
			_, _ = w.Write([]byte(begun))
		}},
		{"slow, open", "every conversation waits for an answer", Options{Conversations: 1, Rate: 100}, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != beginPath {
				time.Sleep(50 * time.Millisecond)
			}
			_, _ = w.Write([]byte(begun))
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			served := httptest.NewServer(test.handle)
			defer served.Close()
			script, err := readScript()
			if err != nil {
				t.Fatal(err)
			}
			test.options.Clients, test.options.For = 2, 100*time.Millisecond
			m := &measurement{options: test.options, script: script}
			got, err := m.measure(t.Context(), &server{address: served.Listener.Addr().String(), pid: os.Getpid()})
			if err != nil || got.Failures[test.reason] == 0 {
				t.Errorf("%v, %+v; want failures for %q", err, got, test.reason)
			}
			if test.name != "slow, open" && test.options.Rate == 0 && test.reason == "status 503" && got.Turns != 0 {
				t.Errorf("%d turns of a server that refuses everything", got.Turns)
			}
		})
	}
}

func TestMeasureEndsWithItsContext(t *testing.T) {
	s, script := floorServer(t)
	for _, conversations := range []int{0, 5} {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(50*time.Millisecond, cancel)
		m := &measurement{options: Options{Clients: 2, For: time.Hour, Conversations: conversations, Rate: 100}, script: script}
		began := time.Now()
		if _, err := m.measure(ctx, s); err == nil || time.Since(began) > 5*time.Second {
			t.Errorf("%d conversations: %v after %v", conversations, err, time.Since(began))
		}
	}
}
