package slackbot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"passdesk/internal/channel/slackbot"
	"passdesk/internal/channel/slackbot/blocks"
	"passdesk/internal/channel/slackbot/fakeslack"
	"passdesk/internal/chat"
	"passdesk/internal/desk"
	"passdesk/internal/store"
)

// button is the value of a button of a message, by a part of it.
func (s *stand) button(m fakeslack.Message, part string) string {
	s.Helper()
	value, ok := m.Value(part)
	if !ok {
		s.Fatalf("no button with %q in %s", part, m.Blocks)
	}
	return value
}

// told waits until a user is told something that nobody else sees.
func (s *stand) told(channel, user, part string) {
	s.Helper()
	s.toldSince(0, channel, user, part)
}

// toldSince is told, among what came after so many messages.
func (s *stand) toldSince(before int, channel, user, part string) {
	s.Helper()
	is := func(m fakeslack.Message) bool { return m.EphemeralTo == user && strings.Contains(m.Text, part) }
	if !s.slack.Await(patience, func() bool { return slices.ContainsFunc(s.slack.Messages(channel)[before:], is) }) {
		s.Errorf("%s is not told %q: %s", user, part, s.logged())
	}
}

// TestPressed: a button counts once, whoever presses it how often, and then it is gone.
func TestPressed(t *testing.T) {
	both(t, nil, func(t *testing.T, s *stand) {
		ts := s.says("vpn")
		question := s.nth(s.dm, ts, 1)
		current := s.button(question, "|choose|vpn-generation|current")
		legacy := s.button(question, "|choose|vpn-generation|legacy")
		first := s.slack.Press(customer, s.dm, question.TS, "choose-0", current)
		s.slack.Press(customer, s.dm, question.TS, "choose-1", legacy)
		s.slack.Press(customer, s.dm, question.TS, "choose-0", current)
		if ack := first.Ack(); !ack.OK {
			t.Errorf("not acknowledged: %+v", ack)
		}
		s.told(s.dm, customer, "すでにお答え")
		s.exactly(s.dm, ts, 2)
		m, _ := s.slack.Message(s.dm, question.TS)
		if strings.Contains(string(m.Blocks), `"actions"`) || !strings.Contains(string(m.Blocks), customer) || m.Updates != 1 {
			t.Errorf("after %d updates the question is %s", m.Updates, m.Blocks)
		}
	})
}

// TestPressedByAnother: in a channel, somebody else's buttons are somebody else's.
func TestPressedByAnother(t *testing.T) {
	both(t, nil, func(t *testing.T, s *stand) {
		ts := s.slack.Post(fakeslack.Message{Channel: general, User: customer, Text: "<@" + fakeslack.BotUserID + "> vpn"})
		question := s.nth(general, ts, 1)
		s.slack.Press(english, general, question.TS, "choose-0", s.button(question, "|choose|vpn-generation|legacy"))
		s.told(general, english, "Only the person who asked")
		s.exactly(general, ts, 1)
		s.slack.Press(customer, general, question.TS, "choose-0", s.button(question, "|choose|vpn-generation|current"))
		s.exactly(general, ts, 2)
	})
}

