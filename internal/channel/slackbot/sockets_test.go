package slackbot_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"passdesk/internal/channel/slackbot"
	"passdesk/internal/channel/slackbot/fakeslack"
	"passdesk/internal/chat"
)

// TestConnectionsEnd: whichever way a connection ends, there is another one, and what comes then is
// answered once.
func TestConnectionsEnd(t *testing.T) {
	s := workspace(t, fakeslack.Options{PingEvery: 100 * time.Millisecond, RetryAfter: repeating.RetryAfter})
	s.change = func(o *slackbot.Options) { o.PingEvery = 500 * time.Millisecond }
	s.start()
	for name, end := range map[string]func(){
		"warning":  func() { s.slack.Disconnect("warning") },
		"refresh":  func() { s.slack.Disconnect("refresh_requested") },
		"oldest":   func() { s.slack.DisconnectOldest("refresh_requested") },
		"disabled": func() { s.slack.Disconnect("link_disabled") },
		"too many": func() { s.slack.DisconnectOldest("too_many_websockets") },
		"cut":      s.slack.CutSockets,
		"no pings": func() { s.slack.StopPings(true); time.Sleep(700 * time.Millisecond); s.slack.StopPings(false) },
		"no answer": func() {
			s.slack.Fail("apps.connections.open", fakeslack.Fault{Status: 503, Times: 2})
			s.slack.CutSockets()
		},
	} {
		end()
		if !s.slack.Await(patience, func() bool { return s.slack.Sockets() > 0 }) {
			t.Fatalf("%s: no connection: %s", name, s.logged())
		}
		ts := s.says("vpn")
		s.exactly(s.dm, ts, 1)
	}
	if !await(func() bool { return s.bot.Ready() == nil }) {
		t.Errorf("ready: %v", s.bot.Ready())
	}
	if calls := len(s.slack.Calls("apps.connections.open")); calls > 300 { // a storm is hundreds a second
		t.Errorf("connections were asked for %d times", calls)
	}
}

// TestStopping: what was taken is done before the program ends, and is delivered by the next.
func TestStopping(t *testing.T) {
	in := make(chan struct{})
	var once atomic.Bool
	s := open(t, func(o *slackbot.Options) {
		handle := o.Handle
		o.Handle = func(ctx context.Context, m chat.Message) (chat.Reply, error) {
			if once.CompareAndSwap(false, true) {
				close(in)
				time.Sleep(300 * time.Millisecond)
			}
			return handle(ctx, m)
		}
	})
	ts := s.says("vpn")
	<-in
	s.stop()
	s.start()
	s.exactly(s.dm, ts, 1)
}

// TestPanic: a fault in one event is told to whoever caused it, and ends nothing else.
func TestPanic(t *testing.T) {
	both(t, func(o *slackbot.Options) {
		handle := o.Handle
		o.Handle = func(ctx context.Context, m chat.Message) (chat.Reply, error) {
			if strings.Contains(string(m.Text), "boom") {
				panic(string(m.Text))
			}
			return handle(ctx, m)
		}
	}, func(t *testing.T, s *stand) {
		s.says("boom 1234")
		s.told(s.dm, customer, "申し訳ありません")
		ts := s.says("vpn")
		s.exactly(s.dm, ts, 1)
		if strings.Contains(s.logged(), "boom") {
			t.Error("the log quotes the customer")
		}
	})
}

// TestStart: what Slack says of the tokens is one line, and holds none of them.
func TestStart(t *testing.T) {
	allBut := func(scope string) (rest []string) {
		for _, one := range slackbot.Scopes() {
			if one != scope {
				rest = append(rest, one)
			}
		}
		return rest
	}
	tests := map[string]struct {
		bot, app string
		options  fakeslack.Options
		method   string
		fault    fakeslack.Fault
		want     string
	}{
		"wrong kind":        {bot: "xoxp-1", app: appToken, want: "slack.bot-token: a bot token begins with xoxb-"},
		"wrong app kind":    {bot: botToken, app: "xoxb-2", want: "slack.app-token: an app token begins with xapp-"},
		"unknown":           {bot: botToken, app: appToken, method: "auth.test", fault: fakeslack.Fault{Error: "invalid_auth"}, want: "slack.bot-token: Slack says invalid_auth"},
		"account gone":      {bot: botToken, app: appToken, method: "auth.test", fault: fakeslack.Fault{Error: "account_inactive"}, want: "slack.bot-token: Slack says account_inactive"},
		"expired":           {bot: botToken, app: appToken, method: "auth.test", fault: fakeslack.Fault{Error: "token_expired"}, want: "slack.bot-token: Slack says token_expired"},
		"no scope":          {bot: botToken, app: appToken, options: fakeslack.Options{Scopes: allBut("im:history")}, want: "slack.bot-token: the app lacks the scopes im:history; install it again from deploy/slack/manifest.yaml"},
		"app without scope": {bot: botToken, app: appToken, method: "apps.connections.open", fault: fakeslack.Fault{Error: "missing_scope"}, want: "slack.app-token: Slack says missing_scope; it needs the scope connections:write"},
		"not allowed":       {bot: botToken, app: appToken, method: "apps.connections.open", fault: fakeslack.Fault{Error: "not_allowed_token_type"}, want: "slack.app-token: Slack says not_allowed_token_type; it needs the scope connections:write"},
		"nobody there":      {bot: botToken, app: appToken, method: "auth.test", fault: fakeslack.Fault{CutBefore: true}, want: "slack.bot-token: Slack says no connection"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := workspace(t, test.options)
			if test.method != "" {
				s.slack.Fail(test.method, test.fault)
			}
			b, err := slackbot.New(slackbot.Options{BotToken: test.bot, AppToken: test.app, APIURL: s.slack.URL() + "/api/"})
			if err != nil {
				t.Fatal(err)
			}
			if err = b.Start(t.Context()); err == nil || err.Error() != test.want {
				t.Errorf("got %v\nwant %s", err, test.want)
			}
		})
	}
}

// TestRevoked: an app that was removed is not ready.
func TestRevoked(t *testing.T) {
	both(t, nil, func(t *testing.T, s *stand) {
		if err := s.bot.Ready(); err != nil {
			t.Fatalf("before: %v", err)
		}
		s.slack.Event(map[string]any{"type": "tokens_revoked", "tokens": map[string]any{"bot": []string{fakeslack.BotUserID}}})
		if !await(func() bool { return s.bot.Ready() != nil }) {
			t.Error("it is still ready")
		}
	})
}
