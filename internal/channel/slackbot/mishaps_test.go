package slackbot_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"passdesk/internal/channel/slackbot"
	"passdesk/internal/channel/slackbot/fakeslack"
	"passdesk/internal/store"
)

// TestPictureUnreachable: Slack refuses a message whose picture it cannot get; it goes without.
func TestPictureUnreachable(t *testing.T) {
	for _, method := range []string{"chat.postMessage", "chat.update"} {
		t.Run(method, func(t *testing.T) {
			s := open(t, nil)
			s.slack.Fail(method, fakeslack.Fault{Error: "invalid_blocks", Times: 1})
			ts := s.says("vpn")
			question := s.nth(s.dm, ts, 1)
			s.slack.Press(customer, s.dm, question.TS, "choose-0", s.button(question, "|choose|vpn-generation|current")).Ack()
			s.exactly(s.dm, ts, 2)
			if m, _ := s.slack.Message(s.dm, question.TS); m.Updates != 1 {
				t.Error("the buttons are still there")
			}
		})
	}
}

// TestButtonsStay: an answer does not wait for ever until the buttons before it are gone.
func TestButtonsStay(t *testing.T) {
	for _, code := range []string{"internal_error", "restricted_action"} {
		t.Run(code, func(t *testing.T) {
			s := open(t, nil)
			ts := s.says("vpn")
			question := s.nth(s.dm, ts, 1)
			s.settled()
			s.slack.Fail("chat.update", fakeslack.Fault{Error: code})
			s.slack.Press(customer, s.dm, question.TS, "choose-0", s.button(question, "|choose|vpn-generation|current")).Ack()
			s.exactly(s.dm, ts, 2)
			s.adds(fakeslack.Message{Text: "vpn"}, ts)
			s.exactly(s.dm, ts, 3)
		})
	}
}

// TestStray: an answer that hangs on nothing is deleted, also if that fails at first.
func TestStray(t *testing.T) {
	deleted := make(chan struct{})
	s := open(t, func(o *slackbot.Options) {
		turn := o.Turn
		o.Turn = func(ctx context.Context, conversation string, sequence int64) (slackbot.Turn, error) {
			<-deleted // just before it is posted
			return turn(ctx, conversation, sequence)
		}
	})
	s.slack.Fail("chat.delete", fakeslack.Fault{Status: 500, Times: 1})
	ts := s.slack.Post(fakeslack.Message{Channel: general, User: customer, Text: "<@" + fakeslack.BotUserID + "> vpn"})
	s.acknowledged()
	s.slack.Delete(general, ts)
	close(deleted)
	s.settled()
	for _, m := range s.public(general) {
		if m.User == fakeslack.BotUserID && m.ThreadTS == "" {
			t.Errorf("left for everybody: %s", m.Text)
		}
	}
	if n := len(s.slack.Calls("chat.delete")); n != 2 {
		t.Errorf("deleted %d times", n)
	}
}

// TestReleased: what an operator has tried again is posted once, even if it was taken the first time.
func TestReleased(t *testing.T) {
	s := open(t, nil)
	s.slack.Fail("chat.postMessage", fakeslack.Fault{CutAfter: true, Times: 1})
	s.slack.Fail("conversations.replies", fakeslack.Fault{Error: "channel_not_found", Times: 1})
	ts := s.says("vpn")
	var dead []store.Job
	if !await(func() bool { dead, _ = s.store.Jobs(t.Context(), store.Dead, 10); return len(dead) == 1 }) {
		t.Fatal("it is not dead")
	}
	if _, err := s.store.Release(t.Context(), dead[0].ID); err != nil {
		t.Fatal(err)
	}
	s.exactly(s.dm, ts, 1)
}

// TestLanguageAfterPress: a button says nothing of the language, nor does what follows.
func TestLanguageAfterPress(t *testing.T) {
	s := open(t, nil)
	dm := s.slack.DM(english)
	ts := s.slack.Post(fakeslack.Message{Channel: dm, User: english, Text: ":wave:"})
	question := s.nth(dm, ts, 1)
	s.slack.Press(english, dm, question.TS, "choose-0", s.button(question, "|choose|prompt|vpn"))
	next := s.nth(dm, ts, 2)
	s.slack.Press(english, dm, next.TS, "command-human", s.button(next, "|command||human"))
	s.nth(dm, ts, 3)
	s.settled()
	s.agentSays(s.cards(1)[0], "hello")
	s.nth(dm, ts, 5)
	for _, m := range s.bots(dm, ts) {
		if strings.ContainsAny(m.Text, "のをに") {
			t.Errorf("in Japanese: %q", m.Text)
		}
	}
}

