package httpd_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"passdesk/internal/httpd"
)

func TestListenError(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	tests := []struct {
		name string
		o    httpd.Options
		want string
		is   error
	}{
		{"in use", httpd.Options{Listen: taken.Addr().String()}, "listen on " + taken.Addr().String() + ": " + syscall.EADDRINUSE.Error(), syscall.EADDRINUSE},
		{"metrics in use", httpd.Options{Listen: "127.0.0.1:0", Metrics: http.NotFoundHandler(), MetricsListen: taken.Addr().String()}, "listen on " + taken.Addr().String() + ": " + syscall.EADDRINUSE.Error(), syscall.EADDRINUSE},
		{"not of this machine", httpd.Options{Listen: "192.0.2.1:80"}, "listen on 192.0.2.1:80: " + syscall.EADDRNOTAVAIL.Error(), syscall.EADDRNOTAVAIL},
		{"no port", httpd.Options{Listen: "127.0.0.1"}, "listen on 127.0.0.1: address 127.0.0.1: missing port in address", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.o.Observer, test.o.Logger = &site{}, slog.New(slog.DiscardHandler)
			err := httpd.New(test.o).Run(context.Background())
			var listen *httpd.ListenError
			if !errors.As(err, &listen) || strings.TrimSpace(err.Error()) != test.want || test.is != nil && !errors.Is(err, test.is) {
				t.Errorf("error %q, want %q", err, test.want)
			}
		})
	}
}

func TestPaths(t *testing.T) {
	s := start(t, httpd.Options{
		Mounts:  serving(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "mounted") }),
		Metrics: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "measured") }),
	})
	tests := []struct {
		method, path string
		status       int
		text         string
	}{
		{"GET", "/healthz", 200, "ok\n"},
		{"HEAD", "/healthz", 200, ""},
		{"POST", "/healthz", 405, "method-not-allowed"},
		{"GET", "/readyz", 200, `{"status":"ready","checks":{}}`},
		{"DELETE", "/readyz", 405, "method-not-allowed"},
		{"GET", "/metrics", 200, "measured"},
		{"GET", "/api/v1", 200, "mounted"},
		{"PUT", "/api/v1/", 200, "mounted"},
		{"GET", "/api", 404, "no-such-path"},
		{"GET", "/", 404, "no-such-path"},
		{"GET", "/healthz/", 404, "no-such-path"},
		{"GET", "//healthz", 404, "no-such-path"},
		{"GET", "/api//v1", 404, "no-such-path"},
		{"GET", "/api/../healthz", 404, "no-such-path"},
		{"GET", "/api/./v1", 404, "no-such-path"},
		{"GET", "/.env", 404, "no-such-path"},
		{"GET", "/debug/pprof/", 404, "no-such-path"},
	}
	for _, test := range tests {
		a := s.send(test.method, s.address+test.path)
		if a.StatusCode != test.status || !strings.Contains(a.text, test.text) {
			t.Errorf("%s %s: %d %s; want %d %s", test.method, test.path, a.StatusCode, a.text, test.status, test.text)
		}
		h := a.Header
		if h.Get("Cache-Control") != "no-store" || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Content-Security-Policy") == "" || h.Get("Referrer-Policy") != "no-referrer" || h.Get("Server") != "" {
			t.Errorf("%s %s: headers %v", test.method, test.path, h)
		}
	}
}

// TestMetricsAddress: metrics are seen where they should be and nowhere else.
func TestMetricsAddress(t *testing.T) {
	metrics := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "measured") })
	t.Run("own", func(t *testing.T) {
		s := start(t, httpd.Options{Metrics: metrics, MetricsListen: "127.0.0.1:0"})
		if a := s.get("/metrics"); a.StatusCode != 404 {
			t.Errorf("beside everything else: %d", a.StatusCode)
		}
		if a := s.send("GET", s.metrics+"/metrics"); a.text != "measured" {
			t.Errorf("at the address of its own: %d %s", a.StatusCode, a.text)
		}
		for path, status := range map[string]int{"/readyz": 200, "/healthz": 200, "/api/x": 404} {
			if a := s.send("GET", s.metrics+path); a.StatusCode != status {
				t.Errorf("%s there: %d %s", path, a.StatusCode, a.text)
			}
		}
	})
	t.Run("others could see them", func(t *testing.T) {
		s := start(t, httpd.Options{Metrics: metrics, Listen: "0.0.0.0:0"})
		if a := s.get("/metrics"); a.StatusCode != 404 {
			t.Errorf("%d %s", a.StatusCode, a.text)
		}
	})
	t.Run("none", func(t *testing.T) {
		if a := start(t, httpd.Options{}).get("/metrics"); a.StatusCode != 404 {
			t.Errorf("%d", a.StatusCode)
		}
	})
}

