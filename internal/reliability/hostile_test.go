//go:build linux

package reliability_test

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// TestHostileMessages sends what could break something (row 20): never a fault of the server, never
// long, never much memory, and the next customer is served.
func TestHostileMessages(t *testing.T) {
	t.Parallel()
	s := serve(t, inDirectory(t.TempDir()).settings.with(settings{"log.level": "debug", "http.read-timeout": "500ms"}))
	c := newClient(t, s.at)
	begun, before := c.mustBegin(t), s.memory()
	var slowest time.Duration
	ask := func(name, body string) {
		began := time.Now()
		a, err := c.say(t.Context(), begun, strings.ReplaceAll(name, " ", "-"), body)
		slowest = max(slowest, time.Since(began))
		if err != nil || a.status >= 500 {
			t.Errorf("%s: %v, %v", name, a, err)
		}
	}
	for name, said := range hostileTexts {
		ask(name, said)
	}
	for name, body := range hostileBodies {
		if !strings.HasPrefix(body, "{") {
			body = "{" + body // say would make it a text
		}
		ask(name, body)
	}
	hostileRequests(t, s)
	promised(t, "the slowest answer to a hostile message", slowest, 200*time.Millisecond)
	if grown := s.memory() - before; grown > 100<<20 {
		t.Errorf("the server took %d MB more", grown>>20)
	} else {
		t.Logf("the server took %d MB more", grown>>20)
	}
	alive(t, s, c, begun)
}

// alive: the server has had no panic, shows what was said, and serves.
func alive(t *testing.T, s *server, c *client, begun conversation) {
	t.Helper()
	c.mustSay(t, begun, "after-all", "VPN")
	a, err := c.transcript(t.Context(), begun)
	if err != nil || a.status != http.StatusOK || len(a.body) > 1<<20 {
		t.Errorf("transcript: %d, %d bytes, %v", a.status, len(a.body), err)
	}
	if metrics := (&reloads{client: c}).metrics(t); !strings.Contains(metrics, "passdesk_panics_total 0") {
		t.Error("there was a panic")
	}
	for line := range strings.Lines(s.read()) {
		if strings.ContainsAny(strings.TrimSuffix(line, "\n"), "\x00\x1b\r\u202e") || !strings.HasPrefix(line, "{") {
			t.Errorf("a line of the log is not safe to look at: %.200q", line)
		}
	}
}

// hostileRequests are not quite HTTP, so they are written by hand.
func hostileRequests(t *testing.T, s *server) {
	t.Helper()
	const begin = "POST /api/v1/conversations HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
	requests := map[string]string{
		"huge header":        "GET /healthz HTTP/1.1\r\nHost: a\r\nX-A: " + strings.Repeat("a", 1<<20) + "\r\n\r\n",
		"many headers":       "GET /healthz HTTP/1.1\r\nHost: a\r\n" + strings.Repeat("X-A: a\r\n", 50_000) + "\r\n",
		"huge path":          "GET /" + strings.Repeat("a/../", 100_000) + " HTTP/1.1\r\nHost: a\r\n\r\n",
		"NUL in path":        "GET /\x00 HTTP/1.1\r\nHost: a\r\n\r\n",
		"NUL in header":      "GET /healthz HTTP/1.1\r\nHost: a\r\nX-A: \x00\r\n\r\n",
		"odd method":         strings.Repeat("A", 10_000) + " / HTTP/1.1\r\nHost: a\r\n\r\n",
		"no HTTP":            strings.Repeat("\x16\x03\x01", 1000) + "\r\n\r\n",
		"two lengths":        begin + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
		"negative length":    begin + "Content-Length: -1\r\n\r\n{}",
		"length and chunks":  begin + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"broken chunk":       begin + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}",
		"long trailers":      begin + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n" + strings.Repeat("X-A: a\r\n", 10_000) + "\r\n",
		"broken traceparent": "GET /healthz HTTP/1.1\r\nHost: a\r\nTraceparent: " + strings.Repeat("-", 10_000) + "\r\n\r\n",
		"Host with escapes":  "GET /healthz HTTP/1.1\r\nHost: \x1b[2J\r\n\r\n",
	}
	var all sync.WaitGroup
	for name, request := range requests {
		all.Go(func() {
			if line, err := sendRaw(s.at(), request); err != nil || strings.HasPrefix(line, "HTTP/1.1 5") {
				t.Errorf("%s: %q, %v", name, line, err)
			}
		})
	}
	all.Wait()
}

// sendRaw returns the first line of the answer, "" if the server hung up instead.
func sendRaw(address, request string) (line string, err error) {
	connection, err := net.Dial("tcp", address)
	if err != nil {
		return "", err
	}
	if err := connection.SetDeadline(time.Now().Add(patience)); err != nil {
		return "", err
	}
	go func() { _, _ = io.WriteString(connection, request) }() // the server may hang up in the middle of it
	line, err = bufio.NewReader(connection).ReadString('\n')
	if errors.Is(err, io.EOF) || errors.Is(err, syscall.ECONNRESET) {
		err = nil
	}
	return line, errors.Join(err, connection.Close())
}