// TestTwoInAThread: of two people who ask in one thread each has their own buttons.
func TestTwoInAThread(t *testing.T) {
	s := open(t, nil)
	call := "<@" + fakeslack.BotUserID + "> vpn"
	root := s.slack.Post(fakeslack.Message{Channel: general, User: customer, Text: call})
	first := s.nth(general, root, 1)
	s.slack.Post(fakeslack.Message{Channel: general, User: english, ThreadTS: root, Text: call})
	s.nth(general, root, 2)
	s.settled()
	s.slack.Press(english, general, first.TS, "choose-1", s.button(first, "|choose|vpn-generation|legacy")).Ack()
	s.told(general, english, "Only the person who asked")
	s.exactly(general, root, 2)
	if m, _ := s.slack.Message(general, first.TS); m.Updates > 0 {
		t.Error("somebody else's press changed the question")
	}
	if err := s.store.Forget(t.Context(), s.conversationOf(root)); err != nil {
		t.Fatal(err)
	}
	s.slack.Press(customer, general, first.TS, "choose-1", s.button(first, "|choose|vpn-generation|legacy")).Ack()
	s.told(general, customer, "今は使えなく")
	s.nth(general, root, 3)
}

// TestSharedChannel: in a channel that organisations share, the message and the mention name different teams,
// and a press that of who presses. It is one conversation.
func TestSharedChannel(t *testing.T) {
	for name, enterprise := range map[string]string{"workspace": "", "workspace of an enterprise": "E111"} {
		t.Run(name, func(t *testing.T) {
			s := workspace(t, fakeslack.Options{Enterprise: enterprise})
			s.start()
			ts := s.slack.Post(fakeslack.Message{Channel: general, User: customer, Text: "lunch?"})
			s.acknowledged()
			for id, team := range map[string]string{"message": "T0ELSEWHERE", "app_mention": fakeslack.TeamID} {
				event := fmt.Sprintf(`{"type":"event_callback","event_id":"Ev%s","team_id":%q,"authorizations":[{"enterprise_id":null,"team_id":%q,"is_enterprise_install":false}],"is_ext_shared_channel":true,
			"event":{"type":%q,"channel":%q,"channel_type":"channel","user":%q,"text":"<@%s> vpn","ts":%q,"client_msg_id":"c1"}}`, id, team, fakeslack.TeamID, id, general, customer, fakeslack.BotUserID, ts)
				s.slack.Deliver("events_api", []byte(event)).Ack()
			}
			s.exactly(general, ts, 1)
			question := s.bots(general, ts)[0]
			press := fmt.Sprintf(`{"type":"block_actions","team":{"id":"T0ELSEWHERE"},"enterprise":null,"user":{"id":%q,"team_id":"T0ELSEWHERE"},"channel":{"id":%q},
		"container":{"type":"message","message_ts":%q,"channel_id":%q,"thread_ts":%q},"message":{"ts":%q,"thread_ts":%q},"actions":[{"type":"button","action_id":"choose-0","block_id":"x","value":%q}]}`,
				customer, general, question.TS, general, ts, question.TS, ts, s.button(question, "|choose|vpn-generation|current"))
			s.slack.Deliver("interactive", []byte(press)).Ack()
			s.exactly(general, ts, 2)
		})
	}
}

// TestCommandsAtOnce: many people who search in one channel do not wait for each other.
func TestCommandsAtOnce(t *testing.T) {
	s := open(t, nil)
	s.slack.Fail("users.info", fakeslack.Fault{Delay: time.Second})
	var all []*fakeslack.Answer
	for n := range 30 {
		user := fmt.Sprint("U0MANY", n)
		s.slack.AddUser(fakeslack.User{ID: user, Name: user, Locale: "ja-JP"})
		all = append(all, s.slack.Command(user, general, "/passdesk", "vpn"))
	}
	for n, answer := range all {
		if ack := answer.Ack(); !ack.OK {
			t.Errorf("command %d: %+v", n, ack)
		}
	}
}

// TestPostTwice: a double click posts once.
func TestPostTwice(t *testing.T) {
	s := open(t, nil)
	found := s.slack.Command(agent, general, "/passdesk", "vpn-signin")
	found.Ack()
	s.slack.Fail("chat.postMessage", fakeslack.Fault{Error: "internal_error", Times: 1})
	failed := s.slack.Press(agent, general, found.Later()[0].TS, "canned-post", "vpn-signin")
	if !s.slack.Await(patience, func() bool { return len(failed.Later()) == 1 }) {
		t.Error("the agent is not told that it failed")
	}
	for range 2 {
		s.slack.Press(agent, general, found.Later()[0].TS, "canned-post", "vpn-signin")
	}
	s.slack.Await(patience, func() bool { return len(s.public(general)) == 1 })
	s.stop() // and all that it began
	if n := len(s.public(general)); n != 1 {
		t.Errorf("posted %d times", n)
	}
}

