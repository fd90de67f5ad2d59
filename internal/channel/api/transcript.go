package api

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"passdesk/internal/chat"
	"passdesk/internal/httpd/problem"
)

const (
	commonLimit = 50
	mostLimit   = 200
)

// page is a part of a conversation as the client sees it.
type page struct {
	Conversation string     `json:"conversation"`
	Turns        []pageTurn `json:"turns"`
	Next         int64      `json:"next"` // what to give as after to see what comes then
}

type pageTurn struct {
	Sequence int64           `json:"sequence"`
	At       time.Time       `json:"at"`
	Agent    *pageAgent      `json:"agent,omitempty"`
	Said     *string         `json:"said,omitempty"`
	Pressed  json.RawMessage `json:"pressed,omitempty"`
	Reply    chat.Reply      `json:"reply"`
}

// pageAgent is a support agent whose turn it is.
type pageAgent struct {
	Action chat.AgentAct `json:"action"`
	Name   string        `json:"name"`
}

// transcript shows what was said, to whoever can open the conversation.
func (a *api) transcript(w http.ResponseWriter, r *http.Request) {
	conversation, ok := opened(r)
	if !ok {
		problem.Of(problem.NotFound).Write(w)
		return
	}
	after, limit, ok := pageOf(r.URL.RawQuery)
	if !ok {
		problem.Of(problem.InvalidQuery).Because("The query may have after, a number from 0, and limit, a number from 1 to 200.").Write(w)
		return
	}
	const operation = opTranscript
	var kept Transcript
	if !a.work(w, r, operation, conversation, func(ctx context.Context) (err error) {
		if kept, err = a.options.Transcript(ctx, conversation, after, limit); err == nil && len(kept.Turns) == 0 && after == 0 {
			err = chat.ErrNotFound // a conversation begins with a turn
		}
		return err
	}) {
		return
	}
	p := page{Conversation: conversation, Turns: make([]pageTurn, 0, len(kept.Turns)), Next: after}
	for _, turn := range kept.Turns {
		p.Turns = append(p.Turns, shown(turn))
		p.Next = turn.Sequence
	}
	a.answer(w, r, http.StatusOK, p)
}

// shown is a turn with who said or pressed what.
func shown(turn Turn) pageTurn {
	p := pageTurn{Sequence: turn.Sequence, At: turn.At.UTC(), Reply: whole(turn.Reply)}
	if by, ok := chat.AgentOf(turn.Pressed); ok {
		p.Agent = &pageAgent{Action: by.Do, Name: by.Name}
		if by.Do == chat.AgentSay {
			p.Said = &turn.Said
		}
	} else if turn.Pressed != "" {
		p.Pressed = json.RawMessage(turn.Pressed)
	} else {
		p.Said = &turn.Said
	}
	return p
}

// pageOf reads which turns are asked for.
func pageOf(query string) (after int64, limit int, ok bool) {
	values, err := url.ParseQuery(query)
	if err != nil {
		return 0, 0, false
	}
	limit = commonLimit
	for name, given := range values {
		number, err := strconv.ParseInt(given[0], 10, 64)
		switch {
		case err != nil || len(given) > 1:
			return 0, 0, false
		case name == "after" && number >= 0:
			after = number
		case name == "limit" && 1 <= number && number <= mostLimit:
			limit = int(number)
		default:
			return 0, 0, false
		}
	}
	return after, limit, true
}
