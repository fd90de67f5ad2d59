package api_test

import (
	"fmt"
	"net/netip"
	"testing"
	"time"

	"passdesk/internal/channel/api"
	"passdesk/internal/httpd/problem"
)

// clocked is an API with small limits and a clock that only the test moves.
func clocked(t *testing.T, l api.Limits) (*site, *time.Time) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	s := open(t, func(o *api.Options) {
		o.Limits, o.Now = l, func() time.Time { return now }
		o.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")} // where httptest sends from
	})
	return s, &now
}

func (s *site) beginFrom(address string) answer {
	return s.send("POST", "/api/v1/conversations", "", "Content-Type", "application/json", "X-Forwarded-For", address)
}

func TestConversationsPerHour(t *testing.T) {
	s, now := clocked(t, api.Limits{ConversationsPerHour: 2, RequestsPerMinute: -1})
	steps := []struct {
		after   time.Duration
		address string
		retry   string // "" if it is allowed
	}{
		{0, "198.51.100.1", ""},
		{0, "198.51.100.1", ""},
		{0, "198.51.100.1", "1800"},
		{0, "203.0.113.9, 198.51.100.1", "1800"}, // a made-up hop changes nothing
		{0, "198.51.100.2", ""},
		{0, "2001:db8::1", ""},
		{0, "2001:db8::2", ""},
		{0, "2001:db8::ffff:ffff", "1800"}, // the same network
		{0, "2001:db8:0:1::1", ""},
		{30 * time.Minute, "198.51.100.1", ""},
		{0, "198.51.100.1", "1800"},
	}
	for i, step := range steps {
		*now = now.Add(step.after)
		a := s.beginFrom(step.address)
		if got := a.Header.Get("Retry-After"); got != step.retry || (step.retry == "") != (a.StatusCode == 201) {
			t.Errorf("step %d: %d, Retry-After %q, want %q", i, a.StatusCode, got, step.retry)
		}
		if step.retry != "" {
			refused(t, a, problem.TooMany)
		}
	}
}

// TestMessagesPerMinute: one conversation's flood is not another's, and nobody can use up the
// messages of a conversation that they cannot open.
func TestMessagesPerMinute(t *testing.T) {
	s, now := clocked(t, api.Limits{MessagesPerMinute: 3, RequestsPerMinute: -1})
	mine, other := s.begin(), s.begin()
	for range 10 {
		stranger := begun{Conversation: mine.Conversation, Token: other.Token}
		refused(t, s.say(stranger, "k", `{"text":"VPN"}`), problem.NotFound)
	}
	for i := range 3 {
		if a := s.say(mine, fmt.Sprint(i), `{"text":"VPN"}`); a.StatusCode != 200 {
			t.Errorf("message %d: %d %s", i, a.StatusCode, a.body)
		}
	}
	refused(t, s.say(mine, "4", `{"text":"VPN"}`), problem.TooMany)
	if a := s.say(other, "1", `{"text":"VPN"}`); a.StatusCode != 200 {
		t.Errorf("in another conversation: %d", a.StatusCode)
	}
	if a := s.send("GET", mine.path(), "", mine.headers("")...); a.StatusCode != 200 {
		t.Errorf("reading: %d", a.StatusCode)
	}
	*now = now.Add(20 * time.Second)
	if a := s.say(mine, "4", `{"text":"VPN"}`); a.StatusCode != 200 {
		t.Errorf("after the wait: %d", a.StatusCode)
	}
}

func TestRequestsPerMinute(t *testing.T) {
	s, _ := clocked(t, api.Limits{RequestsPerMinute: 4})
	paths := []string{"/api/v1/openapi.yaml", "/api/v1/conversations/x", "/api/v1/conversations/x/messages", "/api/v1/conversations"}
	for _, path := range paths {
		if a := s.send("GET", path, ""); a.StatusCode == 429 {
			t.Errorf("%s: %d", path, a.StatusCode)
		}
	}
	for _, path := range paths {
		refused(t, s.send("GET", path, ""), problem.TooMany)
	}
	if a := s.send("GET", "/api/v1/openapi.yaml", "", "X-Forwarded-For", "198.51.100.2"); a.StatusCode != 200 {
		t.Errorf("from another address: %d", a.StatusCode)
	}
}