// TestOutside: before an answer is posted where other organisations read it, the agent is told so.
func TestOutside(t *testing.T) {
	const shared = "C0SHARED"
	s := open(t, nil)
	s.slack.AddChannel(fakeslack.Channel{ID: shared, Name: "shared", Kind: "channel", External: true, Members: []string{agent, english, fakeslack.BotUserID}})
	found := s.slack.Command(agent, shared, "/passdesk", "vpn-signin")
	found.Ack()
	warned := s.slack.Press(agent, shared, found.Later()[0].TS, "canned-post", "vpn-signin")
	if !s.slack.Await(patience, func() bool { return len(warned.Later()) == 1 }) || !strings.Contains(warned.Later()[0].Text, "社外の方") || len(s.public(shared)) > 0 {
		t.Fatalf("told: %+v", warned.Later())
	}
	s.slack.Press(agent, shared, warned.Later()[0].TS, "canned-post-outside", "vpn-signin")
	if !s.slack.Await(patience, func() bool { return len(s.public(shared)) == 1 }) {
		t.Error("not posted all the same")
	}
	s.slack.Fail("conversations.info", fakeslack.Fault{Error: "internal_error", Times: 1}) // then it may be shared
	unsure := s.slack.Press(agent, general, found.Later()[0].TS, "canned-post", "vpn-signin")
	if !s.slack.Await(patience, func() bool { return len(unsure.Later()) == 1 }) || !strings.Contains(unsure.Later()[0].Text, "社外の方") || len(s.public(general)) > 0 {
		t.Errorf("told: %+v", unsure.Later())
	}

	asked := s.slack.Post(fakeslack.Message{Channel: shared, User: english, Text: "vpn"})
	s.slack.MessageShortcut(agent, shared, asked, "suggest")
	v := s.window(agent, "社外の方")
	s.slack.Fill(v.ID, map[string]map[string]any{"suggest-language": {"suggest-language": map[string]any{"type": "radio_buttons", "selected_option": map[string]any{"value": "en"}}}})
	s.slack.PressView(agent, v.ID, "suggest-language", "en").Ack()
	s.window(agent, "other organizations")

	s.slack.GlobalShortcut(agent, "find")
	v = s.window(agent, "suggest-channel")
	s.slack.Fill(v.ID, map[string]map[string]any{"suggest-query": {"suggest-query": map[string]any{"type": "plain_text_input", "value": "vpn-signin"}}})
	s.slack.PressView(agent, v.ID, "suggest-query", "vpn-signin").Ack()
	v = s.window(agent, "suggest-pick")
	before := len(s.public(shared))
	s.slack.Submit(agent, v.ID, map[string]map[string]any{
		"suggest-pick":    {"suggest-pick": map[string]any{"type": "radio_buttons", "selected_option": map[string]any{"value": "vpn-signin"}}},
		"suggest-channel": {"suggest-channel": map[string]any{"type": "conversations_select", "selected_conversation": shared}},
	}).Ack()
	v = s.window(agent, "社外の方")
	if len(s.public(shared)) > before {
		t.Error("posted before the agent was told")
	}
	s.slack.Submit(agent, v.ID, nil).Ack()
	if !s.slack.Await(patience, func() bool { return len(s.public(shared)) == before+1 }) {
		t.Error("not posted all the same")
	}
}

// TestSlackAwayAtStart: without Slack the program begins all the same, and the app as soon as Slack is there.
func TestSlackAwayAtStart(t *testing.T) {
	s := workspace(t, fakeslack.Options{})
	s.away = true
	s.slack.Fail("auth.test", fakeslack.Fault{Status: 503, Times: 1})
	s.start()
	s.exactly(s.dm, s.says("vpn"), 1)
}

// TestSomebodyRevoked: a person who takes back their own token is no reason to be out of order.
func TestSomebodyRevoked(t *testing.T) {
	s := open(t, nil)
	s.slack.Event(map[string]any{"type": "tokens_revoked", "tokens": map[string]any{"oauth": []string{"U1"}, "bot": []string{}}})
	s.acknowledged()
	s.exactly(s.dm, s.says("vpn"), 1)
	if err := s.bot.Ready(); err != nil {
		t.Errorf("not ready: %v", err)
	}
}

// TestReadyAgain: a refusal that Slack takes back is over.
func TestReadyAgain(t *testing.T) {
	s := open(t, nil)
	s.slack.Fail("chat.postMessage", fakeslack.Fault{Error: "token_expired", Times: 1})
	ts := s.says("vpn")
	if !s.slack.Await(patience, func() bool { return len(s.slack.Calls("chat.postMessage")) > 0 }) || !await(func() bool { return s.bot.Ready() != nil || len(s.bots(s.dm, ts)) > 0 }) {
		t.Fatal("it is ready")
	}
	s.exactly(s.dm, ts, 1)
	if err := s.bot.Ready(); err != nil {
		t.Errorf("not ready: %v", err)
	}
}

// TestCrowded: where Slack wants no more connections, they are not asked for all the time.
func TestCrowded(t *testing.T) {
	s := workspace(t, repeating)
	s.start()
	end := time.Now().Add(2 * time.Second)
	for time.Now().Before(end) {
		s.slack.Disconnect("too_many_websockets")
		time.Sleep(10 * time.Millisecond)
	}
	if n := len(s.slack.Calls("apps.connections.open")); n > 60 { // without a pause it is hundreds
		t.Errorf("connections were asked for %d times", n)
	}
	if !s.slack.Await(patience, func() bool { return s.slack.Sockets() > 0 }) {
		t.Fatal("no connection")
	}
	s.exactly(s.dm, s.says("vpn"), 1)
}
