package console

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

const (
	eventBeat = 20 * time.Second // a line now and then keeps proxies from thinking that nobody is there
	eventWait = 10 * time.Second // for a browser to take an event
	eventLife = 5 * time.Minute  // of a stream; then the browser connects again, if the agent is still signed in
)

// events tells an open page that a conversation went on. It says how far, and not what was said; the
// page asks for that.
func (c *Console) events(w http.ResponseWriter, r *http.Request, who Agent) {
	p := c.newPage(r, who, casesPath)
	one, ok := c.load(r.Context(), w, r, p)
	if !ok {
		return
	}
	wake, stop := c.options.People.Listen(one.Conversation)
	defer stop()
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Time{}) // the request has been read; without support there is no deadline either
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no")
	if r.Method == http.MethodHead {
		return // the next request of the connection waits
	}
	last, _ := strconv.ParseInt(r.Header.Get("Last-Event-ID"), 10, 64) // 0 if there is none
	last = max(last, 0)
	beat := time.NewTicker(eventBeat)
	defer beat.Stop()
	for began := time.Now(); time.Since(began) < eventLife; {
		event, now, err := c.eventAfter(r.Context(), one.Conversation, last)
		if err != nil {
			return // the browser connects again
		}
		last = now
		_ = control.SetWriteDeadline(time.Now().Add(eventWait)) // as above
		if _, err := w.Write([]byte(event)); err != nil || control.Flush() != nil {
			return
		}
		select {
		case <-wake:
		case <-beat.C:
			if _, still := c.options.Agent(r); !still {
				return
			}
		case <-c.options.People.Done:
			return
		case <-r.Context().Done():
			return
		}
	}
}

// eventAfter is the event about turns after the last one, a comment if there are none.
func (c *Console) eventAfter(ctx context.Context, conversation string, last int64) (event string, now int64, err error) {
	for now = last; ; {
		turns, err := c.options.People.Turns(ctx, conversation, now, turnsShown)
		if err != nil {
			return "", last, err
		}
		if len(turns) > 0 {
			now = turns[len(turns)-1].Sequence
		}
		if len(turns) < turnsShown {
			break
		}
	}
	if now == last {
		return ":\n\n", now, nil
	}
	return fmt.Sprintf("id: %d\ndata: {\"sequence\":%d}\n\n", now, now), now, nil
}
