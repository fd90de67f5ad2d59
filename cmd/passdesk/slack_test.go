package main

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"passdesk/internal/channel/slackbot"
	"passdesk/internal/channel/slackbot/fakeslack"
)

const (
	botToken, appToken, signing = "xoxb-1-test", "xapp-1-test", "8f742231b10e8888abcd99yyyzzz85a5"
	supportChannel              = "C0SUPPORT"
	patience                    = time.Minute // that a busy machine gets
)

// workspace is a fake Slack with a customer, an agent and a support channel.
func workspace(t *testing.T) *fakeslack.Slack {
	t.Helper()
	s := fakeslack.New(fakeslack.Options{BotToken: botToken, AppToken: appToken, SigningSecret: signing, RetryAfter: []time.Duration{50 * time.Millisecond, 200 * time.Millisecond, time.Second}})
	s.AddUser(fakeslack.User{ID: "U0CUSTOMER", Name: "yamada", Locale: "ja-JP"})
	s.AddUser(fakeslack.User{ID: "U0ENGLISH", Name: "smith", Locale: "en-US"})
	s.AddUser(fakeslack.User{ID: "U0AGENT", Name: "sato", Locale: "ja-JP"})
	s.AddGroup("S0AGENTS", "U0AGENT")
	s.AddChannel(fakeslack.Channel{ID: supportChannel, Name: "support", Kind: "group", Members: []string{"U0AGENT", fakeslack.BotUserID}})
	s.AddChannel(fakeslack.Channel{ID: "C0GENERAL", Name: "general", Kind: "channel", Members: []string{"U0CUSTOMER", "U0ENGLISH", "U0AGENT", fakeslack.BotUserID}})
	if _, err := s.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// inSlack runs `passdesk serve` as an app of a workspace.
func inSlack(t *testing.T, s *fakeslack.Slack, overHTTP bool) (log *logs) {
	t.Helper()
	log = &logs{}
	for name, value := range map[string]string{
		"DATA": t.TempDir(), "LISTEN": "127.0.0.1:0", "HANDOVER_TARGET": "slack", "SLACK_BOT_TOKEN": botToken, "SLACK_SUPPORT_CHANNEL": supportChannel,
		"SLACK_AGENT_GROUP": "S0AGENTS", "SLACK_API_URL": s.URL() + "/api/",
	} {
		t.Setenv("PASSDESK_"+name, value)
	}
	if overHTTP {
		t.Setenv("PASSDESK_SLACK_SIGNING_SECRET", signing)
	} else {
		t.Setenv("PASSDESK_SLACK_APP_TOKEN", appToken)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	go func() { ended <- run(ctx, []string{"serve"}, strings.NewReader(""), log, log) }()
	t.Cleanup(func() {
		stop()
		if code := <-ended; code != exitFine {
			t.Errorf("serve ended with %d: %s", code, log)
		}
	})
	at := log.address(t)
	if overHTTP {
		s.SendTo(at+slackbot.Path, at+slackbot.Path, at+slackbot.Path)
	} else if !s.Await(patience, func() bool { return s.Sockets() > 0 }) {
		t.Fatalf("no socket: %s", log)
	}
	return log
}

// bots are the messages of the bot in a thread.
func bots(s *fakeslack.Slack, channel, thread string) (all []fakeslack.Message) {
	for _, m := range s.Thread(channel, thread) {
		if m.User == fakeslack.BotUserID && !m.Deleted {
			all = append(all, m)
		}
	}
	return all
}

// last waits for the nth message of the bot in a thread and returns it.
func nth(t *testing.T, s *fakeslack.Slack, channel, thread string, n int) fakeslack.Message {
	t.Helper()
	if !s.Await(patience, func() bool { return len(bots(s, channel, thread)) >= n }) {
		for _, call := range s.Calls("chat.postMessage") {
			t.Logf("posted: %d %s %s", call.Status, call.Args["text"], call.Answer)
		}
		t.Fatalf("there are %d messages of the bot, want %d", len(bots(s, channel, thread)), n)
	}
	return bots(s, channel, thread)[n-1]
}

// valueOf is the value of a button of a message, by what is in it.
func valueOf(t *testing.T, m fakeslack.Message, part string) string {
	t.Helper()
	value, ok := m.Value(part)
	if !ok {
		t.Fatalf("no button with %q in %s", part, m.Blocks)
	}
	return value
}

// TestSlackCustomer is a customer's whole way in Slack, over both transports: asks, presses, types a
// password, gets a person, talks with them, and the bot is there again.
func TestSlackCustomer(t *testing.T) {
	for name, overHTTP := range map[string]bool{"socket mode": false, "events API": true} {
		t.Run(name, func(t *testing.T) { customerInSlack(t, overHTTP) })
	}
}

func customerInSlack(t *testing.T, overHTTP bool) {
	const secret = "Sunf1ower77"
	s := workspace(t)
	log := inSlack(t, s, overHTTP)
	dm := s.DM("U0CUSTOMER")
	thread := s.Post(fakeslack.Message{Channel: dm, User: "U0CUSTOMER", Text: "VPNにまたパスワードを聞かれました", ClientMsgID: "c-1"})
	question := nth(t, s, dm, thread, 1)
	if !strings.Contains(question.Text, "お使いのVPNは") || !strings.Contains(question.Text, "1. ") {
		t.Errorf("the question is %q", question.Text)
	}
	s.Press("U0CUSTOMER", dm, question.TS, "choose-0", valueOf(t, question, "|choose|vpn-generation|current"))
	answer := nth(t, s, dm, thread, 2)
	if !strings.Contains(answer.Text, "ログアウト") {
		t.Errorf("the answer is %q", answer.Text)
	}
	settled, _ := s.Message(dm, question.TS)
	if strings.Contains(string(settled.Blocks), `"actions"`) || !strings.Contains(settled.Text, "選択：") {
		t.Errorf("after the press the question is %s", settled.Blocks)
	}
	s.Post(fakeslack.Message{Channel: dm, User: "U0CUSTOMER", ThreadTS: thread, Text: "パスワードは" + secret + "です"})
	told := nth(t, s, dm, thread, 3)
	if !strings.Contains(told.Text, "伏せました") {
		t.Errorf("of the secret is said: %q", told.Text)
	}
	s.Press("U0CUSTOMER", dm, told.TS, "command-human", valueOf(t, told, "|command||human"))
	nth(t, s, dm, thread, 4)
	personInSlack(t, s, dm, thread)
	for _, call := range s.Calls("chat.postMessage") {
		if strings.Contains(fmt.Sprint(call.Args), secret) {
			t.Errorf("the secret was posted: %v", call.Args)
		}
	}
	if strings.Contains(log.String(), secret) || strings.Contains(log.String(), "パスワードは") {
		t.Error("the log holds what was said")
	}
	for _, d := range s.Deliveries() {
		if d.After > time.Second { // told and not judged: the machine may have other work
			t.Logf("%s %s was acknowledged after %s", d.Type, d.Inner, d.After)
		}
	}
}

// personInSlack is the part in which an agent answers in the support channel.
func personInSlack(t *testing.T, s *fakeslack.Slack, dm, thread string) {
	t.Helper()
	if !s.Await(patience, func() bool { return len(s.Messages(supportChannel)) > 0 }) {
		t.Fatal("there is no card in the support channel")
	}
	card := s.Messages(supportChannel)[0]
	if !strings.Contains(string(card.Blocks), "•••") || !strings.Contains(card.Text, "H-") {
		t.Errorf("the card is %s", card.Blocks)
	}
	s.Post(fakeslack.Message{Channel: supportChannel, User: "U0AGENT", ThreadTS: card.TS, Text: "これは社内のメモです"})
	for told := 0; ; { // an agent who is as fast as this may be told to write again
		s.Post(fakeslack.Message{Channel: supportChannel, User: "U0AGENT", ThreadTS: card.TS, Text: "<@" + fakeslack.BotUserID + "> お待たせしました。佐藤です。"})
		refused := func() int {
			return strings.Count(fmt.Sprint(s.Messages(supportChannel)), "引き継ぎのカードのスレッドで")
		}
		if !s.Await(patience, func() bool { return refused() > told || len(bots(s, dm, thread)) >= 6 }) || refused() == told {
			break
		}
		told = refused()
	}
	said := nth(t, s, dm, thread, 6) // after the note that somebody has come
	if !strings.Contains(said.Text, "お待たせしました") {
		t.Errorf("the customer reads %q", said.Text)
	}
	s.Post(fakeslack.Message{Channel: dm, User: "U0CUSTOMER", ThreadTS: thread, Text: "ありがとうございます"})
	if got := nth(t, s, supportChannel, card.TS, 2); !strings.Contains(got.Text, "ありがとうございます") { // the first is the card
		t.Errorf("the agent reads %q", got.Text)
	}
	s.Press("U0AGENT", supportChannel, card.TS, "case-close", valueOf(t, card, "H-"))
	if left := nth(t, s, dm, thread, 7); !strings.Contains(left.Text, "退出しました") {
		t.Errorf("after closing the customer reads %q", left.Text)
	}
	closed := func() bool {
		m, _ := s.Message(supportChannel, card.TS)
		return !strings.Contains(string(m.Blocks), "case-close")
	}
	if !s.Await(patience, closed) {
		t.Error("the card can still be closed")
	}
	for _, m := range s.Thread(dm, thread) {
		if strings.Contains(m.Text, "社内のメモ") {
			t.Error("what colleagues wrote to each other reached the customer")
		}
	}
}

// TestSlackAgents: an agent searches by the command, looks, and posts for all to see; others cannot.
func TestSlackAgents(t *testing.T) {
	s := workspace(t)
	inSlack(t, s, false)
	found := s.Command("U0AGENT", "C0GENERAL", "/passdesk", "vpn パスワード").Ack()
	if !found.OK || !bytes.Contains(found.Payload, []byte("canned-post")) || len(found.Problems) > 0 {
		t.Fatalf("the command says %s %q", found.Payload, found.Problems)
	}
	before := len(s.Messages("C0GENERAL"))
	post := func(user string) *fakeslack.Answer {
		asked := s.Command(user, "C0GENERAL", "/passdesk", "vpn-signin")
		asked.Ack()
		shown := asked.Later()
		if len(shown) != 1 || shown[0].EphemeralTo != user {
			t.Fatalf("the command shows %+v", shown)
		}
		return s.Press(user, "C0GENERAL", shown[0].TS, "canned-post", "vpn-signin")
	}
	refused := post("U0ENGLISH")
	if !s.Await(patience, func() bool { return len(refused.Later()) > 0 }) || !strings.Contains(refused.Later()[0].Text, "Only support agents") {
		t.Errorf("who is no agent is told %+v", refused.Later())
	}
	post("U0AGENT")
	public := func() (all []fakeslack.Message) {
		for _, m := range s.Messages("C0GENERAL")[before:] {
			if m.EphemeralTo == "" {
				all = append(all, m)
			}
		}
		return all
	}
	if !s.Await(patience, func() bool { return len(public()) > 0 }) || len(public()) != 1 || !strings.Contains(string(public()[0].Blocks), "U0AGENT") {
		t.Errorf("posted for all: %+v", public())
	}
}

// TestSlackTopics: however a customer comes and writes, at most two questions lead to the topic, and a
// question can be answered by its number, its label or other words.
func TestSlackTopics(t *testing.T) {
	s := workspace(t)
	inSlack(t, s, false)
	dm := s.DM("U0CUSTOMER")
	for text, want := range map[string]string{
		"NetUpdateを開いたら管理者のパスワードを求められました":                 "Mac",
		"ﾈｯﾄｱｯﾌﾟﾃﾞｰﾄでMacのﾊﾟｽﾜｰﾄﾞを聞かれた":                    "Mac",
		"マイアカウントのパスワードを忘れてログインできない":                       "マイアカウント",
		"VPN の password がわかりません":                          "VPN",
		"PIAのPremium VPNのパスワードがわかりません":                    "クーポンコード",
		"NetUpdate asks me for an administrator password": "Mac's administrator password",
		"I forgot the password of my Intego account":      "Intego Account",
		"the VPN wants a password and I have none":        "Which VPN",
		"I lost the login for Premium VPN by PIA":         "coupon",
		"hi, which password do you want??":                "1. ",
	} {
		for name, start := range map[string]func() (channel, thread string){
			"direct message": func() (string, string) {
				return dm, s.Post(fakeslack.Message{Channel: dm, User: "U0CUSTOMER", Text: text})
			},
			"mention": func() (string, string) {
				return "C0GENERAL", s.Post(fakeslack.Message{Channel: "C0GENERAL", User: "U0CUSTOMER", Text: "<@" + fakeslack.BotUserID + "> " + text})
			},
		} {
			channel, thread := start()
			if said := nth(t, s, channel, thread, 1); !strings.Contains(said.Text, want) {
				t.Errorf("%s %q: the bot says %q, nothing of %s", name, text, said.Text, want)
			}
		}
	}
	s.OpenHome("U0CUSTOMER", "messages")
	if !s.Await(patience, func() bool { return len(s.Prompts(dm)) == 4 }) {
		t.Fatalf("the prompts are %v", s.Prompts(dm))
	}
	for _, prompt := range s.Prompts(dm) {
		thread := s.Post(fakeslack.Message{Channel: dm, User: "U0CUSTOMER", Text: prompt.Message})
		if said := nth(t, s, dm, thread, 1); strings.Contains(said.Text, "どんなとき") {
			t.Errorf("after the prompt %q the bot asks the same again: %q", prompt.Message, said.Text)
		}
	}
	for _, reply := range []string{"1", "１", "今のVPN", "今のVPNのほうです", "Intego Privacy Protection"} {
		thread := s.Post(fakeslack.Message{Channel: dm, User: "U0CUSTOMER", Text: "VPNにまたパスワードを聞かれました"})
		nth(t, s, dm, thread, 1)
		s.Post(fakeslack.Message{Channel: dm, User: "U0CUSTOMER", ThreadTS: thread, Text: reply})
		if answer := nth(t, s, dm, thread, 2); !strings.Contains(answer.Text, "ログアウト") {
			t.Errorf("to the reply %q the bot says %q", reply, answer.Text)
		}
	}
}
