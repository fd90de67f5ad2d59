package httpd

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"sync"
)

// ListenError says why a server cannot listen: a mistake in its settings, mostly.
type ListenError struct {
	Address string
	Err     error
}

// Error is one line without the words of package net, which would name the address again.
func (e *ListenError) Error() string {
	cause := e.Err
	var operation *net.OpError
	if errors.As(cause, &operation) {
		cause = operation.Err
	}
	var call *os.SyscallError
	if errors.As(cause, &call) {
		cause = call.Err
	}
	return fmt.Sprintf("listen on %s: %v", e.Address, cause)
}

// Unwrap returns the cause.
func (e *ListenError) Unwrap() error { return e.Err }

// listen opens an address. At most so many connections are open at the same time; the system keeps
// others waiting.
func listen(ctx context.Context, address string, connections int) (net.Listener, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, &ListenError{Address: address, Err: err}
	}
	return &bounded{Listener: l, places: make(chan struct{}, connections), closed: make(chan struct{})}, nil
}

// bounded is a listener with places for connections.
type bounded struct {
	net.Listener
	places chan struct{}
	once   sync.Once
	closed chan struct{}
}

// Accept waits for a place and then for a connection.
func (b *bounded) Accept() (net.Conn, error) {
	select {
	case b.places <- struct{}{}:
	case <-b.closed:
		return nil, net.ErrClosed
	}
	c, err := b.Listener.Accept()
	if err != nil {
		<-b.places
		return nil, err
	}
	tcp, ok := c.(*net.TCPConn)
	if !ok { // cannot be: it listens on TCP
		<-b.places
		return c, nil
	}
	return &connection{TCPConn: tcp, leave: sync.OnceFunc(func() { <-b.places })}, nil
}

// Close stops listening.
func (b *bounded) Close() error {
	b.once.Do(func() { close(b.closed) })
	return b.Listener.Close()
}

// connection gives its place back when it is closed. It is a TCPConn in all else: the server closes
// one half of it when it refuses a large body, so that the refusal arrives.
type connection struct {
	*net.TCPConn
	leave func()
}

// Close closes the connection.
func (c *connection) Close() error {
	defer c.leave()
	return c.TCPConn.Close()
}
