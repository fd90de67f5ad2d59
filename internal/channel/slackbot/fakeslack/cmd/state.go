package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"time"

	"passdesk/internal/channel/slackbot/fakeslack"
)

// patience is how long the page is kept waiting when nothing happens.
const patience = 20 * time.Second

// scene is what one person sees, and what nobody in Slack sees: the journal.
type scene struct {
	Version string      `json:"version"`
	User    string      `json:"user"`
	Locale  string      `json:"locale"`
	People  []person    `json:"people"`
	App     application `json:"app"`
	Bot     string      `json:"bot"`
	Sockets int         `json:"sockets"`
	Places  []place     `json:"places"`
	Modals  []view      `json:"modals"`
	Home    *view       `json:"home"`
	Journal []entry     `json:"journal"`
}

// place is a conversation.
type place struct {
	ID       string             `json:"id"`
	Name     string             `json:"name"`
	Kind     string             `json:"kind"`
	Messages []message          `json:"messages"`
	Prompts  []fakeslack.Prompt `json:"prompts"`
	Status   map[string]string  `json:"status"` // what the app is doing, by thread
}

type message struct {
	TS          string          `json:"ts"`
	Thread      string          `json:"thread"`
	User        string          `json:"user"`
	Name        string          `json:"name"`
	Text        string          `json:"text"`
	Blocks      json.RawMessage `json:"blocks,omitempty"`
	Attachments json.RawMessage `json:"attachments,omitempty"`
	Private     bool            `json:"private"` // only who looks sees it
	Edited      bool            `json:"edited"`
	Reactions   []string        `json:"reactions,omitempty"`
}

type view struct {
	ID      string                               `json:"id"`
	Hash    string                               `json:"hash"`
	Content json.RawMessage                      `json:"content"`
	State   map[string]map[string]map[string]any `json:"state"`
}

// state answers as soon as the scene is another than the one the page has, or when patience ends.
func (p *page) state(w http.ResponseWriter, r *http.Request) {
	user, before := r.FormValue("user"), r.FormValue("after")
	if name(user) == user {
		http.Error(w, "there is no such person", http.StatusNotFound)
		return
	}
	var now scene
	other := func() bool {
		now = p.scene(user)
		return now.Version != before
	}
	// In short waits, since only between them a browser that has gone away is noticed.
	for until := time.Now().Add(patience); !p.slack.Await(time.Second, other); {
		if r.Context().Err() != nil || time.Now().After(until) {
			break
		}
	}
	write(w, http.StatusOK, now)
}

func (p *page) scene(user string) scene {
	now := scene{User: user, People: people(), App: p.app, Bot: fakeslack.BotUserID, Sockets: p.slack.Sockets(), Places: rooms(p.slack, user)}
	if u, there := p.slack.User(user); there {
		now.Locale = u.Locale
	}
	for i := range now.Places {
		p.fill(&now.Places[i], user)
	}
	for _, v := range p.slack.Modals(user) {
		now.Modals = append(now.Modals, viewOf(v))
	}
	if home, there := p.slack.Home(user); there {
		v := viewOf(home)
		now.Home = &v
	}
	now.Journal = entries(p.slack.Journal())
	content, err := json.Marshal(now)
	if err != nil {
		return now // write finds the same and says so
	}
	sum := sha256.Sum256(content)
	now.Version = hex.EncodeToString(sum[:8])
	return now
}

// fill puts what a user sees into a place.
func (p *page) fill(at *place, user string) {
	at.Prompts, at.Status = p.slack.Prompts(at.ID), map[string]string{}
	for _, m := range p.slack.Messages(at.ID) {
		if m.Deleted || m.EphemeralTo != "" && m.EphemeralTo != user {
			continue
		}
		if status := p.slack.Status(at.ID, m.TS); status != "" {
			at.Status[m.TS] = status
		}
		at.Messages = append(at.Messages, message{
			TS: m.TS, Thread: m.ThreadTS, User: m.User, Name: author(m), Text: m.Text, Blocks: m.Blocks, Attachments: m.Attachments,
			Private: m.EphemeralTo != "", Edited: m.Edited, Reactions: m.Reactions,
		})
	}
}

// author is who a message is from. What an app says through a response URL has no user.
func author(m fakeslack.Message) string {
	if m.User == "" && m.BotID == fakeslack.BotID {
		return fakeslack.BotName
	}
	return name(m.User)
}

func viewOf(v fakeslack.View) view {
	return view{ID: v.ID, Hash: v.Hash, Content: v.Content, State: v.State}
}
