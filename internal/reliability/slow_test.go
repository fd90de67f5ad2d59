//go:build linux

package reliability_test

import (
	"errors"
	"io"
	"net"
	"testing"
	"time"
)

// TestSlowClients has many clients that send next to nothing, and some that do not read (row 11):
// others are served as fast as ever, and the slow ones are cut off.
func TestSlowClients(t *testing.T) {
	t.Parallel()
	s := serve(t, inDirectory(t.TempDir()).settings.with(settings{"http.read-timeout": "2s", "http.write-timeout": "3s", "limits.queue": "8"}))
	c := newClient(t, s.at)
	begun := c.mustBegin(t)
	const head = "POST /api/v1/conversations HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n"
	var slow []net.Conn
	for i := range 600 {
		connection, err := net.Dial("tcp", s.at())
		must(t, err)
		t.Cleanup(func() { _ = connection.Close() }) // the server may have closed it
		begin := []string{head, head + "\r\n{", "GET /api/v1/openapi.yaml HTTP/1.1\r\nHost: a\r\n\r\n"}[i%3]
		_, err = io.WriteString(connection, begin)
		must(t, err)
		slow = append(slow, connection)
	}
	var slowest time.Duration
	for i := range 50 {
		began := time.Now()
		c.mustSay(t, begun, "quick-"+string(rune('A'+i)), "VPN")
		slowest = max(slowest, time.Since(began))
	}
	promised(t, "the slowest answer beside 600 slow clients", slowest, 100*time.Millisecond)
	began := time.Now()
	for i, connection := range slow {
		if i%3 == 2 {
			continue // it has its answer and may keep its connection
		}
		must(t, connection.SetReadDeadline(time.Now().Add(patience)))
		if _, err := io.Copy(io.Discard, connection); err != nil && isTimeout(err) {
			t.Fatal("a slow client was not cut off")
		}
	}
	promised(t, "cutting slow clients off", time.Since(began), 6*time.Second)
}

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.As(err, &timeout) && timeout.Timeout()
}
