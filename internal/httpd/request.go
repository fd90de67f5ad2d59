package httpd

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"net/http"
	"strings"
)

// identity tells one request from all others.
type identity struct {
	request string // made here: what a client sends as an id may be anything
	trace   string // of the W3C trace that the client says it is in; "" if it says nothing valid
}

type identityKey struct{}

// RequestAttributes are the ids of the request that a context belongs to, for log records.
func RequestAttributes(ctx context.Context) []slog.Attr {
	who, ok := ctx.Value(identityKey{}).(identity)
	if !ok {
		return nil
	}
	ids := []slog.Attr{slog.String("request", who.request)}
	if who.trace != "" {
		ids = append(ids, slog.String("trace", who.trace))
	}
	return ids
}

func identify(r *http.Request) identity {
	return identity{request: rand.Text(), trace: traceOf(r.Header.Values("Traceparent"))}
}

// traceOf reads the trace id of a traceparent: version-trace-parent-flags, all in lower-case hex.
func traceOf(headers []string) string {
	if len(headers) != 1 {
		return ""
	}
	parts := strings.Split(headers[0], "-")
	if len(parts) < 4 || parts[0] == "ff" || parts[0] == "00" && len(parts) != 4 {
		return ""
	}
	for i, size := range []int{1, 16, 8, 1} {
		raw, err := hex.DecodeString(parts[i])
		if err != nil || len(raw) != size || parts[i] != strings.ToLower(parts[i]) {
			return ""
		}
		if (i == 1 || i == 2) && strings.Trim(parts[i], "0") == "" {
			return ""
		}
	}
	return parts[1]
}

// methodOf is the method of a request if it is one of HTTP's own: others can be anything.
func methodOf(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch,
		http.MethodDelete, http.MethodOptions, http.MethodConnect, http.MethodTrace:
		return r.Method
	}
	return "other"
}