func TestRequestID(t *testing.T) {
	const trace = "4bf92f3577b34da6a3ce929d0e0e4736"
	tests := []struct{ name, traceparent, want string }{
		{"none", "", ""},
		{"valid", "00-" + trace + "-00f067aa0ba902b7-01", trace},
		{"a later version", "01-" + trace + "-00f067aa0ba902b7-01-more", trace},
		{"more than version 00 has", "00-" + trace + "-00f067aa0ba902b7-01-more", ""},
		{"invalid version", "ff-" + trace + "-00f067aa0ba902b7-01", ""},
		{"zero trace", "00-" + strings.Repeat("0", 32) + "-00f067aa0ba902b7-01", ""},
		{"zero parent", "00-" + trace + "-0000000000000000-01", ""},
		{"upper case", "00-" + strings.ToUpper(trace) + "-00f067aa0ba902b7-01", ""},
		{"short", "00-" + trace[:30] + "-00f067aa0ba902b7-01", ""},
		{"not hex", "00-" + strings.Repeat("x", 32) + "-00f067aa0ba902b7-01", ""},
		{"rubbish", `"},{"level":"ERROR`, ""},
	}
	seen := map[string]bool{}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var inside string
			s := start(t, httpd.Options{Mounts: serving(func(_ http.ResponseWriter, r *http.Request) {
				inside = httpd.RequestAttributes(r.Context())[0].Value.String()
			})})
			a := s.get("/api/secret-path?and=query", "Traceparent", test.traceparent, "X-Request-Id", "chosen")
			id := a.Header.Get("X-Request-Id")
			if id != inside || seen[id] || !regexp.MustCompile(`^[A-Z2-7]{26}$`).MatchString(id) {
				t.Errorf("id %q, inside %q", id, inside)
			}
			seen[id] = true
			if err := s.stop(); err != nil {
				t.Fatal(err)
			}
			line := regexp.MustCompile(`(?m)^.*"msg":"request".*$`).FindString(s.log.String())
			var record struct {
				Msg, Request, Trace, Method, Route string
				Status                             int
			}
			if err := json.Unmarshal([]byte(line), &record); err != nil {
				t.Fatal(err)
			}
			if record.Msg != "request" || record.Request != id || record.Trace != test.want || record.Route != "/api/" || record.Status != 200 || record.Method != "GET" {
				t.Errorf("record %s", line)
			}
			if strings.Contains(s.log.String(), "secret-path") || strings.Contains(s.log.String(), "query") {
				t.Errorf("log knows the path: %s", s.log.String())
			}
		})
	}
}

func TestPanic(t *testing.T) {
	s := start(t, httpd.Options{Mounts: serving(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/api/before":
			panic("the customer wrote hunter2")
		case "/api/nil":
			var m map[string]int
			m["hunter2"] = 1 //nolint:staticcheck // the point
		case "/api/after":
			_, _ = io.WriteString(w, strings.Repeat("half ", 2000))
			panic(errors.New("hunter2"))
		case "/api/abort":
			panic(http.ErrAbortHandler)
		}
	})})
	for _, path := range []string{"/api/before", "/api/nil"} {
		if a := s.get(path); a.StatusCode != 500 || !strings.Contains(a.text, `"code":"internal-error"`) || a.Header.Get("X-Request-Id") == "" {
			t.Errorf("%s: %d %s", path, a.StatusCode, a.text)
		}
	}
	for _, path := range []string{"/api/after", "/api/abort"} {
		response, err := s.client.Get(s.address + path)
		if err == nil {
			_, err = io.ReadAll(response.Body)
			_ = response.Body.Close()
		}
		if err == nil {
			t.Errorf("%s: the answer looks whole", path)
		}
	}
	if a := s.get("/api/fine"); a.StatusCode != 200 {
		t.Errorf("after panics: %d", a.StatusCode)
	}
	if err := s.stop(); err != nil {
		t.Fatal(err)
	}
	panics := slices.DeleteFunc(s.notes(), func(note string) bool { return note != "panic" })
	if len(panics) != 3 || strings.Count(s.log.String(), `"level":"ERROR","msg":"panic"`) != 3 {
		t.Errorf("%d panics counted, log:\n%s", len(panics), s.log.String())
	}
	if strings.Contains(s.log.String(), "hunter2") || !strings.Contains(s.log.String(), "TestPanic") {
		t.Errorf("log quotes the panic, or does not say where it was:\n%s", s.log.String())
	}
}

func TestObserver(t *testing.T) {
	s := start(t, httpd.Options{Mounts: serving(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })})
	s.get("/api/x")
	s.get("/healthz")
	s.get("/nothing")
	s.send("HUNTER2", s.address+"/healthz")
	if err := s.stop(); err != nil {
		t.Fatal(err)
	}
	want := []string{"GET /api/ 418", "GET /healthz 200", "GET / 404", "other /healthz 405"}
	if got := s.notes(); !slices.Equal(got, want) {
		t.Errorf("told %q, want %q", got, want)
	}
}

func TestGate(t *testing.T) {
	at := 0
	g := httpd.NewGate(2, func(change int) { at += change })
	first, ok1 := g.Enter()
	_, ok2 := g.Enter()
	if _, ok := g.Enter(); !ok1 || !ok2 || ok || at != 2 {
		t.Errorf("three entered %v, %v, %v; at %d", ok1, ok2, ok, at)
	}
	first()
	if _, ok := g.Enter(); !ok || at != 2 {
		t.Errorf("after one left: %v, at %d", ok, at)
	}
}
