package outbox

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"syscall"

	"passdesk/internal/store"
)

// Class says in a few words what kind of error it is, without the text of the error, which may hold
// addresses with secrets in them or what a server said.
func Class(err error) string {
	for _, known := range []struct {
		is   error
		name string
	}{
		{context.Canceled, "cancelled"},
		{context.DeadlineExceeded, "timed out"},
		{syscall.ECONNREFUSED, "connection refused"},
		{syscall.ECONNRESET, "connection reset"},
		{syscall.EPIPE, "connection reset"},
		{syscall.EHOSTUNREACH, "host unreachable"},
		{syscall.ENETUNREACH, "network unreachable"},
		{io.EOF, "connection closed"},
		{io.ErrUnexpectedEOF, "connection closed"},
		{net.ErrClosed, "connection closed"},
		{store.ErrUnavailable, "store unavailable"},
		{store.ErrClosed, "store closed"},
	} {
		if errors.Is(err, known.is) {
			return known.name
		}
	}
	return classByType(err)
}

func classByType(err error) string {
	if dns, ok := errors.AsType[*net.DNSError](err); ok && dns.IsNotFound {
		return "host name not found"
	} else if ok {
		return "name server did not answer"
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return "certificate not accepted"
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return "no TLS on this port"
	}
	if _, ok := errors.AsType[tls.AlertError](err); ok {
		return "TLS refused"
	}
	if timeout, ok := errors.AsType[net.Error](err); ok && timeout.Timeout() {
		return "timed out"
	}
	return typeName(err)
}
