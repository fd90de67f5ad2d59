package fakeslack

import (
	"context"
	"net/http"
	"time"
)

// Fault is something that goes wrong with calls on purpose.
type Fault struct {
	Times      int           // how many calls, 0 for all until Mend
	Skip       int           // how many calls go well before
	Status     int           // HTTP status with an empty body, unless Error is set
	Error      string        // ok:false with this code
	RetryAfter int           // 429 with so many seconds
	CutBefore  bool          // cut the connection and do nothing
	CutAfter   bool          // do it and cut the connection
	Delay      time.Duration // wait before doing it
	DelayAfter time.Duration // wait between doing it and answering
}

// Fail has calls of a method go wrong. "*" is every method, "response_url" a post to one and
// "socket" the opening of a WebSocket. Several faults of one method are used up in order.
func (s *Slack) Fail(method string, f Fault) {
	s.locked(func() { s.faults[method] = append(s.faults[method], f) })
}

// Mend ends all faults of a method, or of all if the name is empty.
func (s *Slack) Mend(method string) {
	s.locked(func() {
		if method == "" {
			clear(s.faults)
		}
		delete(s.faults, method)
	})
}

// fault is what goes wrong with this call, with the lock held.
func (s *Slack) fault(method string) Fault {
	for _, key := range []string{method, "*"} {
		list := s.faults[key]
		if len(list) == 0 {
			continue
		}
		f := &list[0]
		if f.Skip > 0 {
			f.Skip--
			return Fault{}
		}
		now := *f
		if f.Times == 1 {
			s.faults[key] = list[1:]
		} else if f.Times > 1 {
			f.Times--
		}
		return now
	}
	return Fault{}
}

// refusal is the answer that a fault gives instead of the right one.
func (f Fault) refusal() *refusal {
	switch {
	case f.RetryAfter > 0:
		return tooOften(f.RetryAfter)
	case f.Error != "":
		r := refuse(f.Error)
		if f.Status != 0 {
			r.status = f.Status
		}
		return r
	case f.Status != 0:
		return &refusal{status: f.Status}
	}
	return nil
}

func (f Fault) name() string {
	switch {
	case f.CutBefore:
		return "cut before"
	case f.CutAfter:
		return "cut after"
	case f.RetryAfter > 0:
		return "429"
	case f.Error != "":
		return f.Error
	case f.Status != 0:
		return http.StatusText(f.Status)
	case f.Delay > 0 || f.DelayAfter > 0:
		return "slow"
	}
	return ""
}

// pause waits, but not for a caller who is gone or a workspace that is closed.
func (s *Slack) pause(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	case <-s.ctx.Done():
	}
}

// cut ends a connection without an answer.
func cut(w http.ResponseWriter) {
	if h, ok := w.(http.Hijacker); ok {
		if conn, _, err := h.Hijack(); err == nil {
			_ = conn.Close() // cutting is the point
		}
	}
}