// TestOldButtons: who presses a button that means nothing any more is told so in their language, and gets
// the question that is open; never an answer.
func TestOldButtons(t *testing.T) {
	both(t, nil, func(t *testing.T, s *stand) {
		ts := s.slack.Post(fakeslack.Message{Channel: s.slack.DM(english), User: english, Text: "vpn"})
		dm := s.slack.DM(english)
		question := s.nth(dm, ts, 1)
		n := 1
		owner := "1|" + blocks.Owner(s.conversationOf(ts)) + "|"
		for name, value := range map[string]string{
			"nothing": "", "garbage": "\u202e{}", "another format": "0" + owner[1:] + "1|choose|vpn-generation|current", "nobody's": "1||1|choose|vpn-generation|current",
			"no such turn": owner + "99|choose|vpn-generation|current", "not shown": owner + "1|choose|prompt|vpn", "no such value": owner + "1|choose|vpn-generation|never",
			"too long": owner + "1|choose|vpn-generation|" + strings.Repeat("x", 2001), "no such command": owner + "1|command||format", "no answer yet": owner + "1|solved||no",
		} {
			t.Run(name, func(t *testing.T) {
				before := len(s.slack.Messages(dm))
				message := s.slack.Post(fakeslack.Message{Channel: dm, User: fakeslack.BotUserID, BotID: fakeslack.BotID, ThreadTS: ts, Text: "old " + name})
				if ack := s.slack.Press(english, dm, message, "choose-0", value).Ack(); !ack.OK {
					t.Errorf("not acknowledged: %+v", ack)
				}
				n += 2 // the old message and the question
				again := s.nth(dm, ts, n)
				if !strings.Contains(again.Text, "1. ") || strings.Contains(again.Text, "パスワード") {
					t.Errorf("after the press the bot says %q", again.Text)
				}
				s.toldSince(before, dm, english, "no longer works")
			})
		}
		if err := s.store.Forget(t.Context(), s.conversationOf(ts)); err != nil {
			t.Fatal(err)
		}
		s.slack.Press(english, dm, question.TS, "choose-0", s.button(question, "|choose|vpn-generation|current"))
		if again := s.nth(dm, ts, n+1); !strings.Contains(again.Text, "1. ") {
			t.Errorf("when the conversation is lost the bot says %q", again.Text)
		}
	})
}

// TestStrangeMessages: whatever a person sends gets one answer.
func TestStrangeMessages(t *testing.T) {
	both(t, nil, func(t *testing.T, s *stand) {
		for name, m := range map[string]fakeslack.Message{
			"nothing": {Text: ""}, "blanks": {Text: " \u3000\n"}, "a face": {Text: ":sob: :pray:"}, "a picture": {Subtype: "file_share", Files: json.RawMessage(`[{"id":"F1"}]`)},
			"long": {Text: strings.Repeat("あ", 40_000)}, "right to left": {Text: "\u202evpn\u202c"}, "no width": {Text: "\u200b\u200d\ufeff"}, "half width": {Text: "ﾊﾟｽﾜｰﾄﾞ"},
			"a call": {Text: "<!channel> <@" + fakeslack.BotUserID + ">"}, "marks": {Text: "&lt;script&gt; *x*"},
		} {
			t.Run(name, func(t *testing.T) {
				m.User, m.Channel = customer, s.dm
				ts := s.slack.Post(m)
				s.exactly(s.dm, ts, 1)
				if said := s.bots(s.dm, ts)[0]; said.Text == "" || strings.Contains(said.Text, "<!") {
					t.Errorf("the answer is %q", said.Text)
				}
			})
		}
	})
}

// TestNotAsked: what is no new message of a person gets no answer.
func TestNotAsked(t *testing.T) {
	both(t, nil, func(t *testing.T, s *stand) {
		ts := s.says("vpn")
		s.exactly(s.dm, ts, 1)
		before := len(s.slack.Calls("chat.postMessage"))
		s.slack.Edit(s.dm, ts, "vpn installer")
		for _, subtype := range []string{
			"message_changed", "message_deleted", "channel_join", "channel_leave", "channel_topic", "huddle_thread", "bot_message", "reminder_add", "me_message", "assistant_app_thread", "tombstone", "never_heard_of",
		} {
			s.slack.Event(map[string]any{"type": "message", "subtype": subtype, "channel": s.dm, "channel_type": "im", "user": customer, "text": "vpn", "ts": "1700000000.000100"})
		}
		for _, inner := range []map[string]any{
			{"type": "message", "channel": s.dm, "channel_type": "im", "user": customer, "bot_id": "B1", "text": "vpn", "ts": "1700000001.000100"},
			{"type": "message", "channel": s.dm, "channel_type": "im", "user": fakeslack.BotUserID, "text": "vpn", "ts": "1700000002.000100"},
			{"type": "message", "channel": general, "channel_type": "channel", "user": customer, "text": "talk among us about vpn", "ts": "1700000003.000100"},
			{"type": "reaction_added", "user": customer, "reaction": "eyes", "item": map[string]any{"type": "message", "channel": s.dm, "ts": ts}},
		} {
			s.slack.Event(inner)
		}
		s.slack.Delete(s.dm, ts)
		s.acknowledged()
		s.settled()
		if after := len(s.slack.Calls("chat.postMessage")); after != before {
			t.Errorf("%d messages were posted", after-before)
		}
	})
}

