package api

import (
	"net/http"

	"passdesk/internal/chat"
	"passdesk/internal/httpd/problem"
)

// begun is the answer to whoever begins a conversation.
type begun struct {
	Conversation string     `json:"conversation"`
	Token        string     `json:"token"`
	Reply        chat.Reply `json:"reply"`
}

// begin begins a conversation and says hello.
func (a *api) begin(w http.ResponseWriter, r *http.Request) {
	if !within(w, a.limits.conversations, a.client(r)) {
		return
	}
	body, ok := a.body(w, r)
	if !ok {
		return
	}
	m := chat.Message{Channel: Channel, Command: chat.Start}
	var language, locale *string
	if len(body) > 0 {
		if wrong := parse(body, fields{"language": name(&language), "locale": text(&locale)}); wrong != "" {
			problem.Of(problem.InvalidBody).Because(string(wrong)).Write(w)
			return
		}
	}
	m.Language, m.Locale = orNothing(language), orNothing(locale)
	token := newToken()
	m.Conversation = conversationOf(token)
	reply, ok := a.ask(w, r, opBegin, m)
	if !ok {
		return
	}
	w.Header().Set("Location", "/api/v1/conversations/"+m.Conversation)
	a.answer(w, r, http.StatusCreated, begun{Conversation: m.Conversation, Token: token, Reply: reply})
}

func orNothing(given *string) string {
	if given == nil {
		return ""
	}
	return *given
}
