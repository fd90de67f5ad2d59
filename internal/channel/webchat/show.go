package webchat

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"passdesk/internal/chat"
)

// window is how many turns a page shows. Whoever says more has said the rest long ago.
const window = 60

// show shows a conversation as it was after a turn, or what a new one begins with. It changes nothing.
func (s *site) show(f face) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		at, _ := strconv.ParseInt(query.Get("t"), 10, 64) // what is no number is no turn
		note := noteOf(query.Get("note"))
		token := s.tokenOf(r, f)
		var latest int64
		var turns []Turn
		if token != "" && !s.work(w, r, opShow, conversationOf(token), func(ctx context.Context) (err error) {
			latest, turns, err = s.turns(ctx, conversationOf(token), at)
			if errors.Is(err, chat.ErrNotFound) {
				err = nil
			}
			return err
		}) {
			return
		}
		begun := len(turns) > 0
		if !begun {
			if token != "" {
				http.SetCookie(w, s.cookie(f, "")) // or the note would come every time
			}
			if token != "" || at > 1 {
				note = noteGone
			}
			latest, turns = 1, []Turn{{Sequence: 1, Pressed: pressedStart, Reply: s.options.Greet(languageOf(r))}}
		}
		v := s.view(r, f, begun, latest, turns, note)
		w.Header().Add("Vary", "Cookie")
		s.render(w, r, http.StatusOK, "chat", v.page, v)
	}
}

// turns returns the turns to show: those up to one of them, or up to the latest. What an agent said
// right after a turn came to the same page by itself, so it belongs there.
func (s *site) turns(ctx context.Context, conversation string, at int64) (latest int64, turns []Turn, err error) {
	if latest, err = s.options.Latest(ctx, conversation); err != nil {
		return 0, nil, err
	}
	if at < 1 || at > latest {
		at = latest
	}
	after := max(0, at-window)
	if turns, err = s.options.Transcript(ctx, conversation, after, int(min(latest, at+window)-after)); err != nil {
		return 0, nil, err
	}
	end := slices.IndexFunc(turns, func(t Turn) bool {
		_, agent := chat.AgentOf(t.Pressed)
		return t.Sequence > at && !agent
	})
	if end > 0 {
		turns = turns[:end]
	}
	return latest, turns[max(0, len(turns)-window):], nil
}

func noteOf(id string) string {
	switch id {
	case noteGone, noteStale, noteEmpty:
		return id
	}
	return ""
}

// view makes the page from the turns.
func (s *site) view(r *http.Request, f face, begun bool, latest int64, turns []Turn, note string) chatPage {
	last := turns[len(turns)-1]
	language, pending := last.Reply.Language, ""
	if code := asked(r); code != "" && (!begun || code != language) {
		language, pending = code, code
	}
	if !isLanguage(language) {
		language = languageOf(r)
	}
	p := s.page(r, language)
	p.NoIndex = begun || f.embedded || r.URL.RawQuery != "" && pending == ""
	if !begun {
		// Going back to it shows it as it was; opening it again asks for it again.
		p.cache, p.Description = "private, no-cache", p.words["description"]
		p.Canonical, p.Alternates = s.base(r)+"/", s.alternates(r, func(code string) string { return "/?lang=" + code })
	}
	t := s.tell(language, turns, note)
	return chatPage{
		page: p, Path: f.path, Turn: last.Sequence, Latest: latest, Begun: begun,
		Token: newToken(), ID: rand.Text(), Pending: pending,
		Log: t.entries, Links: t.links, Now: t.now, SoFar: t.soFar, Live: t.live,
		Listen: s.options.Listen != nil && begun && t.person,
	}
}
