package slackbot_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"passdesk/internal/channel/slackbot/fakeslack"
)

// public are the bot's messages in a channel that everybody sees.
func (s *stand) public(channel string) (all []fakeslack.Message) {
	for _, m := range s.slack.Messages(channel) {
		if m.User == fakeslack.BotUserID && m.EphemeralTo == "" && !m.Deleted {
			all = append(all, m)
		}
	}
	return all
}

// whispered waits for something that only one person sees.
func (s *stand) whispered(channel, user, part string) {
	s.Helper()
	found := func() bool {
		for _, m := range s.slack.Messages(channel) {
			if m.EphemeralTo == user && strings.Contains(m.Text, part) {
				return true
			}
		}
		return false
	}
	if !s.slack.Await(patience, found) {
		s.Errorf("%s does not read %q: %s", user, part, s.logged())
	}
}

// TestCommand: what is searched for is shown to whoever searches, whatever they type.
func TestCommand(t *testing.T) {
	both(t, nil, func(t *testing.T, s *stand) {
		for text, want := range map[string]string{
			"": "/passdesk", "help": "/passdesk", "ヘルプ": "/passdesk", "HELP": "/passdesk", "vpn": "canned-post", "vpn-sign": "canned-preview",
			`"vpn" 'x' & <b>`: "見つかりませんでした", "パスワード": "見つかりませんでした", strings.Repeat("長", 4000): "見つかりませんでした", "<!channel>": "/passdesk",
		} {
			ack := s.slack.Command(agent, general, "/passdesk", text).Ack()
			if !ack.OK || len(ack.Problems) > 0 || !bytes.Contains(ack.Payload, []byte(want)) || !bytes.Contains(ack.Payload, []byte("ephemeral")) || len(ack.Payload) >= 20_000 {
				t.Errorf("%.20q: %.300s %q", text, ack.Payload, ack.Problems)
			}
			if n := bytes.Count(ack.Payload, []byte("canned-post")); n > 5 {
				t.Errorf("%.20q: %d answers", text, n)
			}
		}
		if ack := s.slack.Command(english, general, "/passdesk", "vpn").Ack(); !bytes.Contains(ack.Payload, []byte("Results for")) {
			t.Errorf("in English: %.300s", ack.Payload)
		}
		if n := len(s.public(general)); n != 0 {
			t.Errorf("%d messages for everybody", n)
		}
	})
}

// TestPost: an answer is posted on the second press, by agents only, and can be found again.
func TestPost(t *testing.T) {
	both(t, nil, func(t *testing.T, s *stand) {
		found := func(user string) string {
			answer := s.slack.Command(user, general, "/passdesk", "vpn-signin")
			answer.Ack()
			return answer.Later()[0].TS
		}
		preview := s.slack.Press(agent, general, found(agent), "canned-preview", "vpn-signin")
		if !s.slack.Await(patience, func() bool { return len(preview.Later()) == 1 }) || preview.Later()[0].EphemeralTo != agent || len(s.public(general)) > 0 {
			t.Errorf("the preview: %+v", preview.Later())
		}
		refused := s.slack.Press(english, general, found(english), "canned-post", "vpn-signin")
		if !s.slack.Await(patience, func() bool { return len(refused.Later()) == 1 }) || !strings.Contains(refused.Later()[0].Text, "Only support agents") {
			t.Errorf("who is no agent is told %+v", refused.Later())
		}
		gone := s.slack.Press(agent, general, found(agent), "canned-post", "no-such-answer")
		if !s.slack.Await(patience, func() bool { return len(gone.Later()) == 1 }) {
			t.Error("nothing is said of an answer that is gone")
		}
		if len(s.public(general)) > 0 {
			t.Fatal("posted by somebody else")
		}
		s.slack.Press(agent, general, found(agent), "canned-post", "vpn-signin")
		s.slack.Await(patience, func() bool { return len(s.public(general)) == 1 })
		posted := s.public(general)
		if len(posted) != 1 || !bytes.Contains(posted[0].Blocks, []byte(agent)) {
			t.Fatalf("posted: %+v", posted)
		}
		var mark struct {
			Payload map[string]string `json:"event_payload"`
		}
		if err := json.Unmarshal(posted[0].Metadata, &mark); err != nil || mark.Payload["answer"] != "vpn-signin" || mark.Payload["version"] != "v1" || mark.Payload["agent"] != agent || mark.Payload["language"] != "ja" {
			t.Errorf("it is marked with %s", posted[0].Metadata)
		}
	})
}

