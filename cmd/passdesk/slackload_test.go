//go:build soak

package main

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"passdesk/internal/channel/slackbot/fakeslack"
)

// TestSlackLoad measures how fast what Slack sends is acknowledged by the whole program on SQLite, which
// keeps every turn before: 200 events a second for 20 seconds, and 2,000 within one.
func TestSlackLoad(t *testing.T) {
	for name, load := range map[string]struct {
		events int
		within time.Duration
	}{"steady": {4000, 20 * time.Second}, "burst": {2000, time.Second}} {
		t.Run(name, func(t *testing.T) {
			s := workspace(t)
			inSlack(t, s, false)
			var channels []string
			for n := range 500 {
				user := fmt.Sprintf("U0LOAD%d", n)
				s.AddUser(fakeslack.User{ID: user, Name: user, Locale: "ja-JP"})
				channels = append(channels, s.DM(user))
			}
			began, before := time.Now(), len(s.Deliveries())
			for n := range load.events {
				s.Post(fakeslack.Message{Channel: channels[n%len(channels)], User: fmt.Sprintf("U0LOAD%d", n%len(channels)), Text: "VPNにまたパスワードを聞かれました"})
				time.Sleep(time.Until(began.Add(time.Duration(n) * load.within / time.Duration(load.events))))
			}
			sent := time.Since(began)
			all := func() bool {
				n := 0
				for _, d := range s.Deliveries() {
					if d.Acked {
						n++
					}
				}
				return n >= before+load.events
			}
			if !s.Await(time.Minute, all) {
				t.Error("not all were acknowledged")
			}
			var took []time.Duration
			late := 0
			for _, d := range s.Deliveries()[before:] {
				took = append(took, d.After)
				if d.Late {
					late++
				}
			}
			slices.Sort(took)
			at := func(share float64) time.Duration { return took[int(share*float64(len(took)-1))] }
			t.Logf("%d events in %v: p50 %v, p99 %v, longest %v; %d after three seconds", len(took), sent, at(.5), at(.99), at(1), late)
		})
	}
}

// TestSlackOutage: for ten minutes Slack is not there at all. Afterwards the program connects by itself;
// what was asked before and after has one answer each.
func TestSlackOutage(t *testing.T) {
	const outage = 10 * time.Minute
	s := workspace(t)
	inSlack(t, s, false)
	channel := s.DM("U0CUSTOMER")
	says := func(text string) string {
		return s.Post(fakeslack.Message{Channel: channel, User: "U0CUSTOMER", Text: text})
	}
	nth(t, s, channel, says("VPNにまたパスワードを聞かれました"), 1)

	s.Fail("chat.postMessage", fakeslack.Fault{CutBefore: true})
	before := says("アカウントにログインできません")
	if !s.Await(patience, func() bool { return len(s.Calls("chat.postMessage")) >= 2 }) {
		t.Fatal("no answer was tried")
	}
	s.Fail("*", fakeslack.Fault{CutBefore: true})
	s.CutSockets()
	time.Sleep(outage)
	refused := len(s.Calls("apps.connections.open"))
	s.Mend("")
	back := time.Now()
	if !s.Await(6*time.Minute, func() bool { return s.Sockets() > 0 }) { // slack-go waits at most five
		t.Fatal("it does not connect again")
	}
	t.Logf("connected %v after Slack was back; %d connections were refused meanwhile", time.Since(back), refused)
	nth(t, s, channel, says("インストーラがパスワードを求めます"), 1)
	t.Logf("what was asked then is answered %v after Slack was back", time.Since(back))
	if !s.Await(outage, func() bool { return len(bots(s, channel, before)) > 0 }) {
		t.Fatal("what was asked before was lost")
	}
	t.Logf("what was asked before is answered %v after Slack was back", time.Since(back))
	time.Sleep(10 * time.Second)
	if n := len(bots(s, channel, before)); n != 1 {
		t.Errorf("what was asked before has %d answers", n)
	}
}
