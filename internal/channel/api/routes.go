package api

import (
	_ "embed" // the description of the API
	"maps"
	"net/http"
	"slices"
	"strings"

	"passdesk/internal/httpd/problem"
)

//go:embed openapi.yaml
var description string

// Route is a path of the API and the methods it takes, besides HEAD where there is GET, and OPTIONS.
type Route struct {
	Pattern string
	Methods []string
}

// Routes lists all paths of the API.
func Routes() []Route {
	var routes []Route
	for pattern, methods := range (*api)(nil).routes() {
		routes = append(routes, Route{Pattern: pattern, Methods: slices.Sorted(maps.Keys(methods))})
	}
	slices.SortFunc(routes, func(a, b Route) int { return strings.Compare(a.Pattern, b.Pattern) })
	return routes
}

// routes is the table of all paths.
func (a *api) routes() map[string]map[string]http.HandlerFunc {
	return map[string]map[string]http.HandlerFunc{
		"/api/v1/conversations":                         {http.MethodPost: a.begin},
		"/api/v1/conversations/{conversation}":          {http.MethodGet: a.transcript},
		"/api/v1/conversations/{conversation}/messages": {http.MethodPost: a.message},
		"/api/v1/openapi.yaml":                          {http.MethodGet: describe},
	}
}

func (a *api) mux() http.Handler {
	mux := http.NewServeMux()
	for pattern, methods := range a.routes() {
		mux.Handle(pattern, a.limited(byMethod(methods)))
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { problem.Of(problem.NoSuchPath).Write(w) })
	return mux
}

// limited counts a request before anything else is done for it.
func (a *api) limited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if within(w, a.limits.requests, a.client(r)) {
			next.ServeHTTP(w, r)
		}
	})
}

// byMethod is what ServeMux could do too, if its refusals were problems.
func byMethod(methods map[string]http.HandlerFunc) http.Handler {
	allow := slices.Collect(maps.Keys(methods))
	if methods[http.MethodGet] != nil {
		allow = append(allow, http.MethodHead)
	}
	allow = append(allow, http.MethodOptions)
	slices.Sort(allow)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		method := r.Method
		if method == http.MethodHead {
			method = http.MethodGet // the server leaves the body out
		}
		if handle := methods[method]; handle != nil {
			handle(w, r)
			return
		}
		w.Header().Set("Allow", strings.Join(allow, ", "))
		if r.Method == http.MethodOptions {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		problem.Of(problem.Method).Write(w)
	})
}

// describe returns the description of the API.
func describe(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/yaml")
	_, _ = w.Write([]byte(description)) // a client that is gone needs no answer
}

// The operations that can go wrong, as Options.Fault is told.
const (
	opBegin      = "begin conversation"
	opAnswer     = "answer message"
	opTranscript = "read transcript"
	opEncode     = "encode answer"
)

// Operations lists what Options.Fault may be told of.
func Operations() []string { return []string{opBegin, opAnswer, opTranscript, opEncode} }
