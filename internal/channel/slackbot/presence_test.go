package slackbot_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"passdesk/internal/channel/slackbot"
	"passdesk/internal/channel/slackbot/fakeslack"
	"passdesk/internal/chat"
)

// joined has an agent speak to a customer from a card, and waits until the customer reads it.
func (s *stand) joined(thread string, card fakeslack.Message) {
	s.Helper()
	n := len(s.bots(s.dm, thread))
	s.agentSays(card, "which device?")
	s.nth(s.dm, thread, n+2)
	s.settled()
}

// reads waits until agents read something below a card.
func (s *stand) reads(card fakeslack.Message, part string) {
	s.Helper()
	if !s.slack.Await(patience, func() bool { return holds(s.bots(supportChannel, card.TS), part) == 1 }) {
		s.Errorf("agents do not read %q: %s", part, s.logged())
	}
}

// closes has an agent close a card, and sees that the bot answers the customer again.
func (s *stand) closes(thread string, card fakeslack.Message) {
	s.Helper()
	s.slack.Press(agent, supportChannel, card.TS, "case-close", "x").Ack()
	s.settled()
	n := len(s.bots(s.dm, thread))
	s.adds(fakeslack.Message{Text: "vpn"}, thread)
	s.nth(s.dm, thread, n+1)
}

// TestAnsweredTheDayAfter: an agent may answer when the conversation had begun afresh already; they speak to
// each other all the same, and closing ends it.
func TestAnsweredTheDayAfter(t *testing.T) {
	s := open(t, nil)
	thread, card := s.card()
	s.clock.goes(48 * time.Hour)
	s.adds(fakeslack.Message{Text: "any news?"}, thread)
	s.joined(thread, card)
	s.adds(fakeslack.Message{Text: "it is a laptop"}, thread)
	s.reads(card, "it is a laptop")
	s.closes(thread, card)
}

// TestTwoCards: of two hand-overs of one customer the agent answers below the older one, and that is where
// the customer's words go and which closes it.
func TestTwoCards(t *testing.T) {
	s := open(t, nil)
	thread, card := s.card()
	s.clock.goes(48 * time.Hour)
	s.adds(fakeslack.Message{Text: "vpn"}, thread)
	s.asks(thread, len(s.bots(s.dm, thread)))
	newer := s.cards(2)[1]
	s.joined(thread, card)
	s.adds(fakeslack.Message{Text: "it is a laptop"}, thread)
	s.reads(card, "it is a laptop")
	s.joined(thread, newer)
	s.adds(fakeslack.Message{Text: "it is silver"}, thread)
	s.reads(newer, "it is silver")
	if holds(s.bots(supportChannel, newer.TS), "laptop")+holds(s.bots(supportChannel, card.TS), "silver") > 0 {
		t.Error("the other card has it, too")
	}
	s.joined(thread, card)
	s.closes(thread, card)
}

// TestSupportChannelGone: a customer whose agents cannot be reached any more is told so, once, and has the bot again.
func TestSupportChannelGone(t *testing.T) {
	for name, goes := range map[string]func(*stand){
		"the channel is archived": func(s *stand) { s.slack.Archive(supportChannel) },
		"the bot is sent out":     func(s *stand) { s.slack.Kick(supportChannel, fakeslack.BotUserID) },
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, nil)
			thread, card := s.card()
			s.joined(thread, card)
			goes(s)
			s.adds(fakeslack.Message{Text: "it is a laptop"}, thread)
			if !s.slack.Await(patience, func() bool { return holds(s.bots(s.dm, thread), "引き継ぎができませんでした") == 1 }) {
				t.Fatalf("the customer is not told: %s", s.logged())
			}
			s.settled()
			n := len(s.bots(s.dm, thread))
			s.adds(fakeslack.Message{Text: "vpn"}, thread)
			s.nth(s.dm, thread, n+1)
			if holds(s.bots(s.dm, thread), "引き継ぎができませんでした") != 1 {
				t.Error("the customer is told twice")
			}
		})
	}
}

// TestCustomerLeaves: agents learn that the customer has gone back to the bot.
func TestCustomerLeaves(t *testing.T) {
	s := open(t, nil)
	thread, card := s.card()
	before := s.bots(s.dm, thread)[1]
	s.joined(thread, card)
	s.slack.Press(customer, s.dm, before.TS, "command-restart", s.button(before, "|command||restart"))
	s.reads(card, "自動案内に戻りました")
}

