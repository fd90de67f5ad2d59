package bench

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"strconv"
	"time"
)

// patience is how long an answer may take before the request counts as lost.
const patience = 30 * time.Second

// Reasons for which requests fail without an answer.
const (
	notConnected = "no connection"
	broken       = "connection broke"
	unreadable   = "answer is not HTTP with a length"
)

// connection speaks just enough HTTP/1.1 to load a server: the program that measures shares the
// processors with the one that is measured, so every microsecond saved here is one less of noise.
type connection struct {
	address string
	ctx     context.Context // ends with the measurement
	conn    net.Conn        // nil while there is none
	undo    func() bool
	in      *bufio.Reader
	out     []byte
	body    []byte
}

// newConnection makes a connection that opens with its first request: servers hang up on clients that
// connect and then say nothing.
func newConnection(ctx context.Context, address string) *connection {
	return &connection{address: address, ctx: ctx, in: bufio.NewReaderSize(nil, 8<<10)}
}

func (c *connection) open() bool {
	conn, err := (&net.Dialer{Timeout: patience}).DialContext(c.ctx, "tcp", c.address)
	if err != nil {
		return false
	}
	c.conn = conn
	c.undo = context.AfterFunc(c.ctx, func() { _ = conn.Close() }) // whoever reads then gets an error
	c.in.Reset(conn)
	return true
}

func (c *connection) close() {
	if c.conn == nil {
		return
	}
	c.undo()
	_ = c.conn.Close() // nothing is written that could be lost
	c.conn = nil
}

// post sends a body and returns that of the answer, which is valid until the next call. The failure
// is "" for an answer of the class 2xx, else it is a reason to count by.
func (c *connection) post(path, token, key string, body []byte) (answer []byte, failure string) {
	if c.conn == nil && !c.open() {
		return nil, notConnected
	}
	c.write("POST "+path, token, key, body)
	_ = c.conn.SetDeadline(time.Now().Add(patience)) // a closed connection fails below
	if _, err := c.conn.Write(c.out); err != nil {
		c.close()
		return nil, broken
	}
	status, last, failure := c.read()
	if failure != "" || last {
		c.close()
	}
	if failure == "" && status/100 != 2 {
		failure = "status " + strconv.Itoa(status)
	}
	return c.body, failure
}

// write makes a request.
func (c *connection) write(what, token, key string, body []byte) {
	out := append(append(c.out[:0], what...), " HTTP/1.1\r\nHost: "...)
	out = append(append(out, c.address...), "\r\nContent-Type: application/json\r\nContent-Length: "...)
	out = strconv.AppendInt(out, int64(len(body)), 10)
	if token != "" {
		out = append(append(out, "\r\nAuthorization: Bearer "...), token...)
	}
	if key != "" {
		out = append(append(out, "\r\nIdempotency-Key: "...), key...)
	}
	c.out = append(append(out, "\r\n\r\n"...), body...)
}

// read reads an answer into c.body. Last tells that the server will close the connection.
func (c *connection) read() (status int, last bool, failure string) {
	line, err := c.in.ReadSlice('\n')
	if err != nil {
		return 0, true, broken
	}
	if len(line) < 12 || !bytes.HasPrefix(line, []byte("HTTP/1.1 ")) {
		return 0, true, unreadable
	}
	if status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return 0, true, unreadable
	}
	length := -1
	for {
		if line, err = c.in.ReadSlice('\n'); err != nil {
			return 0, true, broken
		}
		name, value, found := bytes.Cut(bytes.TrimRight(line, "\r\n"), []byte(": "))
		if !found {
			break // the blank line
		}
		switch string(name) {
		case "Content-Length":
			length, err = strconv.Atoi(string(value))
		case "Connection":
			last = string(value) == "close"
		}
		if err != nil {
			return 0, true, unreadable
		}
	}
	return status, last, c.readBody(length)
}

func (c *connection) readBody(length int) (failure string) {
	if length < 0 {
		return unreadable
	}
	if cap(c.body) < length {
		c.body = make([]byte, length)
	}
	c.body = c.body[:length]
	if _, err := io.ReadFull(c.in, c.body); err != nil {
		return broken
	}
	return ""
}

// field is the string that stands in a JSON document under a name for the first time, if it has no
// escapes.
func field(document []byte, name string) string {
	_, rest, _ := bytes.Cut(document, []byte(`"`+name+`":"`))
	value, _, found := bytes.Cut(rest, []byte(`"`))
	if !found {
		return ""
	}
	return string(value)
}
