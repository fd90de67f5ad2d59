package slackbot

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/slack-go/slack/socketmode"
)

// sockets is how many connections are open at the same time: while Slack renews one, events come
// through the other.
const sockets = 2

const (
	pingEvery  = 30 * time.Second
	ackTime    = 2 * time.Second
	refusedFor = time.Minute // before a connection is tried again that Slack has refused for good
)

// Run listens through Socket Mode until ctx is done, and returns when everything taken is done. With a
// signing secret only it waits for what ServeHTTP began.
func (b *Bot) Run(ctx context.Context) {
	if b.begun(ctx) && b.options.AppToken != "" {
		for range sockets {
			b.group.Go(func() { b.listen(ctx) })
		}
	}
	<-ctx.Done()
	b.group.Wait()
}

// listen keeps one connection open.
func (b *Bot) listen(ctx context.Context) {
	var lives lives
	for ctx.Err() == nil {
		client := socketmode.New(b.api, socketmode.OptionPingInterval(b.options.PingEvery))
		ended := make(chan error, 1)
		run, stop := context.WithCancel(ctx)
		b.group.Go(func() { ended <- client.RunContext(run) })
		err := b.drain(run, client, ended, &lives)
		stop()
		if ctx.Err() != nil {
			return
		}
		if errors.Is(err, errCrowded) {
			_ = pause(ctx, lives.calm()) // it ends with ctx, as the loop does
			continue
		}
		b.lookAt(err)
		b.options.Logger.Error("Slack refuses the connection", "error", reasonOf(err))
		_ = pause(ctx, refusedFor) // as above
	}
}

// errCrowded says that Slack closes one connection after the other, as it does where there are too many.
var errCrowded = errors.New("connections do not last")

const (
	lasting   = 2 * time.Second  // that a connection is open which is not to be counted
	shortOnes = 5                // that may follow each other: package socketmode opens the next at once
	mostCalm  = 10 * time.Second // well below Slack's last repetition of an event, after five minutes
)

// lives counts connections that did not last, one after the other.
type lives struct {
	since time.Time // when the one was opened that is open
	short int
}

// note takes what package socketmode tells and reports whether there should be a pause.
func (l *lives) note(kind socketmode.EventType, now time.Time) (crowded bool) {
	switch {
	case kind == socketmode.EventTypeConnected:
		l.since = now
	case kind == socketmode.EventTypeConnecting && !l.since.IsZero():
		if l.short++; now.Sub(l.since) > lasting {
			l.short = 0
		}
		l.since = time.Time{}
		return l.short > shortOnes
	}
	return false
}

// calm is how long the pause is, with jitter, so that programs that take each other's place do not do so all
// the time.
func (l *lives) calm() time.Duration {
	longest := min(time.Second<<min(l.short-shortOnes, 10), mostCalm)
	return longest/2 + rand.N(longest/2)
}

// drain takes events as fast as they come: package socketmode stops answering Slack's pings when nobody
// takes them.
func (b *Bot) drain(ctx context.Context, client *socketmode.Client, ended <-chan error, lives *lives) error {
	open := false
	defer func() { b.setUp(&open, false) }()
	for {
		select {
		case err := <-ended:
			return err
		case e := <-client.Events:
			switch e.Type {
			case socketmode.EventTypeConnected, socketmode.EventTypeHello:
				b.setUp(&open, true)
			case socketmode.EventTypeConnecting, socketmode.EventTypeConnectionError, socketmode.EventTypeDisconnect, socketmode.EventTypeIncomingError:
				b.setUp(&open, false)
			}
			if lives.note(e.Type, time.Now()) {
				return errCrowded
			}
			b.receive(ctx, client, e)
		}
	}
}

// receive takes one event of a connection.
func (b *Bot) receive(ctx context.Context, client *socketmode.Client, e socketmode.Event) {
	request, ok := requestOf(e)
	if !ok {
		return
	}
	if request.RetryAttempt > 0 {
		b.options.Observe.Retry()
	}
	t, err := b.admit(request.Type, request.Payload)
	if err != nil {
		return // not acknowledged, so Slack sends it again
	}
	// From here on a stop does not cut the work off; it is bounded by patience.
	ctx = context.WithoutCancel(ctx)
	b.group.Go(func() {
		var answer any
		if t != nil {
			if answer, err = t.work(ctx); err != nil {
				return // as above
			}
		}
		acknowledging, cancel := context.WithTimeout(ctx, ackTime)
		defer cancel()
		if !request.AcceptsResponsePayload {
			answer = nil
		}
		if err := client.AckCtx(acknowledging, request.EnvelopeID, answer); err != nil {
			b.options.Logger.Warn("not acknowledged; Slack sends it again", "envelope", request.EnvelopeID)
		}
	})
}

// requestOf is the envelope of an event. Package socketmode hands over what it cannot read as an error;
// Slack wants that acknowledged, too.
func requestOf(e socketmode.Event) (r socketmode.Request, ok bool) {
	if e.Request != nil {
		return *e.Request, e.Request.EnvelopeID != ""
	}
	bad, is := e.Data.(*socketmode.ErrorBadMessage)
	if !is {
		return r, false
	}
	err := json.Unmarshal(bad.Message, &r)
	return r, err == nil && r.EnvelopeID != ""
}

// Why the bot is not ready.
var (
	errNotConnected = errors.New("not connected to Slack")
	errRevoked      = errors.New("tokens are not taken by Slack any more")
)

// Ready tells why nothing comes from Slack, nil if it does.
func (b *Bot) Ready() error {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	switch {
	case b.revoked:
		return errRevoked
	case b.self == (identity{}), b.up == 0 && b.options.AppToken != "": // else Slack calls us
		return errNotConnected
	}
	return nil
}

// setUp counts a connection that has been opened or lost.
func (b *Bot) setUp(open *bool, up bool) {
	if *open == up {
		return
	}
	*open = up
	b.mutex.Lock()
	if up {
		b.up++
	} else {
		b.up--
	}
	b.mutex.Unlock()
	if b.options.Observe.Connect(up); !up {
		b.options.Logger.Warn("connection to Slack lost; it is opened again")
	}
}

// accepted notes that Slack takes the tokens, whatever it said before.
func (b *Bot) accepted() {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.revoked = false
}

// lookAt looks whether an error says that the app was removed or its tokens were taken back.
func (b *Bot) lookAt(err error) {
	if !isSlack(err, "invalid_auth", "account_inactive", "token_revoked", "token_expired", "not_authed") {
		return
	}
	b.mutex.Lock()
	before := b.revoked
	b.revoked = true
	b.mutex.Unlock()
	if !before {
		b.options.Logger.Error("Slack does not take our tokens any more", "error", reasonOf(err))
	}
}

// Waiting is how many events wait or are worked on.
func (b *Bot) Waiting() int { return b.lines.depth() }
