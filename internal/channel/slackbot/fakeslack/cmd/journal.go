package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"passdesk/internal/channel/slackbot/fakeslack"
)

// lastEntries is how much of the journal the page shows.
const lastEntries = 80

// entry is a line of the journal.
type entry struct {
	Number  int             `json:"number"`
	At      string          `json:"at"`
	Kind    string          `json:"kind"`
	What    string          `json:"what"`
	Outcome string          `json:"outcome"`
	Good    bool            `json:"good"`
	Sent    json.RawMessage `json:"sent,omitempty"`
	Answer  json.RawMessage `json:"answer,omitempty"`
}

// entries are the last ones, the newest first.
func entries(journal []fakeslack.Entry) []entry {
	var all []entry
	for i := len(journal) - 1; i >= max(0, len(journal)-lastEntries); i-- {
		all = append(all, entryOf(i+1, journal[i]))
	}
	return all
}

func entryOf(number int, e fakeslack.Entry) entry {
	line := entry{Number: number, At: e.At.Format("15:04:05.000"), Kind: e.Kind}
	switch e.Kind {
	case fakeslack.KindCall:
		line.What, line.Sent, line.Answer = e.Method, arguments(e.Args), e.Answer
		line.Outcome, line.Good = called(e)
	case fakeslack.KindDelivery:
		line.What, line.Sent, line.Answer = e.Type+" "+e.Inner, e.Payload, e.Reply
		line.Outcome, line.Good = delivered(e)
	default:
		line.What, line.Outcome, line.Good = fmt.Sprintf("socket %d", e.Socket), e.Note, e.Kind == fakeslack.KindSocket
		line.Answer = e.Reply
	}
	return line
}

// called is what came of a call of a method.
func called(e fakeslack.Entry) (string, bool) {
	var answer struct {
		OK    bool   `json:"ok"`
		Error string `json:"error"`
	}
	if len(e.Answer) > 0 && json.Unmarshal(e.Answer, &answer) != nil {
		return "no JSON", false
	}
	said := answer.Error
	if answer.OK {
		said = "ok"
	}
	return strings.TrimSpace(fmt.Sprintf("%d %s %s", e.Status, said, e.Fault)), answer.OK
}

// delivered is what became of a delivery.
func delivered(e fakeslack.Entry) (string, bool) {
	attempt := ""
	if e.Attempt > 0 {
		attempt = fmt.Sprintf(", retry %d", e.Attempt)
	}
	switch {
	case e.Acked:
		return "acknowledged after " + e.After.Round(100_000).String() + attempt, true
	case e.Late:
		return "not acknowledged in time" + attempt, false
	case e.Note != "":
		return e.Note + attempt, false
	}
	return "waiting" + attempt, true
}

// arguments are those of a call; what is JSON inside a text is shown as JSON.
func arguments(given map[string]string) json.RawMessage {
	all := map[string]any{}
	for name, value := range given {
		all[name] = value
		if strings.HasPrefix(value, "{") || strings.HasPrefix(value, "[") {
			var inside any
			if json.Unmarshal([]byte(value), &inside) == nil {
				all[name] = inside
			}
		}
	}
	out, err := json.Marshal(all)
	if err != nil {
		return nil
	}
	return out
}
