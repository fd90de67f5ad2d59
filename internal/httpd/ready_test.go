package httpd_test

import (
	"context"
	"encoding/json"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/httpd"
)

func TestReady(t *testing.T) {
	found := func(h httpd.Health) httpd.Check {
		return httpd.Check{Name: "it", Look: func(context.Context) httpd.Health { return h }}
	}
	tests := []struct {
		name   string
		check  httpd.Check
		status int
		want   map[string]any
	}{
		{"well", found(httpd.Health{}), 200, map[string]any{"status": "ok"}},
		{"well, with details", found(httpd.Health{Details: map[string]any{"version": "v1", "dead": 3}}), 200, map[string]any{"status": "ok", "version": "v1", "dead": 3.0}},
		{"not well", found(httpd.Health{Reason: "unavailable"}), 503, map[string]any{"status": "failed", "reason": "unavailable"}},
		{"details cannot lie", found(httpd.Health{Reason: "full", Details: map[string]any{"status": "ok"}}), 503, map[string]any{"status": "failed", "reason": "full"}},
		{"an error for a reason", found(httpd.Health{Reason: "password=hunter2 refused"}), 503, map[string]any{"status": "failed", "reason": "failed"}},
		{"a panic", httpd.Check{Name: "it", Look: func(context.Context) httpd.Health { panic("hunter2") }}, 503, map[string]any{"status": "failed", "reason": "panic"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := start(t, httpd.Options{Checks: []httpd.Check{test.check, {Name: "other", Look: func(context.Context) httpd.Health { return httpd.Health{} }}}})
			a := s.get("/readyz")
			var got struct {
				Status string
				Checks map[string]map[string]any
			}
			if err := json.Unmarshal([]byte(a.text), &got); err != nil {
				t.Fatal(err)
			}
			want := map[string]map[string]any{"it": test.want, "other": {"status": "ok"}}
			if diff := cmp.Diff(want, got.Checks); diff != "" || a.StatusCode != test.status || (got.Status == "ready") != (test.status == 200) {
				t.Errorf("%d %s (-want +got):\n%s", a.StatusCode, a.text, diff)
			}
		})
	}
}

// TestReadyHangs: a check that does not return holds a probe up for two seconds, and is not started
// again meanwhile. Other checks are told as they are.
func TestReadyHangs(t *testing.T) {
	var started atomic.Int32
	release := make(chan struct{})
	s := start(t, httpd.Options{Checks: []httpd.Check{{Name: "stuck", Look: func(context.Context) httpd.Health {
		started.Add(1)
		<-release
		return httpd.Health{}
	}}}})
	began := time.Now()
	var all sync.WaitGroup
	for range 10 {
		all.Go(func() {
			if a := s.get("/readyz"); a.StatusCode != 503 || a.text != `{"status":"not-ready","checks":{"stuck":{"reason":"timeout","status":"failed"}}}`+"\n" {
				t.Errorf("%d %s", a.StatusCode, a.text)
			}
		})
	}
	all.Wait()
	if took := time.Since(began); took > 30*time.Second || started.Load() != 1 {
		t.Errorf("took %s, started %d times", took, started.Load())
	}
	close(release)
}

// TestReadyIsCached: a flood of probes is one look a second.
func TestReadyIsCached(t *testing.T) {
	var looked atomic.Int32
	s := start(t, httpd.Options{Checks: []httpd.Check{{Name: "database", Look: func(context.Context) httpd.Health {
		looked.Add(1)
		return httpd.Health{}
	}}}})
	began := time.Now()
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			for range 20 {
				s.get("/readyz")
			}
		})
	}
	all.Wait()
	if most := int32(time.Since(began)/time.Second) + 1; looked.Load() > most || looked.Load() == 0 {
		t.Errorf("looked %d times, want at most %d", looked.Load(), most)
	}
	time.Sleep(1100*time.Millisecond - min(time.Since(began), time.Second))
	before := looked.Load()
	time.Sleep(time.Second)
	s.get("/readyz")
	if looked.Load() != before+1 {
		t.Error("it did not look anew after a second")
	}
}
