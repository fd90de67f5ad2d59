package httpd_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"passdesk/internal/channel/api"
	"passdesk/internal/chat"
	"passdesk/internal/httpd"
)

// openAPI returns mounts with the API before a desk that takes a while.
func openAPI(t *testing.T, gate *httpd.Gate, handle func(context.Context, chat.Message) (chat.Reply, error)) map[string]http.Handler {
	t.Helper()
	o := api.Options{Handle: handle, Limits: api.Limits{MessagesPerMinute: -1, ConversationsPerHour: -1, RequestsPerMinute: -1}}
	if gate != nil {
		o.Enter = gate.Enter
	}
	handler, err := api.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]http.Handler{"/api/": handler}
}

func fine(_ context.Context, m chat.Message) (chat.Reply, error) {
	return chat.Reply{Conversation: m.Conversation, Language: "ja", Step: "ask"}, nil
}

// dial opens a connection and sends what is there.
func (s *site) dial(sent string) net.Conn {
	s.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(s.address, "http://"))
	if err != nil {
		s.Fatal(err)
	}
	if _, err := io.WriteString(c, sent); err != nil {
		s.Fatal(err)
	}
	return c
}

const slowBody = "POST /api/v1/conversations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"

// TestSlowClients: those who send headers or bodies slowly take no places, hold nobody up and are
// cut off.
func TestSlowClients(t *testing.T) {
	half := 1000
	if testing.Short() {
		half = 100
	}
	gate := httpd.NewGate(4, nil)
	s := start(t, httpd.Options{ReadHeaderTimeout: 4 * time.Second, ReadTimeout: 4 * time.Second, Mounts: openAPI(t, gate, fine)})
	begin := func() (int, time.Duration) {
		began := time.Now()
		a := s.send("POST", s.address+"/api/v1/conversations", "Content-Type", "application/json")
		return a.StatusCode, time.Since(began)
	}
	slowest := func() (most time.Duration) {
		var all []time.Duration
		for range 200 {
			status, took := begin()
			if status != 201 {
				t.Fatalf("status %d", status)
			}
			all = append(all, took)
		}
		slices.Sort(all)
		return all[198]
	}
	base := slowest()
	var slow []net.Conn
	for range half {
		slow = append(slow, s.dial("GET /api/v1/openapi.yaml HTTP/1.1\r\nHost: x\r\nX-Slow: "), s.dial(slowBody))
	}
	with := slowest()
	t.Logf("p99 %s, with %d slow clients %s", base, len(slow), with)
	if with > 2*base+2*time.Second { // a safety net: half of what the slow ones are given before they are cut off
		t.Errorf("p99 %s with slow clients, %s without", with, base)
	}
	began := time.Now()
	for i, c := range slow {
		_ = c.SetReadDeadline(began.Add(40 * time.Second))
		if got, err := io.ReadAll(c); err != nil || i%2 == 1 && !strings.Contains(string(got), "request-timeout") {
			t.Errorf("slow client %d: %.300q, %v; want to be cut off", i, got, err)
			break
		}
	}
	for _, c := range slow {
		_ = c.Close()
	}
}

// TestSlowHeaders: headers have less time than bodies.
func TestSlowHeaders(t *testing.T) {
	s := start(t, httpd.Options{ReadHeaderTimeout: 100 * time.Millisecond, ReadTimeout: time.Minute})
	for _, sent := range []string{"", "GET", "GET /healthz HTTP/1.1\r\nHost: x\r\n"} {
		c := s.dial(sent)
		_ = c.SetReadDeadline(time.Now().Add(40 * time.Second))
		if got, err := io.ReadAll(c); err != nil {
			t.Errorf("after %q: %q, %v; want to be cut off", sent, got, err)
		}
		_ = c.Close()
	}
}

// TestOverload: who finds no place is refused at once, and what is answered was really done.
func TestOverload(t *testing.T) {
	var mutex sync.Mutex
	done := map[string]bool{}
	gate := httpd.NewGate(8, nil)
	s := start(t, httpd.Options{Mounts: openAPI(t, gate, func(ctx context.Context, m chat.Message) (chat.Reply, error) {
		time.Sleep(20 * time.Millisecond)
		mutex.Lock()
		defer mutex.Unlock()
		done[m.Conversation] = true
		return fine(ctx, m)
	})})
	var clients sync.WaitGroup
	var refusals []time.Duration
	said := 0
	for range 40 {
		clients.Go(func() {
			for range 20 {
				began := time.Now()
				a := s.send("POST", s.address+"/api/v1/conversations", "Content-Type", "application/json")
				took := time.Since(began)
				mutex.Lock()
				switch {
				case a.StatusCode == 201 && done[strings.TrimPrefix(a.Header.Get("Location"), "/api/v1/conversations/")]:
					said++
				case a.StatusCode == 503 && a.Header.Get("Retry-After") != "" && strings.Contains(a.text, "overloaded"):
					refusals = append(refusals, took)
				default:
					t.Errorf("%d %s", a.StatusCode, a.text)
				}
				mutex.Unlock()
			}
		})
	}
	clients.Wait()
	slices.Sort(refusals)
	if said != len(done) || len(refusals) == 0 {
		t.Fatalf("%d answered, %d done, %d refused", said, len(done), len(refusals))
	}
	t.Logf("%d done, %d refused: p50 %s, p99 %s", len(done), len(refusals), refusals[len(refusals)/2], refusals[len(refusals)*99/100])
}