// window waits for the window of a user.
func (s *stand) window(user, part string) fakeslack.View {
	s.Helper()
	shows := func() bool {
		open := s.slack.Modals(user)
		return len(open) > 0 && bytes.Contains(open[len(open)-1].Content, []byte(part))
	}
	if !s.slack.Await(patience, shows) {
		for _, v := range s.slack.Modals(user) {
			s.Logf("%s", v.Content)
		}
		s.Fatalf("no window with %q: %s", part, s.logged())
	}
	open := s.slack.Modals(user)
	return open[len(open)-1]
}

// TestSuggest: the message shortcut proposes an answer, and posts it in the thread of that message.
func TestSuggest(t *testing.T) {
	both(t, nil, func(t *testing.T, s *stand) {
		root := s.slack.Post(fakeslack.Message{Channel: general, User: english, Text: "where do I find the name?"})
		reply := s.slack.Post(fakeslack.Message{Channel: general, User: english, ThreadTS: root, Text: "vpn asks again"})
		s.slack.MessageShortcut(agent, general, reply, "suggest")
		v := s.window(agent, "vpn-signin")
		s.slack.Fill(v.ID, map[string]map[string]any{"suggest-customer": {"suggest-customer": map[string]any{"type": "plain_text_input", "value": "山田"}}})
		if ack := s.slack.Submit(agent, v.ID, nil).Ack(); !ack.OK || len(ack.Errors) > 0 || len(ack.Problems) > 0 {
			t.Fatalf("submitted: %+v", ack)
		}
		s.slack.Await(patience, func() bool { return len(s.public(general)) == 1 })
		posted := s.public(general)
		if len(posted) != 1 || posted[0].ThreadTS != root || !bytes.Contains(posted[0].Blocks, []byte("山田様")) {
			t.Fatalf("posted: %+v", posted)
		}
	})
}

// TestSuggestElsewhere: messages that say nothing, channels without the bot, others' channels, and people
// who are no agents.
func TestSuggestElsewhere(t *testing.T) {
	s := open(t, nil)
	s.slack.AddChannel(fakeslack.Channel{ID: "C0CLOSED", Name: "closed", Kind: "channel", Members: []string{agent, english}})
	s.slack.AddChannel(fakeslack.Channel{ID: "C0SHARED", Name: "shared", Kind: "channel", External: true, Members: []string{agent, english, fakeslack.BotUserID}})
	suggest := func(user, channel, text string) fakeslack.View {
		ts := s.slack.Post(fakeslack.Message{Channel: channel, User: english, Text: text})
		s.slack.MessageShortcut(user, channel, ts, "suggest")
		return s.window(user, "suggest-query")
	}
	if v := suggest(agent, general, ""); bytes.Contains(v.Content, []byte("suggest-pick")) {
		t.Errorf("an answer to nothing: %s", v.Content)
	} else if ack := s.slack.Submit(agent, v.ID, nil).Ack(); ack.Errors["suggest-query"] == "" {
		t.Errorf("nothing chosen: %+v", ack)
	} else {
		s.slack.CloseView(agent, v.ID, true)
	}
	v := suggest(agent, "C0SHARED", "vpn")
	if !bytes.Contains(s.window(agent, "vpn-signin").Content, []byte("社外の方")) {
		t.Errorf("no warning: %s", v.Content)
	}
	s.slack.CloseView(agent, v.ID, true)
	v = suggest(agent, "C0CLOSED", "vpn")
	s.slack.Submit(agent, v.ID, nil).Ack()
	told := func() bool {
		for _, m := range s.slack.Messages(s.slack.DM(agent)) {
			if strings.Contains(m.Text, "/invite") {
				return true
			}
		}
		return false
	}
	if !s.slack.Await(patience, told) {
		t.Errorf("the agent is not told that the bot is not there: %s", s.logged())
	}
	v = suggest(english, general, "vpn")
	s.slack.Submit(english, v.ID, nil).Ack()
	s.whispered(general, english, "Only support agents")
	if n := len(s.public(general)) + len(s.public("C0SHARED")); n != 0 {
		t.Errorf("%d messages were posted", n)
	}
}

