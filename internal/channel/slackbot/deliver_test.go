package slackbot_test

import (
	"strings"
	"testing"
	"time"

	"passdesk/internal/channel/slackbot"
	"passdesk/internal/channel/slackbot/fakeslack"
)

// TestPostFails: whatever happens to a post, there is one answer in the end.
func TestPostFails(t *testing.T) {
	for name, fault := range map[string]fakeslack.Fault{
		"not taken":             {CutBefore: true, Times: 2},
		"taken, answer lost":    {CutAfter: true, Times: 1},
		"all answers lost":      {CutAfter: true, Times: 3},
		"error of the server":   {Status: 500, Times: 2},
		"not now":               {Error: "internal_error", Times: 2},
		"too many":              {RetryAfter: 1, Times: 1},
		"too many, for a while": {RetryAfter: 1, Times: 2},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, nil)
			s.slack.Fail("chat.postMessage", fault)
			ts := s.says("vpn")
			s.exactly(s.dm, ts, 1)
			if fault.RetryAfter == 0 {
				return
			}
			calls := s.slack.Calls("chat.postMessage")
			for i := 1; i < len(calls); i++ {
				if wait := calls[i].At.Sub(calls[i-1].At); wait < time.Second {
					t.Errorf("after 429 with Retry-After 1 it was tried again after %v", wait)
				}
			}
		})
	}
}

// asInSlack leaves the time between messages at what Slack wants.
func asInSlack(o *slackbot.Options) { o.Between = 0 }

// TestPace: posts to one channel are spaced as Slack wants them, and none is lost.
func TestPace(t *testing.T) {
	s := workspace(t, fakeslack.Options{Strict: true, Burst: 4})
	s.change = asInSlack
	s.start()
	var threads []string
	for range 6 {
		threads = append(threads, s.says("vpn"))
	}
	for _, ts := range threads {
		s.exactly(s.dm, ts, 1)
	}
	for _, call := range s.slack.Calls("chat.postMessage") {
		if call.Status == 429 {
			t.Error("Slack had to say that it was too many")
		}
	}
}

// TestNoThread: an answer to a message that was deleted is not left where everybody reads it.
func TestNoThread(t *testing.T) {
	s := open(t, nil)
	s.slack.Fail("chat.postMessage", fakeslack.Fault{Status: 503})
	ts := s.slack.Post(fakeslack.Message{Channel: general, User: customer, Text: "<@" + fakeslack.BotUserID + "> vpn"})
	s.slack.Await(patience, func() bool { return len(s.slack.Calls("chat.postMessage")) > 0 })
	s.slack.Delete(general, ts)
	s.slack.Mend("")
	s.settled()
	told := 0
	for _, m := range s.slack.Messages(general) {
		if m.User == fakeslack.BotUserID && m.EphemeralTo == "" && !m.Deleted {
			t.Errorf("left for everybody: %s", m.Text)
		}
		if m.EphemeralTo == customer && strings.Contains(m.Text, "削除された") {
			told++
		}
	}
	if told != 1 {
		t.Errorf("the customer was told %d times", told)
	}
}

// TestNothingUnfurls: messages with blocks have a text, previews of links are off.
func TestNothingUnfurls(t *testing.T) {
	s := open(t, nil)
	s.nth(s.dm, s.says("vpn"), 1)
	for _, call := range s.slack.Calls("chat.postMessage") {
		if call.Args["text"] == "" || call.Args["blocks"] == "" || call.Args["unfurl_links"] != "false" || call.Args["unfurl_media"] != "false" || call.Args["thread_ts"] == "" {
			t.Errorf("posted with %v", call.Args)
		}
	}
}
