package fakeslack_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"passdesk/internal/channel/slackbot/fakeslack"
)

// received is a request as an app gets it, checked with slack-go.
type received struct {
	path, retry, reason string
	event               slackevents.EventsAPIEvent
	interaction         slack.InteractionCallback
	command             slack.SlashCommand
}

// overHTTP is a workspace that posts to an app, which answers with a function of the test.
func overHTTP(t *testing.T, o fakeslack.Options, answer func(n int, w http.ResponseWriter)) (*fakeslack.Slack, func() []received) {
	t.Helper()
	var mu sync.Mutex
	var all []received
	app := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got, err := read(r)
		if err != nil {
			t.Errorf("%s: %v", r.URL.Path, err)
		}
		mu.Lock()
		all = append(all, got)
		n := len(all)
		mu.Unlock()
		answer(n, w)
	}))
	t.Cleanup(app.Close)
	s, _ := workspace(t, o)
	s.SendTo(app.URL+"/events", app.URL+"/interactive", app.URL+"/commands")
	return s, func() []received {
		mu.Lock()
		defer mu.Unlock()
		return append([]received(nil), all...)
	}
}

// read checks a signature and parses what was signed.
func read(r *http.Request) (received, error) {
	got := received{path: r.URL.Path, retry: r.Header.Get("X-Slack-Retry-Num"), reason: r.Header.Get("X-Slack-Retry-Reason")}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return got, fmt.Errorf("read: %w", err)
	}
	verifier, err := slack.NewSecretsVerifier(r.Header, "fake-signing-secret")
	if err != nil {
		return got, fmt.Errorf("signature: %w", err)
	}
	if _, err = verifier.Write(body); err == nil {
		err = verifier.Ensure()
	}
	if err != nil {
		return got, fmt.Errorf("signature: %w", err)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	switch got.path {
	case "/events":
		got.event, err = slackevents.ParseEvent(json.RawMessage(body), slackevents.OptionNoVerifyToken())
	case "/interactive":
		got.interaction, err = slack.InteractionCallbackParse(r)
	case "/commands":
		got.command, err = slack.SlashCommandParse(r)
	}
	return got, err
}

func TestHTTP(t *testing.T) {
	s, got := overHTTP(t, fakeslack.Options{}, func(int, http.ResponseWriter) {})
	s.Post(fakeslack.Message{Channel: "D1", User: "U1", Text: "パスワード"})
	if !s.Await(wait, allAcked(s, 1)) {
		t.Fatalf("%+v", s.Deliveries())
	}
	if !s.Press("U1", "D1", "1.1", "pick", "vpn").Ack().OK || !s.Command("U2", "C1", "/answer", "パスワード & more").Ack().OK {
		t.Fatal("not acknowledged")
	}
	all := got()
	if m, ok := all[0].event.InnerEvent.Data.(*slackevents.MessageEvent); !ok || m.Text != "パスワード" || all[0].retry != "" {
		t.Errorf("%+v", all[0])
	}
	if a := all[1].interaction.ActionCallback.BlockActions; len(a) != 1 || a[0].Value != "vpn" {
		t.Errorf("%+v", all[1])
	}
	if c := all[2].command; c.Command != "/answer" || c.Text != "パスワード & more" || c.ChannelName != "help" {
		t.Errorf("%+v", c)
	}
}

func TestHTTPAnswersOfCommands(t *testing.T) {
	for contentType, body := range map[string]string{"text/plain; charset=utf-8": "found", "application/json": `{"response_type":"in_channel","text":"found"}`} {
		s, _ := overHTTP(t, fakeslack.Options{}, func(_ int, w http.ResponseWriter) {
			w.Header().Set("Content-Type", contentType)
			_, _ = io.WriteString(w, body)
		})
		a := s.Command("U1", "C1", "/answer", "vpn")
		if !a.Ack().OK || len(a.Later()) != 1 || a.Later()[0].Text != "found" {
			t.Errorf("%s: %+v %+v", contentType, a.Ack(), a.Later())
		}
	}
}

func TestHTTPRetries(t *testing.T) {
	again := []time.Duration{0, time.Millisecond, time.Millisecond}
	for name, c := range map[string]struct {
		answer  func(n int, w http.ResponseWriter)
		reasons []string
	}{
		"http_error": {func(_ int, w http.ResponseWriter) { w.WriteHeader(503) }, []string{"", "http_error", "http_error", "http_error"}},
		"then good": {func(n int, w http.ResponseWriter) {
			if n == 1 {
				w.WriteHeader(500)
			}
		}, []string{"", "http_error"}},
		"timeout": {func(n int, _ http.ResponseWriter) {
			if n == 1 {
				time.Sleep(4 * time.Second)
			}
		}, []string{"", "http_timeout"}},
		"no retry please": {func(_ int, w http.ResponseWriter) {
			w.Header().Set("X-Slack-No-Retry", "1")
			w.WriteHeader(500)
		}, []string{""}},
	} {
		t.Run(name, func(t *testing.T) {
			s, got := overHTTP(t, fakeslack.Options{RetryAfter: again, AckWithin: 2 * time.Second}, c.answer)
			s.Post(fakeslack.Message{Channel: "D1", User: "U1", Text: "hi"})
			settled := func() bool {
				d := s.Deliveries()
				return len(d) == len(c.reasons) && d[len(d)-1].After > 0
			}
			if !s.Await(wait, settled) {
				t.Fatalf("%+v", s.Deliveries())
			}
			for i, r := range got() {
				if r.reason != c.reasons[i] || i > 0 && r.retry != fmt.Sprint(i) {
					t.Errorf("attempt %d: retry %q because of %q", i, r.retry, r.reason)
				}
			}
		})
	}
}

func TestHTTPHelpers(t *testing.T) {
	s, _ := workspace(t, fakeslack.Options{})
	app := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.Header.Get("X-Slack-Signature") == "" || r.Header.Get("Content-Type") == "" {
			t.Error("not signed")
		}
		_, _ = w.Write(body)
	}))
	t.Cleanup(app.Close)
	status, body, err := s.VerifyURL(t.Context(), app.URL, "abc")
	if err != nil || status != 200 || !bytes.Contains(body, []byte(`"challenge":"abc"`)) {
		t.Errorf("%d %s %v", status, body, err)
	}
	status, body, err = s.SSLCheck(t.Context(), app.URL)
	if err != nil || status != 200 || !bytes.Contains(body, []byte("ssl_check=1")) {
		t.Errorf("%d %s %v", status, body, err)
	}
}

// TestDocumentedSignature: the example of Slack's documentation.
func TestDocumentedSignature(t *testing.T) {
	body := "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
	got := fakeslack.Sign("8f742231b10e8888abcd99yyyzzz85a5", time.Unix(1531420618, 0), []byte(body))
	if want := "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"; got != want {
		t.Errorf("%s", got)
	}
}
