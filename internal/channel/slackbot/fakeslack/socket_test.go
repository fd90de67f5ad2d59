package fakeslack_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"passdesk/internal/channel/slackbot/fakeslack"
)

// heard collects what an app gets.
type heard struct {
	mu  sync.Mutex
	all []socketmode.Event
}

func (h *heard) add(e socketmode.Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.all = append(h.all, e)
}

func (h *heard) events(t *testing.T) []slackevents.EventsAPIEvent {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []slackevents.EventsAPIEvent
	for _, e := range h.all {
		got, ok := e.Data.(slackevents.EventsAPIEvent)
		if !ok {
			t.Fatalf("%T", e.Data)
		}
		all = append(all, got)
	}
	return all
}

func allAcked(s *fakeslack.Slack, n int) func() bool {
	return func() bool {
		acked := 0
		for _, e := range s.Deliveries() {
			if e.Acked {
				acked++
			}
		}
		return acked == n
	}
}

// TestRoundTrip: a mention arrives as message and app_mention with one ts and two event ids, and
// both are acknowledged.
func TestRoundTrip(t *testing.T) {
	s, api := workspace(t, fakeslack.Options{})
	var got heard
	run(t, s, api, func(app *socketmode.Client, e socketmode.Event) { got.add(e); acked(t, app, e) })
	ts := s.Post(fakeslack.Message{Channel: "C1", User: "U1", Text: "<@U0BOT> VPN &amp; password"})
	if !s.Await(wait, allAcked(s, 2)) {
		t.Fatalf("%+v", s.Deliveries())
	}
	events := got.events(t)
	message, ok := events[0].InnerEvent.Data.(*slackevents.MessageEvent)
	if !ok || message.TimeStamp != ts || message.ChannelType != "channel" || message.ClientMsgID == "" || message.User != "U1" {
		t.Errorf("message %+v", events[0].InnerEvent.Data)
	}
	mention, ok := events[1].InnerEvent.Data.(*slackevents.AppMentionEvent)
	if !ok || mention.TimeStamp != ts || mention.Text != "<@U0BOT> VPN &amp; password" {
		t.Errorf("mention %+v", events[1].InnerEvent.Data)
	}
	d := s.Deliveries()
	if d[0].EventID == d[1].EventID || d[0].After <= 0 || d[0].Attempt != 0 {
		t.Errorf("%+v", d)
	}
}

// TestOwnMessagesComeBack: what the app posts, changes and deletes is told to it as well.
func TestOwnMessagesComeBack(t *testing.T) {
	s, api := workspace(t, fakeslack.Options{})
	var got heard
	run(t, s, api, func(app *socketmode.Client, e socketmode.Event) { got.add(e); acked(t, app, e) })
	_, ts, err := api.PostMessageContext(t.Context(), "D1", text("hello"))
	wantCode(t, err, "")
	_, _, _, err = api.UpdateMessageContext(t.Context(), "D1", ts, text("hello again"))
	wantCode(t, err, "")
	_, _, err = api.DeleteMessageContext(t.Context(), "D1", ts)
	wantCode(t, err, "")
	if !s.Await(wait, allAcked(s, 3)) {
		t.Fatalf("%+v", s.Deliveries())
	}
	for i, subtype := range []string{"", "message_changed", "message_deleted"} {
		m, ok := got.events(t)[i].InnerEvent.Data.(*slackevents.MessageEvent)
		if !ok || m.SubType != subtype || i == 0 && m.BotID != fakeslack.BotID {
			t.Errorf("%d: %+v", i, m)
		}
	}
}

