package api

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"passdesk/internal/httpd/problem"
)

// preflightAge is for how many seconds a browser may remember what it was told.
const preflightAge = "600"

// origins are the web sites whose pages may call. Requests of programs, which name no origin, pass.
type origins struct {
	allowed    []string
	protection *http.CrossOriginProtection
}

func newOrigins(allowed []string) (origins, error) {
	o := origins{allowed: allowed, protection: http.NewCrossOriginProtection()}
	for _, origin := range allowed {
		if err := o.protection.AddTrustedOrigin(origin); err != nil {
			return o, fmt.Errorf("allow origin: %w", err)
		}
	}
	return o, nil
}

// guard lets pages of allowed origins read replies, answers browsers that ask first, and refuses
// what pages of other origins want to change.
func (o origins) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Add("Vary", "Origin")
		if origin := r.Header.Get("Origin"); slices.Contains(o.allowed, origin) {
			h.Set("Access-Control-Allow-Origin", origin)
			h.Set("Access-Control-Expose-Headers", "Location, Retry-After, X-Request-Id")
		}
		switch {
		case isPreflight(r):
			answerPreflight(w)
		case o.protection.Check(r) != nil:
			problem.Of(problem.CrossOrigin).Write(w)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

func isPreflight(r *http.Request) bool {
	return r.Method == http.MethodOptions && r.Header.Get("Origin") != "" && r.Header.Get("Access-Control-Request-Method") != ""
}

// answerPreflight tells what pages may send. To an origin that is not allowed it says nothing.
func answerPreflight(w http.ResponseWriter) {
	if h := w.Header(); h.Get("Access-Control-Allow-Origin") != "" {
		h.Set("Access-Control-Allow-Methods", strings.Join([]string{http.MethodGet, http.MethodPost}, ", "))
		h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key")
		h.Set("Access-Control-Max-Age", preflightAge)
	}
	w.WriteHeader(http.StatusNoContent)
}
