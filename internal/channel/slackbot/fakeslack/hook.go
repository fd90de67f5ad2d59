package fakeslack

import (
	"net/http"
	"time"
)

const (
	hookUses = 5
	hookLife = 30 * time.Minute
)

// hook is a response URL.
type hook struct {
	born     time.Time
	used     int
	user     string
	channel  *channel
	original *Message // the one whose button was pressed
	made     []*Message
}

// newHook makes a response URL of a kind: actions, commands or app. The lock is held.
func (s *Slack) newHook(kind, user string, ch *channel, original *Message) (*hook, string) {
	path := "/response/" + kind + "/" + TeamID + "/" + s.id("") + "/" + s.secret()
	h := &hook{born: s.o.Now(), user: user, channel: ch, original: original}
	s.hooks[path] = h
	return h, s.url + path
}

func (s *Slack) serveResponse(w http.ResponseWriter, r *http.Request) {
	const name = "response_url"
	var f Fault
	s.locked(func() { f = s.fault(name) })
	if f.CutBefore {
		cut(w)
		return
	}
	a, _, err := readArgs(r)
	s.pause(r.Context(), f.Delay)
	if a.has("payload") { // the old way
		a = args{}
		err = refuse("invalid_payload")
	}
	entry := Entry{Kind: KindCall, Method: name, Args: a.shown(), Fault: f.name()}
	if instead := f.refusal(); instead != nil {
		err = instead
	} else if err == nil {
		err = s.useHook(r.URL.Path, call{a, name})
	}
	s.answer(w, r, entry, f, object{"ok": true}, err)
}

// useHook does what a post to a response URL asks for.
func (s *Slack) useHook(path string, c call) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.hooks[path]
	if h == nil || s.o.Now().Sub(h.born) > hookLife {
		return &refusal{code: "expired_url", status: http.StatusNotFound}
	}
	if h.used >= hookUses {
		return &refusal{code: "used_url", status: http.StatusNotFound}
	}
	h.used++
	return s.respond(h, c)
}

// respond deletes or replaces the message of a response URL, or makes one that only the user
// sees unless it asks for more. The bot need not be in the channel.
func (s *Slack) respond(h *hook, c call) error {
	own := h.original != nil && (h.original.ours() || h.original.EphemeralTo != "")
	if own && c.flag("delete_original") {
		s.remove(h.channel, h.original)
		return nil
	}
	m, err := s.content(c, "", maxPostText)
	if err != nil {
		return err
	}
	if own && c.flag("replace_original") && !h.original.Deleted {
		s.change(h.channel, h.original, m, c)
		return nil
	}
	m.BotID, m.Via = BotID, c.method
	if c.str("response_type") == "in_channel" {
		m.Subtype = "bot_message"
	} else {
		m.EphemeralTo, m.User = h.user, BotUserID
	}
	if err := h.channel.reply(m, c.str("thread_ts")); err != nil {
		return err
	}
	s.add(h.channel, m)
	h.made = append(h.made, m)
	return nil
}