// TestSecretInSlack: a password that is typed is kept nowhere, and said of once.
func TestSecretInSlack(t *testing.T) {
	both(t, nil, func(t *testing.T, s *stand) {
		const secret = "Sunf1ower77"
		ts := s.says("パスワードは" + secret + "です")
		s.exactly(s.dm, ts, 1)
		s.slack.Post(fakeslack.Message{Channel: s.dm, User: customer, ThreadTS: ts, Text: "パスワードは" + secret + "です"})
		s.exactly(s.dm, ts, 2)
		warned := 0
		for _, m := range s.bots(s.dm, ts) {
			warned += strings.Count(m.Text, "伏せました")
		}
		if warned != 1 {
			t.Errorf("warned %d times", warned)
		}
		s.stop()
		for _, file := range []string{s.file, s.file + "-wal"} {
			if data, err := os.ReadFile(file); err == nil && strings.Contains(string(data), secret) {
				t.Errorf("the secret is in %s", file)
			}
		}
		if strings.Contains(s.logged(), secret) {
			t.Error("the secret is in the log")
		}
	})
}

// TestFeedbackInSlack: of one answer the last word of a customer counts, and who was not helped is
// offered a person.
func TestFeedbackInSlack(t *testing.T) {
	both(t, nil, func(t *testing.T, s *stand) {
		ts := s.says("installer")
		answer := s.nth(s.dm, ts, 1)
		yes, no := s.button(answer, "|solved||yes"), s.button(answer, "|solved||no")
		count := func(want desk.Feedback) {
			t.Helper()
			counted := func() bool {
				got, err := desk.CountFeedback(t.Context(), s.store.States)
				if err != nil {
					t.Fatal(err)
				}
				return len(got) == 1 && got[s.answerIn(ts)] == want
			}
			if !await(counted) {
				got, _ := desk.CountFeedback(t.Context(), s.store.States)
				t.Errorf("counted %v, want %v", got, want)
			}
		}
		for range 3 {
			s.slack.Press(customer, s.dm, answer.TS, "solved-yes", yes)
		}
		s.exactly(s.dm, ts, 2)
		count(desk.Feedback{Helped: 1})
		s.slack.Press(customer, s.dm, answer.TS, "solved-no", no)
		offer := s.nth(s.dm, ts, 3)
		count(desk.Feedback{Failed: 1})
		s.button(offer, "|command||human")
	})
}

// answerIn is the answer that was given first in a thread.
func (s *stand) answerIn(ts string) string {
	s.Helper()
	turn, err := s.turn(s.Context(), s.conversationOf(ts), 1)
	if err != nil {
		s.Fatal(err)
	}
	return turn.Reply.Answer
}

// TestLanguageInSlack: what a customer chose comes before what their Slack is set to, and that before ours.
func TestLanguageInSlack(t *testing.T) {
	both(t, nil, func(t *testing.T, s *stand) {
		s.slack.AddUser(fakeslack.User{ID: "U0FRENCH", Name: "dupont", Locale: "fr-FR"})
		ask := func(user string) (channel, ts string, m fakeslack.Message) {
			channel = s.slack.DM(user)
			ts = s.slack.Post(fakeslack.Message{Channel: channel, User: user, Text: "vpn"})
			return channel, ts, s.nth(channel, ts, 1)
		}
		if _, _, m := ask("U0FRENCH"); !strings.Contains(m.Text, "お使い") {
			t.Errorf("who has neither of our languages reads %q", m.Text)
		}
		channel, ts, m := ask(english)
		if !strings.Contains(m.Text, "VPN") || strings.Contains(m.Text, "お使い") {
			t.Errorf("who has English reads %q", m.Text)
		}
		s.slack.Press(english, channel, m.TS, "speak-ja", s.button(m, "|speak||ja"))
		if m = s.nth(channel, ts, 2); !strings.Contains(m.Text, "お使い") {
			t.Errorf("who chose Japanese reads %q", m.Text)
		}
		s.slack.AddUser(fakeslack.User{ID: english, Name: "smith", Locale: "ja-JP"})
		s.slack.Event(map[string]any{"type": "user_change", "user": map[string]any{"id": english}})
		s.acknowledged()
		if _, _, m = ask(english); !strings.Contains(m.Text, "お使い") {
			t.Errorf("who has changed to Japanese reads %q", m.Text)
		}
	})
}

