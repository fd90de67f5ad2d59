package bench

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

// TestPost: whatever a server answers is either a turn or a reason, and the next request goes on.
func TestPost(t *testing.T) {
	tests := []struct{ name, answer, body, failure string }{
		{"fine", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", "{}", ""},
		{"created, and closes", "HTTP/1.1 201 Created\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}", "{}", ""},
		{"refused", "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 1\r\n\r\n-", "-", "status 503"},
		{"moved", "HTTP/1.1 307 Temporary Redirect\r\nContent-Length: 0\r\n\r\n", "", "status 307"},
		{"no length", "HTTP/1.1 200 OK\r\n\r\n", "", unreadable},
		{"odd length", "HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\n", "", unreadable},
		{"other protocol", "SSH-2.0-OpenSSH_9.2p1\r\n", "", unreadable},
		{"odd status", "HTTP/1.1 2x0 OK\r\n\r\n", "", unreadable},
		{"half", "HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n{}", "", broken},
		{"hangs up", "", "", broken},
		{"hangs up in headers", "HTTP/1.1 200 OK\r\nContent-Le", "", broken},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := newConnection(t.Context(), answering(t, test.answer))
			t.Cleanup(c.close)
			for range 3 {
				body, failure := c.post("/a/path", "token", "key", []byte("{}"))
				if failure != test.failure || failure == "" && string(body) != test.body {
					t.Errorf("%q, %q; want %q, %q", body, failure, test.body, test.failure)
				}
			}
		})
	}
}

// answering is a server that answers every request the same. It hangs up after the first if nothing
// can follow the answer.
func answering(t *testing.T, answer string) (address string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := http.ReadResponse(bufio.NewReader(strings.NewReader(answer)), nil)
	lasting := err == nil && !parsed.Close && parsed.ContentLength >= 0 && parsed.ContentLength < 100
	ended := make(chan struct{})
	t.Cleanup(func() { _ = l.Close(); <-ended })
	go func() {
		defer close(ended)
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			for in, more := bufio.NewReader(conn), true; more; more = lasting {
				r, err := http.ReadRequest(in)
				if err != nil {
					break
				}
				_, _ = io.Copy(io.Discard, r.Body)
				_, _ = fmt.Fprint(conn, answer)
			}
			_ = conn.Close()
		}
	}()
	return l.Addr().String()
}

// TestRequest: what is written is the request that net/http reads.
func TestRequest(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		_, _ = fmt.Fprint(w, r.Method, r.URL, r.Host == l.Addr().String(), r.Header["Authorization"], r.Header["Idempotency-Key"], r.Header["Content-Type"], string(body))
	})}
	ended := make(chan struct{})
	go func() { _ = server.Serve(l); close(ended) }()
	defer func() { _ = server.Close(); <-ended }()
	c := newConnection(t.Context(), l.Addr().String())
	defer c.close()
	for _, test := range []struct{ token, key, want string }{
		{"", "", "POST/p true [] [] [application/json]{}"},
		{"T", "K", "POST/p true [Bearer T] [K] [application/json]{}"},
	} {
		if body, failure := c.post("/p", test.token, test.key, []byte("{}")); failure != "" || string(body) != test.want {
			t.Errorf("%q, %q; want %q", body, failure, test.want)
		}
	}
}

func TestNobodyListens(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	_ = l.Close()
	c := newConnection(context.Background(), address)
	defer c.close()
	if _, failure := c.post("/", "", "", nil); failure != notConnected {
		t.Errorf("%q, want %q", failure, notConnected)
	}
}

func TestField(t *testing.T) {
	tests := []struct{ document, name, want string }{
		{`{"a":"1","b":"2"}`, "b", "2"},
		{`{"a":"1","x":{"a":"2"}}`, "a", "1"},
		{`{"a":1}`, "a", ""},
		{`{"a":"1`, "a", ""},
		{``, "a", ""},
	}
	for _, test := range tests {
		if got := field([]byte(test.document), test.name); got != test.want {
			t.Errorf("%s of %s is %q, want %q", test.name, test.document, got, test.want)
		}
	}
}
