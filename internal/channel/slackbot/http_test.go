package slackbot_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"passdesk/internal/channel/slackbot"
	"passdesk/internal/channel/slackbot/fakeslack"
)

// documented is the request that Slack's own documentation signs as an example.
const (
	documentedBody = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
	documentedSign = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
	documentedTime = 1531420618
)

// calling makes a bot that Slack calls, at a time; what it does is counted.
func calling(t *testing.T, now time.Time) (b *slackbot.Bot, done func() int) {
	t.Helper()
	count := 0
	b, err := slackbot.New(slackbot.Options{
		BotToken: botToken, SigningSecret: signing, APIURL: "http://127.0.0.1:1/", Now: func() time.Time { return now },
		Words: func(string) map[string]string { return map[string]string{"help": "help"} },
		Observe: slackbot.Observer{
			Delivery: func(string, string, time.Duration) { count++ }, Retry: func() {}, Call: func(string, string) {}, Connect: func(bool) {}, Waiting: func(int) {},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { // what is still asked of Slack is waited for
		ended, cancel := context.WithCancel(context.Background())
		cancel()
		b.Run(ended)
	})
	return b, func() int { return count }
}

func TestSignature(t *testing.T) {
	at := time.Unix(documentedTime, 0)
	flipped := "v0=b" + strings.TrimPrefix(documentedSign, "v0=a")
	tests := []struct {
		name, body, stamp, sign string
		now                     time.Time
		want                    int
	}{
		{name: "documented", want: 200},
		{name: "five minutes old", now: at.Add(300 * time.Second), want: 200},
		{name: "five minutes ahead", now: at.Add(-300 * time.Second), want: 200},
		{name: "too old", now: at.Add(301 * time.Second), want: 401},
		{name: "too far ahead", now: at.Add(-301 * time.Second), want: 401},
		{name: "other signature", sign: flipped, want: 401},
		{name: "missing", sign: "-", want: 401},
		{name: "short", sign: documentedSign[:40], want: 401},
		{name: "longer", sign: documentedSign + "00", want: 401},
		{name: "not hexadecimal", sign: "v0=" + strings.Repeat("z", 64), want: 401},
		{name: "no version", sign: strings.TrimPrefix(documentedSign, "v0="), want: 401},
		{name: "other version", sign: "v1=" + strings.TrimPrefix(documentedSign, "v0="), want: 401},
		{name: "no time", stamp: "-", want: 401},
		{name: "no number", stamp: "today", want: 401},
		{name: "other time", stamp: "1531420619", want: 401},
		{name: "a changed byte", body: documentedBody[:len(documentedBody)-1] + "d", want: 401},
		{name: "nothing", body: "-", want: 401},
		{name: "too large", body: strings.Repeat("x", 1<<20+1), want: 413},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			now, body := test.now, or(test.body, documentedBody)
			if now.IsZero() {
				now = at
			}
			b, done := calling(t, now)
			r := httptest.NewRequest(http.MethodPost, slackbot.Path, strings.NewReader(body))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("X-Slack-Request-Timestamp", or(test.stamp, "1531420618"))
			r.Header.Set("X-Slack-Signature", or(test.sign, documentedSign))
			w := httptest.NewRecorder()
			b.ServeHTTP(w, r)
			if w.Code != test.want || (done() > 0) != (test.want == 200) {
				t.Errorf("status %d after %d deliveries, want %d", w.Code, done(), test.want)
			}
		})
	}
}

// or is text, or another if it is empty; "-" is nothing.
func or(text, other string) string {
	if text == "-" {
		return ""
	}
	if text == "" {
		return other
	}
	return text
}

// TestProbes: Slack's questions about the address itself are answered, and do nothing.
func TestProbes(t *testing.T) {
	s := workspace(t, fakeslack.Options{})
	s.http = true
	s.start()
	server := httptest.NewServer(s.bot)
	defer server.Close()
	status, body, err := s.slack.VerifyURL(t.Context(), server.URL, "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P")
	if err != nil || status != 200 || string(body) != "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P" {
		t.Errorf("url_verification: %d %q %v", status, body, err)
	}
	status, body, err = s.slack.SSLCheck(t.Context(), server.URL)
	if err != nil || status != 200 || len(body) > 0 {
		t.Errorf("ssl_check: %d %q %v", status, body, err)
	}
	b, done := calling(t, time.Now())
	for name, r := range map[string]*http.Request{
		"unsigned":               httptest.NewRequest(http.MethodPost, slackbot.Path, strings.NewReader(`{"type":"url_verification","challenge":"c"}`)),
		"payload in the address": httptest.NewRequest(http.MethodPost, slackbot.Path+"?payload=%7B%22type%22%3A%22block_actions%22%7D", strings.NewReader("")),
	} {
		w := httptest.NewRecorder()
		if b.ServeHTTP(w, r); w.Code != 401 || w.Body.Len() > 0 {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
	w := httptest.NewRecorder()
	if b.ServeHTTP(w, httptest.NewRequest(http.MethodGet, slackbot.Path, nil)); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("GET: %d", w.Code)
	}
	if done() != 0 {
		t.Errorf("%d deliveries", done())
	}
}