// TestTeams: channels and messages of two workspaces may have the same ids.
func TestTeams(t *testing.T) {
	var seen []string
	done := make(chan struct{}, 10)
	s := open(t, func(o *slackbot.Options) {
		handle := o.Handle
		o.Handle = func(ctx context.Context, m chat.Message) (chat.Reply, error) {
			r, err := handle(ctx, m)
			seen = append(seen, m.Conversation+" "+r.Ask) // one after the other: see below
			done <- struct{}{}
			return r, err
		}
	})
	for n, body := range []string{
		`"team_id":"T1","authorizations":[{"enterprise_id":null,"team_id":"T1","is_enterprise_install":false}]`,
		`"team_id":"T2","authorizations":[{"enterprise_id":null,"team_id":"T2","is_enterprise_install":false}]`,
		`"team_id":"T3","enterprise_id":"E1","authorizations":[{"enterprise_id":"E1","team_id":null,"is_enterprise_install":true}]`,
		`"team_id":"T4","enterprise_id":"E1","authorizations":[{"enterprise_id":"E1","team_id":"T4","is_enterprise_install":true}]`,
		`"team_id":null,"enterprise_id":"E2"`,
	} {
		event := fmt.Sprintf(`{"type":"event_callback","event_id":"Ev%d",%s,"event":{"type":"message","channel":%q,"channel_type":"im","user":"W0","text":"vpn","ts":"1700000000.00010%d"}}`, n, body, s.dm, n/4)
		s.slack.Deliver("events_api", []byte(event)).Ack()
		<-done
	}
	names := map[string]int{}
	for _, one := range seen {
		names[one]++
	}
	if len(seen) != 5 || len(names) != 4 || names[seen[2]] != 2 {
		t.Errorf("conversations: %q; want those of T1, T2, E1 (twice) and E2", seen)
	}
}

// TestHandOverFails: when the support channel takes nothing, the customer is told how else to reach people.
func TestHandOverFails(t *testing.T) {
	both(t, nil, func(t *testing.T, s *stand) {
		s.slack.Archive(supportChannel)
		ts := s.says("vpn")
		question := s.nth(s.dm, ts, 1)
		s.slack.Press(customer, s.dm, question.TS, "command-human", s.button(question, "|command||human"))
		unreached := func() bool {
			for _, m := range s.bots(s.dm, ts) {
				if strings.Contains(m.Text, "引き継ぎができませんでした") && strings.Contains(string(m.Blocks), "https://") {
					return true
				}
			}
			return false
		}
		if !s.slack.Await(patience, unreached) {
			t.Errorf("the customer is not told: %s", s.logged())
		}
		dead, err := s.store.Jobs(t.Context(), store.Dead, 10)
		if !await(func() bool { dead, err = s.store.Jobs(t.Context(), store.Dead, 10); return len(dead) == 1 }) || err != nil {
			t.Errorf("dead are %v, %v", dead, err)
		}
	})
}

// TestHandOverGivenUp: a customer whose hand-over failed for the last time is told, but not before that.
func TestHandOverGivenUp(t *testing.T) {
	s := open(t, nil)
	ts := s.says("vpn")
	s.nth(s.dm, ts, 1)
	one := slackbot.HandOver{
		ID: "a hand-over", Conversation: "a conversation", Language: "ja", Address: fmt.Sprintf(`{"channel":%q,"thread":%q,"user":%q}`, s.dm, ts, customer), Tries: 199,
	}
	for _, last := range []bool{false, true} {
		one.Tries, one.Last = one.Tries+1, last
		s.slack.Fail("chat.postMessage", fakeslack.Fault{Error: "internal_error", Times: 1})
		if err := s.bot.HandOver(t.Context(), one); err == nil {
			t.Fatal("it went well")
		}
		all := s.bots(s.dm, ts)
		if told := strings.Contains(all[len(all)-1].Text, "引き継ぎができませんでした"); told != last {
			t.Errorf("last try %v: told %v", last, told)
		}
	}
}
