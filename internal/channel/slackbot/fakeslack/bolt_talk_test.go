package fakeslack_test

import (
	"strings"
	"testing"

	"passdesk/internal/channel/slackbot/fakeslack"
)

// boltConversation is one of everything: a message, a button, a modal, a shortcut, a command, the Home tab.
func boltConversation(t *testing.T, s *fakeslack.Slack) {
	t.Helper()
	root := s.Post(fakeslack.Message{Channel: "D1", User: "U1", Text: "パスワード &amp; co"})
	said := boltSaid(t, s, "D1", "heard パスワード &amp; co")
	if said.ThreadTS != root || !strings.Contains(string(said.Blocks), `"*パスワード \u0026amp; co*"`) {
		t.Errorf("the answer is %+v", said)
	}
	if a := s.Press("U1", "D1", said.TS, "choose", "choose-value").Ack(); !a.OK {
		t.Errorf("the press: %+v", a)
	}
	boltSaid(t, s, "D1", "chosen choose-value")
	if now, _ := s.Message("D1", said.TS); now.Text != "chosen choose-value" || now.Blocks != nil {
		t.Errorf("the answer became %+v", now)
	}
	other := s.Post(fakeslack.Message{Channel: "D1", User: "U1", Text: "form"})
	s.Press("U1", "D1", boltSaid(t, s, "D1", "heard form").TS, "open", "open-value")
	boltForm(t, s, "U1", "D1")
	s.MessageShortcut("U2", "D1", other, "suggest")
	boltForm(t, s, "U2", "D1")
	boltCommand(t, s)
	s.OpenHome("U1", "home")
	if !s.Await(wait, func() bool { home, _ := s.Home("U1"); return strings.Contains(string(home.Content), `"Home"`) }) {
		t.Error("Bolt published no Home tab")
	}
	boltHeeds(t, s)
}

// boltSaid waits for a message of the app.
func boltSaid(t *testing.T, s *fakeslack.Slack, channel, text string) fakeslack.Message {
	t.Helper()
	var said fakeslack.Message
	found := func() bool {
		for _, m := range s.Messages(channel) {
			if m.BotID == fakeslack.BotID && m.Text == text {
				said = m
				return true
			}
		}
		return false
	}
	if !s.Await(wait, found) {
		t.Fatalf("Bolt did not say %q: %+v", text, s.Calls(""))
	}
	return said
}

// boltForm fills the modal that is open: wrongly first.
func boltForm(t *testing.T, s *fakeslack.Slack, user, channel string) {
	t.Helper()
	if !s.Await(wait, func() bool { return len(s.Modals(user)) == 1 }) {
		t.Fatalf("Bolt opened no modal: %+v", s.Calls("views.open"))
	}
	id := s.Modals(user)[0].ID
	fill := func(text string) fakeslack.Ack {
		return s.Submit(user, id, map[string]map[string]any{"where": {"text": text}}).Ack()
	}
	if a := fill("x"); a.Errors["where"] != "too short" || len(a.Problems) > 0 || len(s.Modals(user)) != 1 {
		t.Errorf("a wrong form: %+v", a)
	}
	if a := fill("in the " + user); !a.OK || len(a.Errors) > 0 || len(s.Modals(user)) != 0 {
		t.Errorf("a good form: %+v", a)
	}
	boltSaid(t, s, channel, "<@"+user+"> sent in the "+user)
}

// boltCommand: what Bolt answers at once only the user sees, what it says later everybody.
func boltCommand(t *testing.T, s *fakeslack.Slack) {
	t.Helper()
	a := s.Command("U2", "C1", "/passdesk", "vpn パスワード")
	if ack := a.Ack(); !ack.OK || len(ack.Problems) > 0 {
		t.Errorf("the command: %+v", ack)
	}
	if said := boltSaid(t, s, "C1", "searched vpn パスワード"); said.EphemeralTo != "U2" {
		t.Errorf("the first answer: %+v", said)
	}
	if said := boltSaid(t, s, "C1", "found vpn パスワード"); said.EphemeralTo != "" || said.Via != "response_url" {
		t.Errorf("the second answer: %+v", said)
	}
}

// boltHeeds: everything was acknowledged in time and at the first attempt, every call was understood, and
// Bolt, which hears itself, knows that it was itself: no message was answered twice.
func boltHeeds(t *testing.T, s *fakeslack.Slack) {
	t.Helper()
	settled := func() bool {
		for _, d := range s.Deliveries() {
			if !d.Acked {
				return false
			}
		}
		return true
	}
	if !s.Await(wait, settled) {
		t.Errorf("not acknowledged: %+v", s.Deliveries())
	}
	for _, d := range s.Deliveries() {
		if d.Attempt > 0 || d.Late {
			t.Errorf("%s %s: attempt %d, %s", d.Type, d.Inner, d.Attempt, d.Note)
		}
	}
	for _, c := range s.Calls("") {
		if !strings.HasPrefix(string(c.Answer), `{"`) || !strings.Contains(string(c.Answer), `"ok":true`) {
			t.Errorf("%s %v: %s", c.Method, c.Args, c.Answer)
		}
	}
	if n := len(s.Calls("chat.postMessage")); n != 4 { // two answers and two forms
		t.Errorf("Bolt posted %d messages: %+v", n, s.Calls("chat.postMessage"))
	}
}

// boltReconnects: when Slack sends it away, Bolt comes back, after five seconds or more, and hears what is said
// from then on.
func boltReconnects(t *testing.T, s *fakeslack.Slack) {
	t.Helper()
	s.Disconnect("refresh_requested")
	if !s.Await(3*wait, func() bool { return s.Sockets() == 1 && len(s.Calls("apps.connections.open")) == 2 }) {
		t.Fatalf("Bolt did not come back: %+v", s.Calls("apps.connections.open"))
	}
	s.Post(fakeslack.Message{Channel: "D1", User: "U1", Text: "still there?"})
	boltSaid(t, s, "D1", "heard still there?")
}
