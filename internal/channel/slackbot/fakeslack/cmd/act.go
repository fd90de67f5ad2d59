package main

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"

	"passdesk/internal/channel/slackbot/fakeslack"
)

// gesture is what a person does on the page.
type gesture struct {
	What    string                    `json:"what"`
	User    string                    `json:"user"`
	Channel string                    `json:"channel"`
	TS      string                    `json:"ts"`
	Thread  string                    `json:"thread"`
	Text    string                    `json:"text"`
	Action  string                    `json:"action"`
	Value   string                    `json:"value"`
	View    string                    `json:"view"`
	Values  map[string]map[string]any `json:"values"` // of a form: block id, action id, value
	Tab     string                    `json:"tab"`
}

// outcome is what the person sees of it at once.
type outcome struct {
	TS       string            `json:"ts,omitempty"`       // of the message that was written
	Error    string            `json:"error,omitempty"`    // such as operation_timeout
	Errors   map[string]string `json:"errors,omitempty"`   // of a form, by block id
	Problems []string          `json:"problems,omitempty"` // what Slack refused of the answer
}

// do makes a gesture and waits until the app has acknowledged it, as Slack's clients do.
func (p *page) do(w http.ResponseWriter, r *http.Request) {
	var g gesture
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, mostBody)).Decode(&g); err != nil {
		http.Error(w, "read the gesture: "+err.Error(), http.StatusBadRequest)
		return
	}
	if name(g.User) == g.User || g.User == fakeslack.BotUserID {
		http.Error(w, "there is no such person", http.StatusNotFound)
		return
	}
	write(w, http.StatusOK, p.make(g))
}

// make does what a gesture says.
func (p *page) make(g gesture) outcome {
	switch g.What {
	case "write":
		return p.say(g)
	case "edit":
		return done(p.slack.Edit(g.Channel, g.TS, marked(g.Text)))
	case "delete":
		return done(p.slack.Delete(g.Channel, g.TS))
	case "press":
		return seen(p.slack.Press(g.User, g.Channel, g.TS, g.Action, g.Value))
	case "shortcut":
		return seen(p.slack.MessageShortcut(g.User, g.Channel, g.TS, p.app.Shortcut))
	case "global":
		return seen(p.slack.GlobalShortcut(g.User, p.app.Global))
	case "open":
		p.slack.OpenHome(g.User, g.Tab)
		return outcome{}
	case "locale":
		return p.locale(g)
	}
	return p.window(g)
}

// window is what can be done with a modal or the Home tab.
func (p *page) window(g gesture) outcome {
	switch g.What {
	case "press view":
		p.slack.Fill(g.View, listed(g.Values))
		return seen(p.slack.PressView(g.User, g.View, g.Action, g.Value))
	case "submit":
		return seen(p.slack.Submit(g.User, g.View, listed(g.Values)))
	case "close":
		return seen(p.slack.CloseView(g.User, g.View, false))
	}
	return outcome{Error: "unknown gesture " + g.What}
}

// say writes a message, or runs a command if it is one.
func (p *page) say(g gesture) outcome {
	if command, rest, _ := strings.Cut(g.Text, " "); strings.HasPrefix(command, "/") {
		if command != p.app.Command {
			return outcome{Error: command + " is not a command of the app"}
		}
		return seen(p.slack.Command(g.User, g.Channel, command, strings.TrimSpace(rest)))
	}
	ts := p.slack.Post(fakeslack.Message{Channel: g.Channel, User: g.User, ThreadTS: g.Thread, Text: marked(g.Text)})
	return outcome{TS: ts}
}

// locale has somebody choose another language in their settings.
func (p *page) locale(g gesture) outcome {
	p.slack.AddUser(fakeslack.User{ID: g.User, Name: name(g.User), Locale: g.Value})
	p.slack.Event(map[string]any{"type": "user_change", "user": map[string]any{"id": g.User, "name": name(g.User), "locale": g.Value}})
	return outcome{}
}

var written = regexp.MustCompile(`@[a-z]+|#[a-z]+|https?://[^\s<>]+`)

// marked is a text as Slack's clients send it: escaped, with names and addresses as markup.
func marked(text string) string {
	text = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
	ids := map[string]string{"@" + fakeslack.BotName: "@" + fakeslack.BotUserID, "#help": "#" + helpID, "#support": "#" + supportID}
	for _, p := range people() {
		ids["@"+p.Name] = "@" + p.ID
	}
	return written.ReplaceAllStringFunc(text, func(found string) string {
		switch id := ids[found]; {
		case id != "":
			return "<" + id + ">"
		case strings.HasPrefix(found, "http"):
			return "<" + found + ">"
		}
		return found
	})
}

// listed turns the lists of a form into those that the workspace takes.
func listed(values map[string]map[string]any) map[string]map[string]any {
	for _, fields := range values {
		for action, value := range fields {
			list, ok := value.([]any)
			if !ok {
				continue
			}
			texts := []string{}
			for _, one := range list {
				text, _ := one.(string)
				texts = append(texts, text)
			}
			fields[action] = texts
		}
	}
	return values
}

func seen(a *fakeslack.Answer) outcome {
	ack := a.Ack()
	return outcome{Error: ack.Error, Errors: ack.Errors, Problems: ack.Problems}
}

func done(well bool) outcome {
	if well {
		return outcome{}
	}
	return outcome{Error: "message_not_found"}
}
