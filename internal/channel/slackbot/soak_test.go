package slackbot_test

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"passdesk/internal/channel/slackbot/fakeslack"
	"passdesk/internal/store/postgrestest"
)

var soak = flag.Duration("soak", 3*time.Second, "how long Slack misbehaves in TestSoak")

// TestSoak: whatever Slack and the network do at random, in the end each message has one answer: on one
// server, and on two that share a database.
func TestSoak(t *testing.T) {
	t.Run("one server", func(t *testing.T) {
		s := workspace(t, repeating)
		s.change = asInSlack
		s.start()
		s.soak(s)
	})
	t.Run("two servers", func(t *testing.T) {
		cluster := postgrestest.New(os.Getenv)
		s := workspace(t, repeating)
		s.url = cluster.Database(t) // skips where there is no PostgreSQL, unless CI is set
		t.Cleanup(func() {
			if err := cluster.Stop(); err != nil {
				t.Error(err)
			}
		})
		other := &stand{TB: t, clock: s.clock, slack: s.slack, url: s.url, log: &bytes.Buffer{}, replica: "two", dm: s.dm, change: asInSlack}
		s.change = asInSlack
		s.start()
		other.start()
		s.soak(s, other)
	})
}

// repeating repeats as Slack does, a little faster: its last time is after five minutes.
var repeating = fakeslack.Options{AckWithin: 3 * time.Second, RetryAfter: []time.Duration{50 * time.Millisecond, time.Second, 15 * time.Second}}

const soakers = 40 // customers who write all the time

// soak has customers write and everything go wrong, and then looks at what they got.
func (s *stand) soak(servers ...*stand) {
	s.Helper()
	end := time.Now().Add(*soak)
	var asked sync.Map // of "channel ts" to how many answers are wanted, 0 if Slack does not know whether a press arrived
	var messages, presses, faults atomic.Int64
	var all sync.WaitGroup
	for n := range soakers {
		user := fmt.Sprintf("U0SOAK%d", n)
		s.slack.AddUser(fakeslack.User{ID: user, Name: user, Locale: "ja-JP"})
		channel := s.slack.DM(user)
		all.Go(func() {
			var unpressed []string
			for time.Now().Before(end) {
				if len(unpressed) > 0 && len(s.bots(channel, unpressed[0])) == 1 {
					question := s.bots(channel, unpressed[0])[0]
					value, _ := question.Value("|choose|vpn-generation|current")
					wanted := 0
					if s.slack.Press(user, channel, question.TS, "choose-0", value).Ack().OK {
						wanted = 2
						presses.Add(1)
					}
					asked.Store(channel+" "+unpressed[0], wanted)
					unpressed = unpressed[1:]
				}
				ts := s.slack.Post(fakeslack.Message{Channel: channel, User: user, Text: "vpn", ClientMsgID: fmt.Sprint(user, messages.Add(1))})
				asked.Store(channel+" "+ts, 1)
				unpressed = append(unpressed, ts)
				time.Sleep(time.Duration(500+rand.IntN(4000)) * time.Millisecond)
			}
		})
	}
	all.Go(func() {
		for time.Now().Before(end) {
			s.misbehave()
			faults.Add(1)
			time.Sleep(time.Duration(20+rand.IntN(200)) * time.Millisecond)
		}
	})
	all.Wait()
	s.slack.Mend("")
	lost, twice := 0, 0
	asked.Range(func(key, wanted any) bool {
		channel, ts, _ := strings.Cut(key.(string), " ")
		told := func() bool { // to press again
			return slices.ContainsFunc(s.slack.Messages(channel), func(m fakeslack.Message) bool {
				return m.EphemeralTo != "" && strings.Contains(m.Text, "問題が発生")
			})
		}
		if !s.slack.Await(patience, func() bool { n := len(s.bots(channel, ts)); return n >= max(wanted.(int), 1) || n == 1 && told() }) {
			lost++
		}
		return lost < 3 // waiting for more would take a minute each
	})
	for _, server := range servers {
		server.settled()
	}
	asked.Range(func(key, wanted any) bool {
		channel, ts, _ := strings.Cut(key.(string), " ")
		if most := wanted.(int); len(s.bots(channel, ts)) > most && (most > 0 || len(s.bots(channel, ts)) > 2) {
			twice++
		}
		return true
	})
	if lost > 0 || twice > 0 {
		s.Errorf("of %d messages and %d presses %d were lost and %d answered twice", messages.Load(), presses.Load(), lost, twice)
		return
	}
	s.Logf("%d messages, %d presses, %d faults, %d deliveries, none lost, none twice", messages.Load(), presses.Load(), faults.Load(), len(s.slack.Deliveries()))
}

// misbehave has one thing go wrong.
func (s *stand) misbehave() {
	switch rand.IntN(9) {
	case 0:
		s.slack.CutSockets()
	case 1:
		s.slack.DisconnectOldest("refresh_requested")
	case 2:
		s.slack.Fail("chat.postMessage", fakeslack.Fault{CutAfter: true, Times: 1 + rand.IntN(3)})
	case 3:
		s.slack.Fail("chat.postMessage", fakeslack.Fault{CutBefore: true, Times: 1 + rand.IntN(3)})
	case 4:
		s.slack.Fail("chat.postMessage", fakeslack.Fault{RetryAfter: 1, Times: 1 + rand.IntN(3)})
	case 5:
		s.slack.Fail("chat.postMessage", fakeslack.Fault{Status: 503, Times: 1 + rand.IntN(3)})
	case 6:
		s.slack.Fail("conversations.replies", fakeslack.Fault{Delay: time.Second, Times: 3})
	case 7:
		s.slack.Fail("apps.connections.open", fakeslack.Fault{Status: 500, Times: 1})
	case 8:
		if all := s.slack.Deliveries(); len(all) > 0 {
			if one := all[rand.IntN(len(all))]; one.EventID != "" {
				s.slack.Redeliver(one.EventID, 1+rand.IntN(3))
			}
		}
	}
}