// TestFind: the shortcut from anywhere finds and posts where the agent says.
func TestFind(t *testing.T) {
	both(t, nil, func(t *testing.T, s *stand) {
		s.slack.GlobalShortcut(agent, "find")
		v := s.window(agent, "suggest-query")
		fill := func(block string, state map[string]any) {
			s.slack.Fill(v.ID, map[string]map[string]any{block: {block: state}})
		}
		fill("suggest-query", map[string]any{"type": "plain_text_input", "value": "vpn-signin"})
		s.slack.PressView(agent, v.ID, "suggest-query", "vpn-signin")
		v = s.window(agent, "suggest-pick")
		id := "vpn-signin"
		fill("suggest-pick", map[string]any{"type": "radio_buttons", "selected_option": map[string]any{"value": id}})
		s.slack.PressView(agent, v.ID, "suggest-pick", id)
		v = s.window(agent, "suggest-customer")
		fill("suggest-pick", map[string]any{"type": "radio_buttons", "selected_option": map[string]any{"value": id}})
		if ack := s.slack.Submit(agent, v.ID, nil).Ack(); ack.Errors["suggest-channel"] == "" {
			t.Errorf("no place: %+v", ack)
		}
		fill("suggest-channel", map[string]any{"type": "conversations_select", "selected_conversation": general})
		if ack := s.slack.Submit(agent, v.ID, nil).Ack(); !ack.OK || len(ack.Errors) > 0 {
			t.Errorf("submitted: %+v", ack)
		}
		if !s.slack.Await(patience, func() bool { return len(s.public(general)) == 1 }) {
			t.Errorf("nothing was posted: %s", s.logged())
		}
	})
}

// TestHome: agents see all answers page by page and in both languages, again after a reload; others are
// told how to ask.
func TestHome(t *testing.T) {
	both(t, nil, func(t *testing.T, s *stand) {
		s.slack.OpenHome(english, "home")
		shows := func(user, part string) {
			t.Helper()
			if !s.slack.Await(patience, func() bool { v, ok := s.slack.Home(user); return ok && bytes.Contains(v.Content, []byte(part)) }) {
				v, _ := s.slack.Home(user)
				t.Fatalf("%s does not see %q but %s", user, part, v.Content)
			}
		}
		shows(english, "Messages tab")
		s.slack.OpenHome(agent, "home")
		answers := content().Guide.Answers()
		shows(agent, content().Guide.Answer(answers[0]).Title.Japanese)
		shows(agent, `解決：31  未解決：4`)
		v, _ := s.slack.Home(agent)
		s.slack.PressView(agent, v.ID, "home-page-next", "2")
		shows(agent, content().Guide.Answer(answers[len(answers)-1]).Title.Japanese)
		v, _ = s.slack.Home(agent)
		s.slack.PressView(agent, v.ID, "home-language", "en")
		shows(agent, content().Guide.Answer(answers[0]).Title.English)
		published := len(s.slack.Calls("views.publish"))
		s.bot.Refresh(t.Context())
		if !s.slack.Await(patience, func() bool { return len(s.slack.Calls("views.publish")) > published }) {
			t.Error("the home was not shown anew")
		}
		v, _ = s.slack.Home(agent)
		s.slack.PressView(agent, v.ID, "home-open", answers[0])
		s.window(agent, content().Guide.Answer(answers[0]).Title.English)
	})
}

// TestPrompts: whoever opens the conversation is offered beginnings, in the old kind of app in its thread.
func TestPrompts(t *testing.T) {
	both(t, nil, func(t *testing.T, s *stand) {
		s.slack.OpenHome(customer, "messages")
		if !s.slack.Await(patience, func() bool {
			return len(s.slack.Prompts(s.dm)) > 0 && len(s.slack.Calls("assistant.threads.setSuggestedPrompts")) == 1
		}) {
			t.Fatalf("no prompts: %s", s.logged())
		}
		calls := s.slack.Calls("assistant.threads.setSuggestedPrompts")
		if _, there := calls[0].Args["thread_ts"]; there || len(s.slack.Prompts(s.dm)) > 4 {
			t.Errorf("%v", calls[0].Args)
		}
		before := len(s.slack.Messages(s.dm))
		s.slack.Event(map[string]any{"type": "assistant_thread_started", "assistant_thread": map[string]any{"user_id": customer, "channel_id": s.dm, "thread_ts": "1700000000.000100"}})
		if !s.slack.Await(patience, func() bool { return len(s.slack.Calls("assistant.threads.setSuggestedPrompts")) == 2 }) {
			t.Fatal("no prompts in the old kind of app")
		}
		if got := s.slack.Calls("assistant.threads.setSuggestedPrompts")[1].Args["thread_ts"]; got != "1700000000.000100" {
			t.Errorf("in thread %q", got)
		}
		if len(s.slack.Messages(s.dm)) != before {
			t.Error("opening a conversation is no reason for a message")
		}
	})
}
