//go:build linux

package reliability_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
)

// receiver takes hand-overs, as a ticket system would.
type receiver struct {
	*httptest.Server
	refuse atomic.Bool

	mutex  sync.Mutex
	bodies map[string]string // by id of the hand-over
}

func receive(tb testing.TB) *receiver {
	tb.Helper()
	r := &receiver{bodies: map[string]string{}}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		body, err := io.ReadAll(request.Body)
		var packet struct{ ID string }
		if err != nil || json.Unmarshal(body, &packet) != nil || r.refuse.Load() {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		r.mutex.Lock()
		defer r.mutex.Unlock()
		r.bodies[packet.ID] = string(body)
	}))
	tb.Cleanup(r.Close)
	return r
}

// settings make a server hand over to this receiver.
func (r *receiver) settings() settings {
	return settings{
		"handover.target": "webhook", "handover.webhook.url": r.URL, "handover.webhook.secret": "a secret of this test",
		"handover.first-delay": "100ms", "handover.longest-delay": "1s",
	}
}

// count is how many hand-overs have arrived, each counted once.
func (r *receiver) count() int {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return len(r.bodies)
}