// TestHostileRequests: whatever comes over the wire, the answer is a refusal and the server lives.
func TestHostileRequests(t *testing.T) {
	s := start(t, httpd.Options{Mounts: openAPI(t, nil, fine)})
	const post = "POST /api/v1/conversations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
	tests := []struct {
		name, sent string
		status     int
	}{
		{"fine", post + "Content-Length: 2\r\n\r\n{}", 201},
		{"huge header", "GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + strings.Repeat("a", 64<<10) + "\r\n\r\n", 431},
		{"thousands of headers", "GET /healthz HTTP/1.1\r\nHost: x\r\n" + strings.Repeat("X: a\r\n", 20_000) + "\r\n", 431},
		{"huge path", "GET /" + strings.Repeat("a", 64<<10) + " HTTP/1.1\r\nHost: x\r\n\r\n", 431},
		{"a large body is announced", post + "Content-Length: 10000000000\r\n\r\n{", 413},
		{"a large body without a length", post + "Transfer-Encoding: chunked\r\n\r\n" + strings.Repeat("1000\r\n"+strings.Repeat(" ", 0x1000)+"\r\n", 17), 413},
		{"negative length", post + "Content-Length: -1\r\n\r\n", 400},
		{"two lengths", post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400},
		{"length and chunks: the chunks count", post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 201},
		{"broken chunks", post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400},
		{"no host", "GET /healthz HTTP/1.1\r\n\r\n", 400},
		{"a header with NUL", "GET /healthz HTTP/1.1\r\nHost: x\r\nX: a\x00b\r\n\r\n", 400},
		{"a path with NUL", "GET /healthz\x00 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
		{"an escaped path with NUL", "GET /healthz%00 HTTP/1.1\r\nHost: x\r\n\r\n", 404},
		{"a bad escape", "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400},
		{"a folded header", "GET /healthz HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n", 200},
		{"not HTTP", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400},
		{"HTTP/2 without asking", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
		{"CONNECT", "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n", 404},
		{"a whole URL", "GET http://evil.example/healthz HTTP/1.1\r\nHost: x\r\n\r\n", 200},
		{"TRACE", "TRACE /healthz HTTP/1.1\r\nHost: x\r\n\r\n", 405},
		{"expects to be told to go on, with too much", post + "Content-Length: 100000\r\nExpect: 100-continue\r\n\r\n", 413},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := s.dial(test.sent)
			defer func() { _ = c.Close() }()
			_ = c.SetReadDeadline(time.Now().Add(40 * time.Second))
			response, err := http.ReadResponse(bufio.NewReader(c), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = response.Body.Close() }()
			body, err := io.ReadAll(response.Body)
			if response.StatusCode != test.status || err != nil || strings.Contains(string(body), "evil") {
				t.Errorf("%d %s, %v; want %d", response.StatusCode, body, err, test.status)
			}
		})
	}
	if a := s.get("/healthz"); a.StatusCode != 200 {
		t.Errorf("afterwards: %d", a.StatusCode)
	}
}

// TestConnections: there are never more than so many, and whoever waits gets in.
func TestConnections(t *testing.T) {
	s := start(t, httpd.Options{MaxConnections: 2})
	first, second := s.dial(""), s.dial("")
	third := s.dial("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
	defer func() { _, _ = second.Close(), third.Close() }()
	_ = third.SetReadDeadline(time.Now().Add(200 * time.Millisecond))
	if n, err := third.Read(make([]byte, 1)); err == nil {
		t.Errorf("a third connection got %d bytes", n)
	}
	_ = first.Close()
	_ = third.SetReadDeadline(time.Now().Add(40 * time.Second))
	if got, err := io.ReadAll(third); err != nil || !strings.Contains(string(got), "200 OK") {
		t.Errorf("after one left: %q, %v", got, err)
	}
	_ = second.Close()
	for i := range 50 {
		a := s.get("/healthz", "Connection", "close")
		if a.StatusCode != 200 {
			t.Fatal(fmt.Errorf("request %d: %d", i, a.StatusCode))
		}
	}
}