// TestHidden: an agent learns that the customer does not read all that they wrote.
func TestHidden(t *testing.T) {
	s := open(t, nil)
	thread, card := s.card()
	s.agentSays(card, "仮パスワードは Tmp8842xK です。")
	s.nth(s.dm, thread, 4)
	s.told(supportChannel, agent, "置き換えて")
	if holds(s.bots(s.dm, thread), "Tmp8842xK") > 0 {
		t.Error("the customer reads it")
	}
}

// TestRepeatedAfterClosing: what an agent said before closing, and Slack sends again, was said.
func TestRepeatedAfterClosing(t *testing.T) {
	s := open(t, nil)
	thread, card := s.card()
	ts := s.agentSays(card, "bye")
	s.nth(s.dm, thread, 4)
	s.closes(thread, card)
	before := len(s.slack.Messages(supportChannel))
	event := fmt.Sprintf(`{"type":"event_callback","event_id":"EvAgain","team_id":%[1]q,"authorizations":[{"enterprise_id":null,"team_id":%[1]q,"is_enterprise_install":false}],
		"event":{"type":"message","channel":%[2]q,"channel_type":"group","user":%[3]q,"text":"<@%[4]s> bye","ts":%[5]q,"thread_ts":%[6]q}}`, fakeslack.TeamID, supportChannel, agent, fakeslack.BotUserID, ts, card.TS)
	s.slack.Deliver("events_api", []byte(event)).Ack()
	s.settled()
	s.stop() // and all that it began
	for _, m := range s.slack.Messages(supportChannel)[before:] {
		if m.EphemeralTo == agent {
			t.Errorf("the agent is told %q", m.Text)
		}
	}
	if n := holds(s.bots(s.dm, thread), "bye"); n != 1 {
		t.Errorf("said %d times", n)
	}
}

// TestPressedInVain: what Slack does not send again is acknowledged, and the person told to try again.
func TestPressedInVain(t *testing.T) {
	var busy atomic.Bool
	sometimes := func(o *slackbot.Options) {
		handle := o.Handle
		o.Handle = func(ctx context.Context, m chat.Message) (chat.Reply, error) {
			if busy.Load() {
				return chat.Reply{}, chat.ErrBusy
			}
			return handle(ctx, m)
		}
	}
	s := open(t, sometimes)
	thread := s.says("vpn")
	question := s.nth(s.dm, thread, 1)
	busy.Store(true)
	current := s.button(question, "|choose|vpn-generation|current")
	if ack := s.slack.Press(customer, s.dm, question.TS, "choose-0", current).Ack(); !ack.OK {
		t.Errorf("not acknowledged: %+v", ack)
	}
	s.told(s.dm, customer, "もう一度お試し")
	busy.Store(false)
	s.slack.Press(customer, s.dm, question.TS, "choose-0", current)
	s.exactly(s.dm, thread, 2)
}

// TestOldButtonLater: a button of no use puts the question again, also when that was long ago.
func TestOldButtonLater(t *testing.T) {
	s := open(t, nil)
	thread := s.says("vpn")
	question := s.nth(s.dm, thread, 1)
	for n := range 3 {
		s.clock.goes(10 * time.Minute)
		s.slack.Press(customer, s.dm, question.TS, "choose-0", "garbage")
		s.nth(s.dm, thread, n+2)
	}
}

// TestSlowToSayWho: the first words are in the customer's language, even if Slack takes its time to tell it.
func TestSlowToSayWho(t *testing.T) {
	s := open(t, nil)
	s.slack.Fail("users.info", fakeslack.Fault{Delay: time.Second})
	dm := s.slack.DM(english)
	ts := s.slack.Post(fakeslack.Message{Channel: dm, User: english, Text: "vpn"})
	if m := s.nth(dm, ts, 1); strings.Contains(m.Text, "お使い") {
		t.Errorf("the bot says %q", m.Text)
	}
}

// TestNeverTaken: what Slack will never take is not tried for hours, and the customer is told.
func TestNeverTaken(t *testing.T) {
	for _, code := range []string{"restricted_action_thread_locked", "messages_tab_disabled", "ekm_access_denied", "metadata_too_large"} {
		t.Run(code, func(t *testing.T) {
			s := open(t, nil)
			s.slack.Fail("chat.postMessage", fakeslack.Fault{Error: code})
			s.says("vpn")
			s.told(s.dm, customer, "問題が発生")
			s.settled()
		})
	}
}
