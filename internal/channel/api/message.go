package api

import (
	"encoding/json"
	"net/http"
	"strings"

	"passdesk/internal/chat"
	"passdesk/internal/httpd/problem"
)

// maxKey is the longest idempotency key, in bytes.
const maxKey = 128

// message brings a message to the desk. Whoever cannot open the conversation learns nothing, not
// even that the rest of the request is wrong.
func (a *api) message(w http.ResponseWriter, r *http.Request) {
	conversation, ok := opened(r)
	if !ok {
		problem.Of(problem.NotFound).Write(w)
		return
	}
	if !within(w, a.limits.messages, conversation) {
		return
	}
	key, ok := idempotencyKey(r.Header)
	if !ok {
		problem.Of(problem.InvalidKey).Write(w)
		return
	}
	body, ok := a.body(w, r)
	if !ok {
		return
	}
	m, wrong := readMessage(body)
	if wrong != "" {
		problem.Of(problem.InvalidBody).Because(string(wrong)).Write(w)
		return
	}
	m.ID, m.Channel, m.Conversation, m.Known = key, Channel, conversation, true
	if reply, ok := a.ask(w, r, opAnswer, m); ok {
		a.answer(w, r, http.StatusOK, reply)
	}
}

// idempotencyKey is the id that the client gave its message.
func idempotencyKey(h http.Header) (key string, ok bool) {
	key = h.Get("Idempotency-Key")
	visible := !strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r > '~' })
	return key, len(h.Values("Idempotency-Key")) == 1 && key != "" && len(key) <= maxKey && visible
}

// readMessage reads what a customer said or pressed.
func readMessage(body []byte) (m chat.Message, wrong refusal) {
	var said, change, command, language, locale *string
	wrong = parse(body, fields{
		"text": text(&said), "change": name(&change), "command": name(&command), "choose": choice(&m.Choose),
		"language": name(&language), "locale": text(&locale),
	})
	if wrong != "" {
		return m, wrong
	}
	given := 0
	for _, is := range []bool{said != nil, m.Choose != nil, change != nil, command != nil} {
		if is {
			given++
		}
	}
	if given != 1 {
		return m, "The body must have exactly one of text, choose, change and command."
	}
	m.Text, m.Change, m.Command = chat.Raw(orNothing(said)), orNothing(change), chat.Command(orNothing(command))
	m.Language, m.Locale = orNothing(language), orNothing(locale)
	return m, ""
}

// choice returns what reads a fact and its value into target.
func choice(target **chat.Choose) func(json.RawMessage) refusal {
	return func(value json.RawMessage) refusal {
		var fact, stated *string
		if wrong := object(value, fields{"fact": text(&fact), "value": text(&stated)}); wrong != "" {
			return wrong
		}
		if fact == nil || stated == nil {
			return "The field choose must have fact and value."
		}
		*target = &chat.Choose{Fact: *fact, Value: *stated}
		return ""
	}
}
