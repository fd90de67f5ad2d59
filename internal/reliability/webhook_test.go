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
	fail   func(http.ResponseWriter) // instead of a good answer to what was taken; nil: never

	mutex   sync.Mutex
	bodies  map[string]string // by id of the hand-over
	repeats int
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
		r.note(packet.ID, string(body))
		if r.fail != nil {
			r.fail(w) // it has been taken all the same
		}
	}))
	tb.Cleanup(r.Close)
	return r
}

func (r *receiver) note(id, body string) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if _, again := r.bodies[id]; again {
		r.repeats++
	}
	r.bodies[id] = body
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
