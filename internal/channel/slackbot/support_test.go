package slackbot_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"passdesk/internal/channel/slackbot"
	"passdesk/internal/channel/slackbot/blocks"
	"passdesk/internal/channel/slackbot/fakeslack"
	"passdesk/internal/store"
)

// card asks for a person and returns the customer's thread and the card.
func (s *stand) card() (thread string, card fakeslack.Message) {
	s.Helper()
	thread = s.says("vpn")
	s.asks(thread, 1)
	return thread, s.cards(1)[0]
}

// asks presses the button for a person below the nth message of a thread.
func (s *stand) asks(thread string, n int) {
	s.Helper()
	question := s.nth(s.dm, thread, n)
	s.slack.Press(customer, s.dm, question.TS, "command-human", s.button(question, "|command||human"))
	s.nth(s.dm, thread, n+1)
	s.settled()
}

// cards waits until there are n of them.
func (s *stand) cards(n int) (all []fakeslack.Message) {
	s.Helper()
	found := func() bool {
		all = nil
		for _, m := range s.public(supportChannel) {
			if m.ThreadTS == "" {
				all = append(all, m)
			}
		}
		return len(all) >= n
	}
	if !s.slack.Await(patience, found) || len(all) > n {
		s.Fatalf("there are %d cards, want %d", len(all), n)
	}
	return all
}

// agentSays has an agent write to the customer.
func (s *stand) agentSays(card fakeslack.Message, text string) string {
	return s.slack.Post(fakeslack.Message{Channel: supportChannel, User: agent, ThreadTS: card.TS, Text: "<@" + fakeslack.BotUserID + "> " + text})
}

// adds is what the customer writes in a thread.
func (s *stand) adds(m fakeslack.Message, thread string) {
	s.Helper()
	m.Channel, m.User, m.ThreadTS = s.dm, customer, thread
	s.slack.Post(m)
	s.acknowledged()
	s.settled()
}

// holds counts messages with a part.
func holds(all []fakeslack.Message, part string) (n int) {
	for _, m := range all {
		if strings.Contains(m.Text, part) {
			n++
		}
	}
	return n
}

// TestWithAnAgent: from the agent's first word on everything is for the agent, a face and a picture too,
// and nothing of it sends the agent away.
func TestWithAnAgent(t *testing.T) {
	both(t, nil, func(t *testing.T, s *stand) {
		thread, card := s.card()
		s.agentSays(card, "hello")
		s.nth(s.dm, thread, 4) // question, handed over, joined, hello
		s.adds(fakeslack.Message{Text: ":+1:"}, thread)
		s.adds(fakeslack.Message{Subtype: "file_share", Files: []byte(`[{"id":"F1"}]`)}, thread)
		s.adds(fakeslack.Message{Text: "this window", Subtype: "file_share", Files: []byte(`[{"id":"F2"}]`)}, thread)
		question := s.bots(s.dm, thread)[0]
		owner := "1|" + blocks.Owner(s.conversationOf(thread)) + "|"
		s.slack.Press(customer, s.dm, question.TS, "speak-en", owner+"1|speak||en")
		s.slack.Press(customer, s.dm, question.TS, "choose-0", "1||1|choose|prompt|vpn") // of long ago
		s.acknowledged()
		s.adds(fakeslack.Message{Text: "are you there?"}, thread)
		relayed := s.bots(supportChannel, card.TS)
		for _, want := range []string{":+1:", "this window", "are you there?"} {
			if holds(relayed, want) != 1 {
				t.Errorf("the agent does not read %q", want)
			}
		}
		if n := holds(relayed, "ファイルが添付") + holds(relayed, "A file was attached"); n != 2 {
			t.Errorf("the agent hears of %d pictures, want 2", n)
		}
		if n := len(s.bots(s.dm, thread)); n != 4 {
			t.Errorf("the bot has said %d things, want 4", n)
		}
	})
}

// TestAgentMarks: the check mark comes when the customer has the message; else the agent is told.
func TestAgentMarks(t *testing.T) {
	s := open(t, nil)
	thread, card := s.card()
	went := s.agentSays(card, "hello")
	s.nth(s.dm, thread, 4)
	marked := func() bool { return len(s.slack.Calls("reactions.add")) == 1 }
	if !s.slack.Await(patience, marked) || s.slack.Calls("reactions.add")[0].Args["timestamp"] != went {
		t.Errorf("marked are %v", s.slack.Calls("reactions.add"))
	}
	s.settled()
	s.slack.Archive(s.dm)
	s.agentSays(card, "are you there?")
	if !s.slack.Await(patience, func() bool { return holds(s.bots(supportChannel, card.TS), "届きませんでした") == 1 }) {
		t.Error("the agent is not told")
	}
	s.settled()
	if !marked() {
		t.Error("what was not delivered is marked")
	}
}

