package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"go.uber.org/goleak"

	"passdesk/internal/channel/slackbot/fakeslack"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// bot is an app that answers what the customer writes with a button, and changes that message when the
// button is pressed.
type bot struct {
	t   *testing.T
	api string
}

// heard is what it understands of events and interactions.
type heard struct {
	Event struct {
		Type, Channel, TS, Text, User string
	}
	Actions   []struct{ Value string }
	Channel   struct{ ID string }
	Container struct {
		TS string `json:"message_ts"`
	}
}

func (b bot) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		b.t.Error(err)
	}
	if r.Header.Get("Content-Type") != "application/json" {
		form, err := url.ParseQuery(string(raw))
		if err != nil {
			b.t.Error(err)
		}
		raw = []byte(form.Get("payload"))
	}
	var in heard
	if err := json.Unmarshal(raw, &in); err != nil {
		b.t.Errorf("%s: %v", raw, err)
	}
	switch {
	case len(in.Actions) > 0:
		b.call("chat.update", map[string]any{"channel": in.Channel.ID, "ts": in.Container.TS, "text": "You chose " + in.Actions[0].Value, "blocks": []any{}})
	case in.Event.Type == "message" && in.Event.User == customerID:
		choice := map[string]any{"type": "button", "action_id": "a", "value": "vpn", "text": map[string]any{"type": "plain_text", "text": "VPN"}}
		b.call("chat.postMessage", map[string]any{"channel": in.Event.Channel, "thread_ts": in.Event.TS, "text": "Which one?",
			"blocks": []any{map[string]any{"type": "actions", "elements": []any{choice}}}})
		b.call("chat.postEphemeral", map[string]any{"channel": in.Event.Channel, "user": customerID, "text": "For your eyes only"})
	}
}

// call calls a method of the Web API.
func (b bot) call(method string, arguments map[string]any) {
	body, err := json.Marshal(arguments)
	if err != nil {
		b.t.Error(err)
	}
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, b.api+method, bytes.NewReader(body))
	if err != nil {
		b.t.Error(err)
		return
	}
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	r.Header.Set("Authorization", "Bearer xoxb-fake")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		b.t.Error(err)
		return
	}
	_ = answer.Body.Close() // the journal has it
}

// start serves the page of a workspace with the bot in it.
func start(t *testing.T) *httptest.Server {
	t.Helper()
	s := fakeslack.New(fakeslack.Options{})
	address, err := s.Start()
	if err != nil {
		t.Fatal(err)
	}
	app := httptest.NewServer(bot{t, address + "/api/"})
	s.SendTo(app.URL, app.URL, app.URL)
	populate(s, map[string]string{customerID: "ja-JP"})
	at := httptest.NewServer(newPage(s, application{Command: "/passdesk"}))
	t.Cleanup(func() { at.Close(); s.Close(); app.Close(); http.DefaultClient.CloseIdleConnections() })
	return at
}
