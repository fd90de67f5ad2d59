package httpd

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"path"
	"runtime"
	"strings"
	"time"

	"passdesk/internal/httpd/problem"
)

// outermost is around everything: it names the request, bounds what a browser may do with the
// answer, catches panics, counts and logs.
func (s *Server) outermost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.active.Add(1)
		defer s.active.Add(-1)
		began := time.Now()
		who := identify(r)
		r = r.WithContext(context.WithValue(r.Context(), identityKey{}, who))
		answer := &answer{ResponseWriter: w}
		protect(w.Header(), who)
		if s.stopping.Load() {
			w.Header().Set("Connection", "close") // or the client would send its next request into the void
		}
		defer func() {
			s.tell(r, answer.status, time.Since(began))
		}()
		defer s.rescue(answer, r)
		if !isClean(r) {
			notFound(answer, r) // ServeMux would redirect, which is of no use to programs
			return
		}
		next.ServeHTTP(answer, r)
	})
}

// protect sets the headers that every answer has. A channel that serves pages sets others.
func protect(h http.Header, who identity) {
	h.Set("X-Request-Id", who.request)
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
}

// isClean reports whether a path is written in the one way that is served.
func isClean(r *http.Request) bool {
	written := r.URL.EscapedPath()
	clean := path.Clean(written)
	return written == clean || written == clean+"/"
}

// tell counts and logs a request. The log knows its pattern and not its path, which may hold
// anything.
func (s *Server) tell(r *http.Request, status int, took time.Duration) {
	if status == 0 {
		status = http.StatusOK
	}
	s.options.Observer.Request(r.Pattern, methodOf(r), status, took)
	if s.options.Logger.Enabled(r.Context(), slog.LevelDebug) {
		s.options.Logger.LogAttrs(r.Context(), slog.LevelDebug, "request", append(RequestAttributes(r.Context()),
			slog.String("method", methodOf(r)), slog.String("route", r.Pattern), slog.Int("status", status), slog.Float64("duration_ms", float64(took.Microseconds())/1000))...)
	}
}

// rescue answers a request whose handler panicked. What it panicked with is not logged, as it may
// quote a customer; where it did is.
func (s *Server) rescue(w *answer, r *http.Request) {
	cause := recover()
	if cause == nil {
		return
	}
	if err, ok := cause.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(http.ErrAbortHandler) // meant to break the connection off, and nothing is wrong
	}
	s.options.Observer.Panic()
	s.options.Logger.LogAttrs(r.Context(), slog.LevelError, "panic", append(RequestAttributes(r.Context()),
		slog.String("route", r.Pattern), slog.String("type", fmt.Sprintf("%T", cause)), slog.String("at", strings.Join(callers(), " ")))...)
	if w.status != 0 {
		panic(http.ErrAbortHandler) // the answer has begun: break it off, so that nobody takes it for whole
	}
	problem.Of(problem.Internal).Write(w)
}

// callers are the places that a panic came through, innermost first.
func callers() []string {
	const skip, most = 4, 16 // Callers, callers, rescue and the runtime's panic
	counters := make([]uintptr, most)
	frames := runtime.CallersFrames(counters[:runtime.Callers(skip, counters)])
	var places []string
	for {
		frame, more := frames.Next()
		places = append(places, fmt.Sprintf("%s:%d", frame.Function, frame.Line))
		if !more {
			return places
		}
	}
}

// answer notes the status that is written.
type answer struct {
	http.ResponseWriter
	status int
}

// WriteHeader notes the status.
func (a *answer) WriteHeader(status int) {
	if a.status == 0 && status >= http.StatusOK {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

// Write notes that the status is fine if nothing else was said.
func (a *answer) Write(data []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	return a.ResponseWriter.Write(data)
}

// Unwrap lets http.ResponseController reach the connection.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
