package webchat

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"passdesk/internal/chat"
)

// The notes that a page may show, as its address names them.
const (
	noteGone  = "gone"  // the conversation is not there any more
	noteStale = "stale" // what was pressed means nothing now
	noteEmpty = "empty" // nothing was written
)

// startID is the id of the first message of every conversation, which only says hello. What the
// customer sends first is the second: it answers a question that they saw.
const startID = "start"

// outcome is where a customer stands after sending something.
type outcome struct {
	token  string
	begun  bool  // just now
	latest int64 // turn
	note   string
}

// post takes what a customer sent and leads to the page that shows what became of it.
func (s *site) post(f face) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		in, refused := s.readForm(w, r)
		if refused != nil {
			s.refuse(w, r, *refused, 0)
			return
		}
		out := outcome{token: s.tokenOf(r, f), note: in.note}
		if !s.work(w, r, opAnswer, conversationOf(out.token), func(ctx context.Context) error { return s.take(ctx, r, in, &out) }) {
			return
		}
		if out.begun {
			http.SetCookie(w, s.cookie(f, out.token))
		}
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Location", s.place(f, in, out))
		w.WriteHeader(http.StatusSeeOther)
	}
}

// place is the address of the page that shows where the customer stands.
func (s *site) place(f face, in form, out outcome) string {
	query := url.Values{}
	if out.note != "" {
		query.Set("note", out.note)
		if in.language != "" {
			query.Set("lang", in.language)
		}
	}
	turn := strconv.FormatInt(out.latest, 10)
	if out.latest > 0 {
		query.Set("t", turn)
	}
	address := f.path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	if out.latest > 0 && out.note == "" {
		address += "#e" + turn
	}
	return address
}

// take brings what was sent to the desk, and begins the conversation if there is none.
func (s *site) take(ctx context.Context, r *http.Request, in form, out *outcome) error {
	err := s.find(ctx, out)
	if err != nil {
		return err
	}
	if in.note != "" && out.token == "" {
		return nil // nothing to begin a conversation with
	}
	if out.token == "" {
		if err := s.begin(ctx, r, in, out); err != nil {
			return err
		}
	}
	if in.note == "" {
		if err := s.bring(ctx, in, out); err != nil {
			return err
		}
	}
	if out.token == "" {
		return nil // it was erased just now
	}
	out.latest, err = s.options.Latest(ctx, conversationOf(out.token))
	return err
}

// find looks whether the conversation that the token opens is still there.
func (s *site) find(ctx context.Context, out *outcome) error {
	if out.token == "" {
		return nil
	}
	_, err := s.options.Latest(ctx, conversationOf(out.token))
	if errors.Is(err, chat.ErrNotFound) {
		out.token, err = "", nil
	}
	return err
}

// begin says hello in a new conversation. A form that comes twice before there is a cookie begins
// one conversation, for it brings the token.
func (s *site) begin(ctx context.Context, r *http.Request, in form, out *outcome) error {
	if ok, wait := s.limits.conversations.Allow(s.client(r)); !ok {
		return limitError{wait}
	}
	token := in.token
	if !isToken(token) {
		token = newToken()
	}
	_, err := s.options.Handle(ctx, chat.Message{
		ID: startID, Channel: Channel, Conversation: conversationOf(token), Command: chat.Start,
		Language: in.language, Locale: in.in,
	})
	if err != nil {
		return err
	}
	out.token, out.begun = token, true
	return nil
}

// bring sends the message itself.
func (s *site) bring(ctx context.Context, in form, out *outcome) error {
	m := in.message
	m.Channel, m.Conversation, m.Known = Channel, conversationOf(out.token), true
	if ok, wait := s.limits.messages.Allow(m.Conversation); !ok {
		return limitError{wait}
	}
	m.ID = messageID(in.page, out.token, in.done)
	_, err := s.options.Handle(ctx, m)
	switch {
	case errors.Is(err, chat.ErrInvalid):
		out.note, err = noteStale, nil
	case errors.Is(err, chat.ErrNotFound):
		out.token, out.begun, out.note, err = "", false, noteGone, nil
	}
	return err
}