func TestRedelivery(t *testing.T) {
	again := []time.Duration{0, time.Millisecond, 2 * time.Millisecond}
	for name, c := range map[string]struct {
		answer   func(attempt int) bool
		attempts int
		within   time.Duration
	}{
		"never answered":     {func(int) bool { return false }, 4, 100 * time.Millisecond},
		"answered in time":   {func(int) bool { return true }, 1, 3 * time.Second},
		"answered at second": {func(attempt int) bool { return attempt == 1 }, 2, 3 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			s, api := workspace(t, fakeslack.Options{AckWithin: c.within, RetryAfter: again})
			run(t, s, api, func(app *socketmode.Client, e socketmode.Event) {
				if c.answer(e.Request.RetryAttempt) {
					acked(t, app, e)
				}
			})
			s.Post(fakeslack.Message{Channel: "D1", User: "U1", Text: "hi"})
			done := func() bool {
				d := s.Deliveries()
				last := d[len(d)-1]
				return len(d) == c.attempts && (last.Acked || last.Late)
			}
			if !s.Await(wait, done) {
				t.Fatalf("%+v", s.Deliveries())
			}
			time.Sleep(20 * time.Millisecond) // nothing more may come
			d := s.Deliveries()
			if len(d) != c.attempts {
				t.Fatalf("%d attempts", len(d))
			}
			for i, e := range d {
				if e.Attempt != i || e.EventID != d[0].EventID || i > 0 && e.Envelope == d[0].Envelope {
					t.Errorf("attempt %d: %+v", i, e)
				}
			}
		})
	}
}

// TestNoSocket: what is sent while no socket is open comes as a retry.
func TestNoSocket(t *testing.T) {
	s, api := workspace(t, fakeslack.Options{RetryAfter: []time.Duration{0, time.Second, 10 * time.Second}})
	s.Post(fakeslack.Message{Channel: "D1", User: "U1", Text: "anybody there?"})
	if !s.Await(wait, func() bool { return len(s.Deliveries()) == 2 }) {
		t.Fatal("it was not tried again")
	}
	var got heard
	run(t, s, api, func(app *socketmode.Client, e socketmode.Event) { got.add(e); acked(t, app, e) })
	if !s.Await(wait, allAcked(s, 1)) {
		t.Fatalf("%+v", s.Deliveries())
	}
	got.mu.Lock()
	r := got.all[0].Request
	got.mu.Unlock()
	if r.RetryAttempt < 2 || r.RetryReason != "timeout" {
		t.Errorf("%+v", r)
	}
	if a := s.Press("U1", "D1", "1.000001", "a", ""); !a.Ack().OK {
		t.Error("an interaction is delivered now")
	}
}

func TestDisconnects(t *testing.T) {
	for _, reason := range []string{"warning", "refresh_requested", "too_many_websockets", "link_disabled"} {
		t.Run(reason, func(t *testing.T) {
			s, api := workspace(t, fakeslack.Options{RetryAfter: []time.Duration{50 * time.Millisecond, 50 * time.Millisecond, time.Second}, AckWithin: 300 * time.Millisecond})
			run(t, s, api, func(app *socketmode.Client, e socketmode.Event) { acked(t, app, e) })
			s.Disconnect(reason)
			reconnected := func() bool { return len(s.Calls("apps.connections.open")) == 2 && s.Sockets() == 1 }
			if !s.Await(wait, reconnected) {
				t.Fatal("no new connection")
			}
			s.Post(fakeslack.Message{Channel: "D1", User: "U1", Text: "hi"})
			if !s.Await(wait, allAcked(s, 1)) {
				t.Fatalf("%+v", s.Deliveries())
			}
		})
	}
}

func TestCutsAndSilence(t *testing.T) {
	s, api := workspace(t, fakeslack.Options{PingEvery: 20 * time.Millisecond})
	run(t, s, api, func(app *socketmode.Client, e socketmode.Event) { acked(t, app, e) })
	s.CutSockets()
	if !s.Await(wait, func() bool { return s.Sockets() == 1 }) {
		t.Fatal("no new connection")
	}
	s.StopPings(true)
	if !s.Frame(`{"type":"hello"`) {
		t.Error("no socket for a frame")
	}
	s.StopPings(false)
}

// TestSocketsInTurn: two sockets of one app share the envelopes.
func TestSocketsInTurn(t *testing.T) {
	s, api := workspace(t, fakeslack.Options{})
	for range 2 {
		run(t, s, api, func(app *socketmode.Client, e socketmode.Event) { acked(t, app, e) })
	}
	for range 4 {
		s.Post(fakeslack.Message{Channel: "D1", User: "U1", Text: "hi"})
	}
	if !s.Await(wait, allAcked(s, 4)) {
		t.Fatalf("%+v", s.Deliveries())
	}
	by := map[int]int{}
	for _, e := range s.Deliveries() {
		by[e.Socket]++
	}
	if by[1] != 2 || by[2] != 2 {
		t.Errorf("%v", by)
	}
}

