package httpd_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"passdesk/internal/httpd"
	"passdesk/internal/observe"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// site is a server that runs, as a test sees it.
type site struct {
	testing.TB
	address, metrics string
	client           *http.Client
	log              safeBuffer
	mutex            sync.Mutex
	seen             []string // what the observer was told
	stop             func() error
}

// Request notes a request for the test.
func (s *site) Request(route, method string, status int, _ time.Duration) {
	s.note(fmt.Sprintf("%s %s %d", method, route, status))
}

// Panic notes a panic for the test.
func (s *site) Panic() { s.note("panic") }

func (s *site) note(what string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.seen = append(s.seen, what)
}

func (s *site) notes() []string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return append([]string(nil), s.seen...)
}

// safeBuffer is a log that is read while it is written.
type safeBuffer struct {
	mutex sync.Mutex
	bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.Buffer.Write(p)
}

func (b *safeBuffer) String() string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.Buffer.String()
}

// start runs a server until the test ends or calls stop, which returns what Run returned. It listens
// on this machine only unless told otherwise.
func start(tb testing.TB, o httpd.Options) *site {
	tb.Helper()
	s := &site{TB: tb}
	ready, metricsReady := make(chan net.Addr, 1), make(chan net.Addr, 1)
	if o.Listen == "" {
		o.Listen = "127.0.0.1:0"
	}
	o.Observer, o.Logger = s, observe.Logger(&s.log, slog.LevelDebug, observe.JSON)
	o.Ready, o.MetricsReady = func(a net.Addr) { ready <- a }, func(a net.Addr) { metricsReady <- a }
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- httpd.New(o).Run(ctx) }()
	select {
	case a := <-ready:
		s.address = fmt.Sprintf("http://127.0.0.1:%d", a.(*net.TCPAddr).Port)
	case err := <-ended:
		cancel()
		tb.Fatal(err)
	}
	if o.MetricsListen != "" {
		s.metrics = "http://" + (<-metricsReady).String()
	}
	transport := &http.Transport{MaxIdleConnsPerHost: 100}
	s.client = &http.Client{Transport: transport, Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	s.stop = sync.OnceValue(func() error {
		cancel()
		err := <-ended
		transport.CloseIdleConnections()
		return err
	})
	tb.Cleanup(func() {
		if err := s.stop(); err != nil {
			tb.Error(err)
		}
	})
	return s
}

// reply is an answer that was read.
type reply struct {
	*http.Response
	text string
}

func (s *site) send(method, url string, headers ...string) reply {
	s.Helper()
	r, err := http.NewRequestWithContext(context.Background(), method, url, nil)
	if err != nil {
		s.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	response, err := s.client.Do(r)
	if err != nil {
		s.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		s.Fatal(err)
	}
	return reply{response, string(text)}
}

func (s *site) get(path string, headers ...string) reply {
	s.Helper()
	return s.send("GET", s.address+path, headers...)
}

// serving returns mounts with one handler below /api/.
func serving(handle http.HandlerFunc) map[string]http.Handler {
	return map[string]http.Handler{"/api/": handle}
}