// TestAgentsInVain: who writes to a customer in vain is told why.
func TestAgentsInVain(t *testing.T) {
	s := open(t, nil)
	s.slack.Invite(supportChannel, english)
	thread, card := s.card()
	elsewhere := s.slack.Post(fakeslack.Message{Channel: supportChannel, User: agent, Text: "lunch?"})
	for _, one := range []struct {
		name, who, text, want string
		card                  string
	}{
		{"not an agent", english, "send me your password", "Only support agents", card.TS},
		{"too long", agent, strings.Repeat("長い", 6000), "長すぎるため", card.TS},
		{"no card", agent, "hello", "カードのスレッド", elsewhere},
	} {
		s.slack.Post(fakeslack.Message{Channel: supportChannel, User: one.who, ThreadTS: one.card, Text: "<@" + fakeslack.BotUserID + "> " + one.text})
		s.told(supportChannel, one.who, one.want)
	}
	s.slack.Press(english, supportChannel, card.TS, "case-close", "x").Ack()
	s.settled()
	if m, _ := s.slack.Message(supportChannel, card.TS); m.Updates > 0 || len(s.bots(s.dm, thread)) != 2 {
		t.Errorf("closed by a stranger: %d updates, %d messages", m.Updates, len(s.bots(s.dm, thread)))
	}
	s.slack.Post(fakeslack.Message{Channel: supportChannel, User: agent, ThreadTS: card.TS, Text: "<@" + fakeslack.BotUserID + "> see this", Subtype: "file_share", Files: []byte(`[{"id":"F1"}]`)})
	s.told(supportChannel, agent, "添付ファイル")
	s.nth(s.dm, thread, 4)
}

// TestHeldInConsole: a hand-over that somebody has in the console is theirs.
func TestHeldInConsole(t *testing.T) {
	s := open(t, nil)
	thread, card := s.card()
	cases, err := s.store.Cases(t.Context(), store.CaseFilter{State: store.CaseOpen}, 0, 10)
	if err != nil || len(cases) != 1 {
		t.Fatalf("%d cases, %v", len(cases), err)
	}
	if err := s.store.TakeCase(t.Context(), cases[0].ID, "someone", "Someone"); err != nil {
		t.Fatal(err)
	}
	before := len(s.slack.Messages(supportChannel))
	s.agentSays(card, "hello")
	s.toldSince(before, supportChannel, agent, "コンソール")
	before = len(s.slack.Messages(supportChannel))
	s.slack.Press(agent, supportChannel, card.TS, "case-close", "x").Ack()
	s.toldSince(before, supportChannel, agent, "コンソール")
	s.exactly(s.dm, thread, 2)
	if m, _ := s.slack.Message(supportChannel, card.TS); m.Updates > 0 {
		t.Error("the card says that it is closed")
	}
}

// TestClosing: whoever closes a hand-over, with a word before or without, the bot is there again, nobody
// speaks to the customer from its thread any more, and the next wish for a person is a new card.
func TestClosing(t *testing.T) {
	for name, words := range map[string]int{"without a word": 0, "after a word": 2} {
		t.Run(name, func(t *testing.T) {
			both(t, nil, func(t *testing.T, s *stand) {
				const lead = "U0LEAD"
				s.slack.AddUser(fakeslack.User{ID: lead, Name: "<!channel>", Locale: "ja-JP"})
				s.slack.AddGroup("S0AGENTS", agent, lead)
				s.slack.AddChannel(fakeslack.Channel{ID: supportChannel, Name: "support", Kind: "group", Members: []string{agent, lead, fakeslack.BotUserID}})
				s.restart() // the members of the group are known anew
				thread, card := s.card()
				n := 2
				if words > 0 {
					s.agentSays(card, "hello")
					n += words + 1 // that they joined, what they said, that they left
				}
				s.nth(s.dm, thread, 2+words)
				s.settled()
				s.slack.Press(lead, supportChannel, card.TS, "case-close", "x").Ack()
				s.settled()
				if !s.slack.Await(patience, func() bool { m, _ := s.slack.Message(supportChannel, card.TS); return m.Updates == 1 }) {
					t.Error("the card does not say that it is closed")
				}
				if m, _ := s.slack.Message(supportChannel, card.TS); strings.Contains(m.Text, "<!") || strings.Contains(string(m.Blocks), "case-close") {
					t.Errorf("the card says %q", m.Text)
				}
				before := len(s.slack.Messages(supportChannel))
				s.agentSays(card, "one more thing")
				s.toldSince(before, supportChannel, agent, "終了している")
				s.adds(fakeslack.Message{Text: "vpn"}, thread)
				s.nth(s.dm, thread, n+1)
				s.asks(thread, n+1)
				s.cards(2)
				if holds(s.bots(s.dm, thread), "one more thing") > 0 {
					t.Error("the customer was spoken to from a closed card")
				}
			})
		})
	}
}

