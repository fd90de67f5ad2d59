package webchat

import (
	"context"
	"errors"
	"math"
	"net/http"
	"strconv"
	"time"

	"passdesk/internal/chat"
)

// refusal is a reason not to show what was asked for: its status, and the words that explain it.
type refusal struct {
	status        int
	heading, text string
}

var (
	notFound    = refusal{http.StatusNotFound, "missing-heading", "missing-text"}
	wrongMethod = refusal{http.StatusMethodNotAllowed, "refused-heading", "refused-text"}
	unreadable  = refusal{http.StatusBadRequest, "refused-heading", "refused-text"}
	crossOrigin = refusal{http.StatusForbidden, "refused-heading", "refused-text"}
	late        = refusal{http.StatusRequestTimeout, "refused-heading", "refused-text"}
	tooLarge    = refusal{http.StatusRequestEntityTooLarge, "refused-heading", "too-large-text"}
	tooMany     = refusal{http.StatusTooManyRequests, "too-many-heading", "too-many-text"}
	overloaded  = refusal{http.StatusServiceUnavailable, "busy-heading", "busy-text"}
	fault       = refusal{http.StatusInternalServerError, "fault-heading", "fault-text"}
)

// limitError is a limit that somebody has reached.
type limitError struct{ wait time.Duration }

// Error names nobody.
func (limitError) Error() string { return "too many" }

// refuse answers with a page that says what to do. Wait is when it makes sense to try again.
func (s *site) refuse(w http.ResponseWriter, r *http.Request, why refusal, wait time.Duration) {
	if why.status == http.StatusServiceUnavailable {
		wait = max(wait, time.Second)
	}
	if wait > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
	}
	if why.status == http.StatusRequestEntityTooLarge || why.status == http.StatusRequestTimeout {
		w.Header().Set("Connection", "close") // or the server would wait for the rest of the body before it answers
	}
	p := s.page(r, languageOf(r))
	p.NoIndex = true
	s.render(w, r, why.status, "problem", p, problemPage{page: p, Heading: why.heading, Text: why.text})
}

// problemPage is the page of a refusal.
type problemPage struct {
	page
	Heading, Text string // ids of words
}

// missing says that there is no such page.
func (s *site) missing(w http.ResponseWriter, r *http.Request) { s.refuse(w, r, notFound, 0) }

// work does what a request asks for once there is a place for it. The place is given back before
// the answer is written: a browser that reads slowly keeps nobody waiting.
func (s *site) work(w http.ResponseWriter, r *http.Request, operation, conversation string, do func(context.Context) error) bool {
	leave, ok := s.options.Enter()
	if !ok {
		s.refuse(w, r, overloaded, 0)
		return false
	}
	err := func() error {
		defer leave() // also if do panics
		ctx, cancel := context.WithTimeout(r.Context(), s.options.Timeout)
		defer cancel()
		return do(ctx)
	}()
	var limited limitError
	switch {
	case err == nil:
		return true
	case errors.As(err, &limited):
		s.refuse(w, r, tooMany, limited.wait)
	case errors.Is(err, chat.ErrBusy), errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		s.refuse(w, r, overloaded, 0)
	default:
		s.options.Fault(r.Context(), operation, conversation, err)
		s.refuse(w, r, fault, 0)
	}
	return false
}
