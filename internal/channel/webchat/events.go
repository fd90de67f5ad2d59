package webchat

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"passdesk/internal/chat"
)

// events tells a page of new turns in its conversation for as long as it listens, as server-sent
// events. They hold nothing but the number of the turn: the page asks for the rest.
func (s *site) events(f face) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		token := s.tokenOf(r, f)
		if s.options.Listen == nil || token == "" {
			s.refuse(w, r, notFound, 0)
			return
		}
		conversation := conversationOf(token)
		leave, ok := s.places.take(conversation)
		if !ok {
			s.refuse(w, r, overloaded, 0)
			return
		}
		defer leave()
		wake, stop := s.options.Listen(conversation)
		defer stop()
		latest, err := s.latest(r.Context(), conversation)
		if errors.Is(err, chat.ErrNotFound) {
			w.WriteHeader(http.StatusNoContent) // the browser need not try again
			return
		}
		if err != nil {
			s.refuse(w, r, overloaded, 0)
			return
		}
		h := w.Header()
		h.Set("Content-Type", "text/event-stream")
		h.Set("Cache-Control", "no-store")
		h.Set("X-Accel-Buffering", "no") // nginx would keep events back
		if r.Method == http.MethodHead {
			return // the next request of the connection waits
		}
		st := stream{s, w, http.NewResponseController(w), seen(r)}
		st.run(r.Context(), conversation, latest, wake)
	}
}

// seen is the last turn that a page knows of.
func seen(r *http.Request) int64 {
	known := r.Header.Get("Last-Event-ID") // of a browser that connects again
	if known == "" {
		known = r.URL.Query().Get("after")
	}
	turn, _ := strconv.ParseInt(known, 10, 64) // what is no number is no turn
	return turn
}

func (s *site) latest(ctx context.Context, conversation string) (int64, error) {
	ctx, cancel := context.WithTimeout(ctx, s.options.Timeout)
	defer cancel()
	return s.options.Latest(ctx, conversation)
}

// stream is one page that listens.
type stream struct {
	site    *site
	w       http.ResponseWriter
	control *http.ResponseController
	told    int64 // turn
}

func (st *stream) run(ctx context.Context, conversation string, latest int64, wake <-chan struct{}) {
	_ = st.control.SetReadDeadline(time.Time{}) // the server's own are for requests that end
	beat := time.NewTicker(st.site.options.Heartbeat)
	defer beat.Stop()
	if !st.send("retry: 3000\n\n") {
		return
	}
	for {
		if latest > st.told {
			st.told = latest
			if !st.send(fmt.Sprintf("id: %d\nevent: turn\ndata: {\"sequence\":%d}\n\n", latest, latest)) {
				return
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-st.site.options.Stopping:
			return
		case <-beat.C:
			if !st.send(": still here\n\n") {
				return
			}
		case _, open := <-wake:
			if !open {
				return
			}
			var err error
			if latest, err = st.site.latest(ctx, conversation); err != nil {
				st.site.gone(ctx, conversation, err)
				return // the browser connects again, and is told then
			}
		}
	}
}

// gone tells of a stream that ended because turns could not be counted.
func (s *site) gone(ctx context.Context, conversation string, err error) {
	if ctx.Err() == nil && !errors.Is(err, chat.ErrNotFound) && !errors.Is(err, chat.ErrBusy) {
		s.options.Fault(ctx, opStream, conversation, err)
	}
}

// send writes a piece of the stream at once and reports whether somebody still reads it.
func (st *stream) send(piece string) bool {
	_ = st.control.SetWriteDeadline(time.Now().Add(st.site.options.Heartbeat))
	if _, err := st.w.Write([]byte(piece)); err != nil {
		return false
	}
	return st.control.Flush() == nil
}
