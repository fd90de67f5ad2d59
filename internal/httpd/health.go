package httpd

import (
	"encoding/json"
	"maps"
	"net/http"
	"sync"

	"passdesk/internal/httpd/problem"
)

// healthz says that the process lives. It asks nothing of anything: who cannot answer this is to be
// started again, who is merely not ready is not.
func healthz(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("ok\n")) // a probe that is gone needs no answer
}

// readiness is what /readyz says.
type readiness struct {
	Status string                    `json:"status"` // "ready", "not-ready" or "stopping"
	Checks map[string]map[string]any `json:"checks"`
}

// readyz says whether requests should come here.
func (s *Server) readyz(w http.ResponseWriter, _ *http.Request) {
	answer := readiness{Status: "ready", Checks: map[string]map[string]any{}}
	for i, found := range s.look() {
		shown := maps.Clone(found.Details)
		if shown == nil {
			shown = map[string]any{}
		}
		shown["status"] = "ok"
		if found.Reason != "" {
			shown["status"], shown["reason"] = "failed", found.Reason
			answer.Status = "not-ready"
		}
		answer.Checks[s.probes[i].check.Name] = shown
	}
	if s.stopping.Load() {
		answer.Status = "stopping"
	}
	body, err := json.Marshal(answer)
	if err != nil {
		problem.Of(problem.Internal).Write(w)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if answer.Status != "ready" {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_, _ = w.Write(append(body, '\n')) // a probe that is gone needs no answer
}

// look runs all checks beside each other.
func (s *Server) look() []Health {
	found := make([]Health, len(s.probes))
	var all sync.WaitGroup
	for i, p := range s.probes {
		all.Go(func() { found[i] = p.health() })
	}
	all.Wait()
	return found
}