// TestPayloadsOfAcks: only commands and forms take one, and 20 kB is too much.
func TestPayloadsOfAcks(t *testing.T) {
	s, api := workspace(t, fakeslack.Options{AckWithin: 3 * time.Second})
	run(t, s, api, func(app *socketmode.Client, e socketmode.Event) {
		if strings.Contains(string(e.Request.Payload), "big") {
			_ = s.Frame(`{"type":"hello"}`) // and no answer, which slack-go would not send anyway
			return
		}
		acked(t, app, e, m{"text": "here you are"})
	})
	a := s.Command("U1", "C1", "/answer", "vpn")
	if ack := a.Ack(); !ack.OK || len(ack.Payload) == 0 || len(ack.Problems) > 0 {
		t.Errorf("%+v", ack)
	}
	if later := a.Later(); len(later) != 1 || later[0].EphemeralTo != "U1" || later[0].Text != "here you are" {
		t.Errorf("%+v", later)
	}
	if ack := s.Press("U1", "C1", "1.1", "a", "b").Ack(); !ack.OK || ack.Payload != nil {
		t.Errorf("a press takes no payload: %+v", ack)
	}
	if ack := s.Command("U1", "C1", "/answer", "big").Ack(); ack.OK || ack.Error != "operation_timeout" {
		t.Errorf("%+v", ack)
	}
}

func TestSubscriptionsAndMembership(t *testing.T) {
	s, api := workspace(t, fakeslack.Options{Events: []string{"message.im", "app_mention"}})
	run(t, s, api, func(app *socketmode.Client, e socketmode.Event) { acked(t, app, e) })
	s.Post(fakeslack.Message{Channel: "C1", User: "U1", Text: "no subscription"})
	s.Post(fakeslack.Message{Channel: "C2", User: "U1", Text: "<@U0BOT> not a member"})
	s.Post(fakeslack.Message{Channel: "C1", User: "U1", Text: "<@U0BOT> yes"})
	s.Event(map[string]any{"type": "tokens_revoked", "tokens": m{"bot": []string{"U0BOT"}}})
	if !s.Await(wait, allAcked(s, 2)) {
		t.Fatalf("%+v", s.Deliveries())
	}
	if d := s.Deliveries(); d[0].Inner != "app_mention" || d[1].Inner != "tokens_revoked" {
		t.Errorf("%+v", d)
	}
	if !s.Redeliver(s.Deliveries()[0].EventID, 1) || !s.Await(wait, allAcked(s, 3)) {
		t.Error("no redelivery")
	}
}

func TestShortcutsAndHome(t *testing.T) {
	s, api := workspace(t, fakeslack.Options{})
	var mu sync.Mutex
	var kinds []string
	run(t, s, api, func(app *socketmode.Client, e socketmode.Event) {
		mu.Lock()
		if c, ok := e.Data.(slack.InteractionCallback); ok {
			kinds = append(kinds, string(c.Type)+" "+c.CallbackID+" "+c.Message.Text+" "+c.Message.ThreadTimestamp)
		}
		mu.Unlock()
		acked(t, app, e)
	})
	root := s.Post(fakeslack.Message{Channel: "C1", User: "U1", Text: "root"})
	reply := s.Post(fakeslack.Message{Channel: "C1", User: "U1", Text: "reply", ThreadTS: root})
	s.MessageShortcut("U2", "C1", reply, "suggest").Ack()
	s.GlobalShortcut("U2", "search").Ack()
	s.OpenHome("U1", "messages")
	if !s.Await(wait, allAcked(s, 5)) {
		t.Fatalf("%+v", s.Deliveries())
	}
	mu.Lock()
	defer mu.Unlock()
	if want := "message_action suggest reply " + root; len(kinds) != 2 || kinds[0] != want || kinds[1] != "shortcut search  " {
		t.Errorf("%q", kinds)
	}
}
