// Package httpd is the HTTP server: it listens, bounds what it is asked, tells how it is, and stops
// without losing what it has taken. It exists so that channels hold nothing but their protocol.
package httpd

import (
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"passdesk/internal/httpd/problem"
)

// Observer is told what happens, for the metrics.
type Observer interface {
	// Request is told of every request that was answered. Route is the pattern that took it, ""
	// if none did; method is one of HTTP's own or "other".
	Request(route, method string, status int, took time.Duration)
	// Panic is told of every panic that was caught.
	Panic()
}

// Options say how a server works. Listen, Observer and Logger must be given; what else is left zero
// gets the value in brackets.
type Options struct {
	Listen   string                  // host:port; port 0 for a free one
	Mounts   map[string]http.Handler // what serves paths that begin like this: "/api/"
	Checks   []Check                 // what must be well for /readyz to say so
	Observer Observer
	Logger   *slog.Logger
	Ready    func(address net.Addr) // told where the server listens, once it does [nobody is]

	// Metrics serves /metrics: at an address of its own, or else beside everything else, but then
	// only if nobody can come from another machine [there is no such path].
	Metrics       http.Handler
	MetricsListen string                 // host:port ["": no address of its own]
	MetricsReady  func(address net.Addr) // as Ready [nobody is]

	ReadHeaderTimeout time.Duration // for the headers of a request [5 seconds]
	ReadTimeout       time.Duration // for all of a request [10 seconds]
	WriteTimeout      time.Duration // from the headers of a request to the end of its answer [30 seconds]
	IdleTimeout       time.Duration // for a connection without requests [2 minutes]
	StopDelay         time.Duration // that /readyz says no before connections are refused [none]
	StopTimeout       time.Duration // for requests that have begun when the server is stopped [10 seconds]
	MaxHeaderBytes    int           // of a request [16 KiB]
	MaxConnections    int           // at the same time; others wait [16,000]
}

// Server serves HTTP. Make it with New, then Run it once.
type Server struct {
	options      Options
	handler      http.Handler
	probes       []*probe
	stopping     atomic.Bool
	shareMetrics atomic.Bool // /metrics is served beside everything else
	active       atomic.Int64
}

// New makes a server.
func New(o Options) *Server {
	s := &Server{options: o.withDefaults()}
	for _, check := range o.Checks {
		s.probes = append(s.probes, newProbe(check))
	}
	s.handler = s.outermost(s.mux())
	return s
}

// Routes are the patterns of the paths that the server has without any mounts.
func Routes() []string { return []string{"/healthz", "/readyz", "/metrics"} }

func (s *Server) mux() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/healthz", readOnly(healthz))
	mux.HandleFunc("/readyz", readOnly(s.readyz))
	mux.HandleFunc("/metrics", readOnly(s.metrics))
	if s.options.Mounts["/"] == nil {
		mux.HandleFunc("/", notFound)
	}
	for prefix, handler := range s.options.Mounts {
		mux.Handle(prefix, handler)
		if path, ok := strings.CutSuffix(prefix, "/"); ok && path != "" && s.options.Mounts[path] == nil {
			mux.HandleFunc(path, notFound) // instead of a redirect
		}
	}
	return mux
}

func notFound(w http.ResponseWriter, _ *http.Request) { problem.Of(problem.NoSuchPath).Write(w) }

// metrics serves the metrics if they have no address of their own and nobody else can see them.
func (s *Server) metrics(w http.ResponseWriter, r *http.Request) {
	if s.shareMetrics.Load() {
		s.options.Metrics.ServeHTTP(w, r)
		return
	}
	notFound(w, r)
}

// readOnly refuses methods that ask for more than to be told something.
func readOnly(handle http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			problem.Of(problem.Method).Write(w)
			return
		}
		handle(w, r)
	}
}

func (o Options) withDefaults() Options {
	if o.Ready == nil {
		o.Ready = func(net.Addr) {}
	}
	if o.MetricsReady == nil {
		o.MetricsReady = func(net.Addr) {}
	}
	o.ReadHeaderTimeout = orElse(o.ReadHeaderTimeout, 5*time.Second)
	o.ReadTimeout = orElse(o.ReadTimeout, 10*time.Second)
	o.WriteTimeout = orElse(o.WriteTimeout, 30*time.Second)
	o.IdleTimeout = orElse(o.IdleTimeout, 2*time.Minute)
	o.StopTimeout = orElse(o.StopTimeout, 10*time.Second)
	o.MaxHeaderBytes = orElse(o.MaxHeaderBytes, 16<<10)
	o.MaxConnections = orElse(o.MaxConnections, 16_000)
	return o
}

func orElse[T int | time.Duration](value, otherwise T) T {
	if value == 0 {
		return otherwise
	}
	return value
}
