// Package problem writes what went wrong with a request as application/problem+json (RFC 9457).
// It exists so that a refusal looks the same whoever finds it, and never holds what a customer wrote.
package problem

import (
	"encoding/json"
	"math"
	"net/http"
	"strconv"
	"time"
)

// ContentType is the media type of a problem.
const ContentType = "application/problem+json"

// Problem is one refusal. Make it with Of.
type Problem struct {
	Type   string `json:"type"` // a stable URN; it identifies and is not to be opened
	Title  string `json:"title"`
	Status int    `json:"status"`
	Code   Code   `json:"code"`
	Detail string `json:"detail"` // one line for developers
	after  time.Duration
}

// Of describes a problem of a kind.
func Of(code Code) Problem {
	status, detail := code.meaning()
	p := Problem{
		Type: "urn:passdesk:problem:" + string(code), Title: http.StatusText(status),
		Status: status, Code: code, Detail: detail,
	}
	if status == http.StatusServiceUnavailable || status == http.StatusTooManyRequests {
		p.after = time.Second
	}
	return p
}

// Because replaces the detail by a more exact one, which must be written in the program: it must
// not quote the request.
func (p Problem) Because(detail string) Problem {
	p.Detail = detail
	return p
}

// After says when it makes sense to try again.
func (p Problem) After(wait time.Duration) Problem {
	p.after = wait
	return p
}

// Write answers a request with the problem. Headers that were set before stay.
func (p Problem) Write(w http.ResponseWriter) {
	body, err := json.Marshal(p)
	if err != nil { // cannot be: strings and a number
		body = nil
	}
	h := w.Header()
	h.Set("Content-Type", ContentType)
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if p.after > 0 {
		h.Set("Retry-After", strconv.Itoa(int(math.Ceil(p.after.Seconds()))))
	}
	if p.Status == http.StatusRequestEntityTooLarge || p.Status == http.StatusRequestTimeout {
		h.Set("Connection", "close") // or the server would wait for the rest of the body before it answers
	}
	w.WriteHeader(p.Status)
	_, _ = w.Write(body) // a client that is gone needs no answer
}
