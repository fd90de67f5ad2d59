package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/channel/api"
	"passdesk/internal/chat"
)

func TestBegin(t *testing.T) {
	tests := []struct {
		name, body string
		want       chat.Message
	}{
		{"no body", "", chat.Message{}},
		{"nothing said", "{}", chat.Message{}},
		{"a language", `{"language":"en"}`, chat.Message{Language: "en"}},
		{"a locale", `{"locale":"ja"}`, chat.Message{Locale: "ja"}},
		{"both", ` {"language":"en","locale":"ja"} `, chat.Message{Language: "en", Locale: "ja"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := open(t, nil)
			a := s.send("POST", "/api/v1/conversations", test.body, "Content-Type", "application/json")
			var b begun
			a.decode(t, &b)
			if a.StatusCode != http.StatusCreated || a.Header.Get("Location") != b.path() || b.Reply.Conversation != b.Conversation || b.Reply.Text != "command start" {
				t.Errorf("%d, Location %q, %s", a.StatusCode, a.Header.Get("Location"), a.body)
			}
			if !regexp.MustCompile(`^[a-z2-7]{32}$`).MatchString(b.Conversation) || !regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`).MatchString(b.Token) {
				t.Errorf("conversation %q, token %q", b.Conversation, b.Token)
			}
			test.want.Channel, test.want.Conversation, test.want.Command = "api", b.Conversation, chat.Start
			if diff := cmp.Diff([]chat.Message{test.want}, s.messages); diff != "" {
				t.Errorf("to the desk (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMessage(t *testing.T) {
	tests := []struct {
		name, body string
		want       chat.Message
	}{
		{"text", `{"text":"VPNのパスワード"}`, chat.Message{Text: "VPNのパスワード"}},
		{"empty text", `{"text":""}`, chat.Message{}},
		{"escapes", `{"text":"a\u0000\u001b\ud800b\ud83d\ude00"}`, chat.Message{Text: "a\x00\x1b\ufffdb😀"}},
		{"choose", `{"choose":{"value":"vpn","fact":"prompt"}}`, chat.Message{Choose: &chat.Choose{Fact: "prompt", Value: "vpn"}}},
		{"change", `{"change":"prompt"}`, chat.Message{Change: "prompt"}},
		{"command", `{"command":"back"}`, chat.Message{Command: chat.Back}},
		{"language and locale", `{"text":"VPN","language":"en","locale":"ja"}`, chat.Message{Text: "VPN", Language: "en", Locale: "ja"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := open(t, nil)
			b := s.begin()
			a := s.say(b, "key-1", test.body)
			test.want.ID, test.want.Channel, test.want.Conversation, test.want.Known = "key-1", "api", b.Conversation, true
			var reply chat.Reply
			a.decode(t, &reply)
			if a.StatusCode != http.StatusOK || reply.Text != told(test.want) {
				t.Errorf("%d %s", a.StatusCode, a.body)
			}
			if diff := cmp.Diff(test.want, s.messages[len(s.messages)-1]); diff != "" {
				t.Errorf("to the desk (-want +got):\n%s", diff)
			}
			if again := s.say(b, "key-1", test.body); !bytes.Equal(again.body, a.body) || len(s.messages) != 2 {
				t.Errorf("sent again: %s, %d messages; want the same and no more", again.body, len(s.messages))
			}
		})
	}
}

// TestAnswersAreSafe: even where a browser would take an answer for a page, nothing in it is markup.
func TestAnswersAreSafe(t *testing.T) {
	s := open(t, nil)
	b := s.begin()
	a := s.say(b, "k", `{"text":"<script>alert(1)</script>"}`)
	if bytes.ContainsAny(a.body, "<>&") {
		t.Errorf("answer %s", a.body)
	}
	if bytes.Contains(a.body, []byte("null")) {
		t.Errorf("answer with nulls: %s", a.body)
	}
}

// TestTranscriptWithAgent: it is told who said what.
func TestTranscriptWithAgent(t *testing.T) {
	turns := []api.Turn{
		{Sequence: 1, Said: "help"},
		{Sequence: 2, Pressed: `{"agent":"join","name":"Sakura"}`, Reply: chat.Reply{Step: chat.StepAgent}},
		{Sequence: 3, Pressed: `{"agent":"say","name":"Sakura"}`, Said: "Good morning", Reply: chat.Reply{Step: chat.StepAgent}},
		{Sequence: 4, Said: "hello", Reply: chat.Reply{Step: chat.StepRelayed}},
		{Sequence: 5, Pressed: `{"agent":"leave","name":"Sakura"}`, Reply: chat.Reply{Step: chat.StepAgent}},
	}
	s := open(t, func(o *api.Options) {
		o.Transcript = func(context.Context, string, int64, int) (api.Transcript, error) {
			return api.Transcript{Turns: turns}, nil
		}
	})
	b := s.begin()
	for i := range turns {
		turns[i].Reply.Conversation, turns[i].Reply.Language = b.Conversation, "en"
		if turns[i].Reply.Step == "" {
			turns[i].Reply.Step = "ask"
		}
	}
	var got struct {
		Turns []struct {
			Agent   *struct{ Action, Name string }
			Said    *string
			Pressed json.RawMessage
		}
	}
	s.send("GET", b.path(), "", "Authorization", "Bearer "+b.Token).decode(t, &got)
	var told []string
	for _, turn := range got.Turns {
		line := "customer"
		if turn.Agent != nil {
			line = turn.Agent.Name + " " + turn.Agent.Action
		}
		if turn.Said != nil {
			line += ": " + *turn.Said
		}
		told = append(told, line+string(turn.Pressed))
	}
	want := []string{"customer: help", "Sakura join", "Sakura say: Good morning", "customer: hello", "Sakura leave"}
	if !slices.Equal(told, want) {
		t.Errorf("told %q, want %q", told, want)
	}
}

func TestTranscript(t *testing.T) {
	s := open(t, nil)
	b := s.begin()
	for key, body := range []string{`{"text":"my password is hunter2"}`, `{"text":"VPN"}`, `{"text":""}`} {
		s.say(b, string(rune('a'+key)), body)
	}
	type turn struct {
		Sequence int64
		At       time.Time
		Said     *string
		Pressed  map[string]string
		Reply    chat.Reply
	}
	type page struct {
		Conversation string
		Turns        []turn
		Next         int64
	}
	text := func(s string) *string { return &s }
	at := time.Date(2026, 1, 1, 18, 4, 5, 6000, time.UTC)
	all := []turn{
		{Sequence: 1, At: at, Pressed: map[string]string{"command": "start"}},
		{Sequence: 2, At: at, Said: text("my password is •••")},
		{Sequence: 3, At: at, Said: text("VPN")},
		{Sequence: 4, At: at, Said: text("")},
	}
	tests := []struct {
		query string
		want  []turn
		next  int64
	}{
		{"", all, 4},
		{"?limit=2", all[:2], 2},
		{"?after=2&limit=2", all[2:], 4},
		{"?after=4", []turn{}, 4},
		{"?after=9", []turn{}, 9},
		{"?after=0&limit=200", all, 4},
	}
	for _, test := range tests {
		t.Run(test.query, func(t *testing.T) {
			a := s.send("GET", b.path()+test.query, "", "Authorization", "bearer "+b.Token)
			var got page
			a.decode(t, &got)
			if len(test.want) > 0 && !bytes.Contains(a.body, []byte(`"at":"2026-01-01T18:04:05.000006Z"`)) {
				t.Errorf("times are not in UTC: %s", a.body)
			}
			for i := range got.Turns {
				if got.Turns[i].Reply.Text == "" {
					t.Errorf("turn %d has no reply", i)
				}
				got.Turns[i].Reply = chat.Reply{}
			}
			if diff := cmp.Diff(page{b.Conversation, test.want, test.next}, got); diff != "" || a.StatusCode != http.StatusOK {
				t.Errorf("%d (-want +got):\n%s", a.StatusCode, diff)
			}
		})
	}
}

func TestDescription(t *testing.T) {
	s := open(t, nil)
	a := s.send("GET", "/api/v1/openapi.yaml", "")
	if a.StatusCode != http.StatusOK || !strings.HasPrefix(string(a.body), "openapi: 3") {
		t.Errorf("%d %.100s", a.StatusCode, a.body)
	}
}

func TestNew(t *testing.T) {
	for _, origin := range []string{"www.example.com", "https://www.example.com/", "*", "null", ""} {
		if _, err := api.New(api.Options{AllowedOrigins: []string{origin}}); err == nil {
			t.Errorf("origin %q was taken", origin)
		}
	}
	if _, err := api.New(api.Options{Limits: api.Limits{Remembered: -1}}); err == nil {
		t.Error("a limit that remembers nobody was taken")
	}
}
