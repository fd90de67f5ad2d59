package fakeslack_test

import (
	"context"
	"encoding/json"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
	"go.uber.org/goleak"

	"passdesk/internal/channel/slackbot/fakeslack"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const wait = time.Minute

// clock is a clock under control of a test.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func newClock() *clock { return &clock{at: time.Unix(1_795_400_000, 0)} }

// workspace is a fake with a customer, an agent, a DM, a public and a private channel.
func workspace(t *testing.T, o fakeslack.Options) (*fakeslack.Slack, *slack.Client) {
	t.Helper()
	s := fakeslack.New(o)
	url, err := s.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	s.AddUser(fakeslack.User{ID: "U1", Name: "hana", Locale: "ja-JP"})
	s.AddUser(fakeslack.User{ID: "U2", Name: "agent", Locale: "en-US"})
	s.AddUser(fakeslack.User{ID: "U3", Name: "hidden", Invisible: true})
	s.AddChannel(fakeslack.Channel{ID: "D1", Kind: "im", Members: []string{"U1"}})
	s.AddChannel(fakeslack.Channel{ID: "C1", Name: "help", Kind: "channel", Members: []string{"U1", "U2", fakeslack.BotUserID}})
	s.AddChannel(fakeslack.Channel{ID: "C2", Name: "else", Kind: "channel", Members: []string{"U1"}})
	s.AddChannel(fakeslack.Channel{ID: "G1", Name: "secret", Kind: "group", Members: []string{"U1"}})
	return s, client(url, "xoxb-fake", "xapp-fake")
}

func client(url, bot, app string) *slack.Client {
	plain := &http.Client{Timeout: wait, Transport: &http.Transport{DisableKeepAlives: true}}
	return slack.New(bot, slack.OptionAPIURL(url+"/api/"), slack.OptionAppLevelToken(app), slack.OptionHTTPClient(plain))
}

// run connects an app over Socket Mode that does the same with every request.
func run(t *testing.T, s *fakeslack.Slack, api *slack.Client, do func(*socketmode.Client, socketmode.Event)) {
	t.Helper()
	app := socketmode.New(api)
	ctx, cancel := context.WithCancel(t.Context())
	var done sync.WaitGroup
	before := s.Sockets()
	done.Go(func() { _ = app.RunContext(ctx) })
	done.Go(func() {
		for {
			select {
			case e := <-app.Events:
				if e.Request != nil && e.Request.EnvelopeID != "" {
					do(app, e)
				}
			case <-ctx.Done():
				return
			}
		}
	})
	t.Cleanup(func() { cancel(); done.Wait() })
	if !s.Await(wait, func() bool { return s.Sockets() > before }) {
		t.Fatal("the app did not connect")
	}
}

// acked answers a request.
func acked(t *testing.T, app *socketmode.Client, e socketmode.Event, payload ...any) {
	if err := app.AckCtx(t.Context(), e.Request.EnvelopeID, first(payload)); err != nil && t.Context().Err() == nil {
		t.Errorf("ack: %v", err)
	}
}

func first(list []any) any {
	if len(list) == 0 {
		return nil
	}
	return list[0]
}

func section(text string) slack.Block {
	return slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, text, false, false), nil, nil)
}

func raw(t *testing.T, v any) json.RawMessage {
	t.Helper()
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