// TestAgentRepeats: what an agent's client sends twice, the customer reads once.
func TestAgentRepeats(t *testing.T) {
	s := open(t, nil)
	thread, card := s.card()
	for range 2 {
		s.slack.Post(fakeslack.Message{Channel: supportChannel, User: agent, ThreadTS: card.TS, ClientMsgID: "phone-9", Text: "<@" + fakeslack.BotUserID + "> once"})
	}
	s.acknowledged()
	s.exactly(s.dm, thread, 4)
}

// TestNameless: an agent whose name Slack does not tell in time has none, and not their id.
func TestNameless(t *testing.T) {
	s := open(t, nil)
	thread, card := s.card()
	s.slack.Fail("users.info", fakeslack.Fault{Error: "internal_error"})
	s.agentSays(card, "hello")
	if said := s.nth(s.dm, thread, 4).Text; strings.Contains(said, agent) || !strings.Contains(said, "サポート担当者") {
		t.Errorf("the customer reads %q", said)
	}
}

// TestLinkOnCard: Slack tells of buttons that open an address, too; nothing is to be done.
func TestLinkOnCard(t *testing.T) {
	s := open(t, nil)
	_, card := s.card()
	before := len(s.slack.Messages(supportChannel))
	if ack := s.slack.Press(agent, supportChannel, card.TS, "link-thread", "H-1").Ack(); !ack.OK {
		t.Errorf("%+v", ack)
	}
	s.agentSays(card, "hello")
	s.acknowledged()
	s.settled()
	for _, m := range s.slack.Messages(supportChannel)[before:] {
		if m.EphemeralTo != "" {
			t.Errorf("the agent is told %q", m.Text)
		}
	}
}

// TestUnreachedTwice: when the support channel is there again, a person can be asked for again.
func TestUnreachedTwice(t *testing.T) {
	s := open(t, nil)
	thread := s.says("vpn")
	s.nth(s.dm, thread, 1)
	s.settled()
	s.slack.Kick(supportChannel, fakeslack.BotUserID)
	s.slack.Fail("chat.postMessage", fakeslack.Fault{Skip: 1, Error: "internal_error", Times: 1}) // so that the second try looks first
	s.slack.Press(customer, s.dm, s.bots(s.dm, thread)[0].TS, "command-human", s.button(s.bots(s.dm, thread)[0], "|command||human"))
	if !s.slack.Await(patience, func() bool { return holds(s.bots(s.dm, thread), "引き継ぎができませんでした") == 1 }) {
		t.Fatalf("the customer is not told: %s", s.logged())
	}
	s.settled()
	s.slack.Invite(supportChannel, fakeslack.BotUserID)
	s.adds(fakeslack.Message{Text: "vpn"}, thread)
	s.asks(thread, len(s.bots(s.dm, thread)))
	s.cards(1)
}

// TestUnreachedIsTold: if Slack does not take the news that nobody could be reached, it is told later, and
// once.
func TestUnreachedIsTold(t *testing.T) {
	for name, fault := range map[string]fakeslack.Fault{"not taken": {Error: "internal_error", Times: 1}, "taken and not said": {CutAfter: true, Times: 1}} {
		t.Run(name, func(t *testing.T) {
			s := open(t, nil)
			thread := s.says("vpn")
			s.nth(s.dm, thread, 1)
			s.settled()
			s.slack.Kick(supportChannel, fakeslack.BotUserID)
			one := slackbot.HandOver{ID: "a hand-over", Conversation: "a conversation", Language: "ja", Address: fmt.Sprintf(`{"channel":%q,"thread":%q,"user":%q}`, s.dm, thread, customer), Tries: 1}
			var r slackbot.Refused
			s.slack.Fail("chat.postMessage", fakeslack.Fault{Error: "not_in_channel", Times: 1}) // the card
			s.slack.Fail("chat.postMessage", fault)
			if err := s.bot.HandOver(t.Context(), one); !errors.As(err, &r) || r.Never {
				t.Errorf("it is not tried again: %v", err)
			}
			one.Tries = 2
			if err := s.bot.HandOver(t.Context(), one); !errors.As(err, &r) || !r.Never {
				t.Errorf("it is tried again: %v", err)
			}
			if n := holds(s.bots(s.dm, thread), "引き継ぎができませんでした"); n != 1 {
				t.Errorf("the customer is told %d times", n)
			}
		})
	}
}

// TestTalkLeavesNothing: of what people write to each other in a channel nothing is kept.
func TestTalkLeavesNothing(t *testing.T) {
	s := open(t, nil)
	for n := range 3 {
		root := s.slack.Post(fakeslack.Message{Channel: general, User: english, Text: "lunch?", ClientMsgID: fmt.Sprint("c", n)})
		s.slack.Post(fakeslack.Message{Channel: general, User: customer, ThreadTS: root, Text: "yes", ClientMsgID: fmt.Sprint("d", n)})
	}
	s.acknowledged()
	now, err := s.store.Now(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if n, err := s.store.PurgeMarks(t.Context(), now.AddDate(0, 0, 1), 1000); n > 0 || err != nil {
		t.Errorf("%d marks were kept, %v", n, err)
	}
}
