package slackbot

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"passdesk/internal/chat"
)

// The kinds of bodies that Slack sends.
const (
	bodyEvent       = "events_api"
	bodyInteraction = "interactive"
	bodyCommand     = "slash_commands"
)

// What became of a delivery, as Observer.Delivery is told.
const (
	outcomeDone       = "done"
	outcomeIgnored    = "ignored"    // not for the bot
	outcomeUnreadable = "unreadable" // acknowledged all the same: Slack would only send it again
	outcomeRefused    = "refused"    // too many wait; Slack sends it again
	outcomeFailed     = "failed"     // not acknowledged, and Slack sends it again; or the person was told to try again
)

// patience is how long an event may wait for its turn and for the database. Slack wants its
// acknowledgement within three seconds and sends again what has none.
const patience = 2500 * time.Millisecond

// Outcomes lists all of them, for metrics.
func Outcomes() []string {
	return []string{outcomeDone, outcomeIgnored, outcomeUnreadable, outcomeRefused, outcomeFailed}
}

// Kinds lists the kinds of deliveries, for metrics.
func Kinds() []string {
	return []string{kindNothing, kindMessage, kindPress, kindCommand, kindShortcut, kindSubmit, kindHome, kindRevoked, kindPerson}
}

// errBusy says that Slack should send an event again.
var errBusy = errors.New("not taken")

// ticket is a delivery that has its place in a line.
type ticket struct {
	bot   *Bot
	event event
	began time.Time
	turn  <-chan struct{}
	leave func()
}

// admit reads a delivery and gives it its place. It never waits, so that what reads from Slack never
// does. A nil ticket with no error is for something that there is nothing to do about.
func (b *Bot) admit(kind string, body []byte) (*ticket, error) {
	began := b.options.Now()
	if kind == bodyEvent && b.who() == (identity{}) {
		return nil, errBusy // its own messages could not be told from others'
	}
	e, err := b.read(kind, body)
	if err != nil {
		b.options.Logger.Warn("unreadable delivery", "kind", kind, "error", err.Error())
		b.options.Observe.Delivery(kindNothing, outcomeUnreadable, b.options.Now().Sub(began))
		return nil, nil //nolint:nilnil // acknowledged, and nothing to do
	}
	if e.kind == kindNothing {
		b.options.Observe.Delivery(e.kind, outcomeIgnored, b.options.Now().Sub(began))
		return nil, nil //nolint:nilnil // as above
	}
	turn, leave, ok := b.lines.enter(e.line())
	if !ok {
		b.options.Observe.Delivery(e.kind, outcomeRefused, b.options.Now().Sub(began))
		b.beside(context.Background(), func(ctx context.Context) { b.note(ctx, e, "note-busy") })
		return nil, errBusy
	}
	return &ticket{bot: b, event: e, began: began, turn: turn, leave: leave}, nil
}

// line is what events wait for that must not overtake each other: what belongs to a thread, or else what one
// person does.
func (e event) line() string {
	key := []string{e.team, e.channel, e.root()}
	if e.root() == "" {
		key = append(key, e.user)
	}
	return strings.Join(key, "/")
}

func (b *Bot) read(kind string, body []byte) (event, error) {
	switch kind {
	case bodyEvent:
		return readEvent(body, b.who())
	case bodyInteraction:
		return readInteraction(body, b.who())
	case bodyCommand:
		return readCommand(body)
	}
	return event{kind: kindNothing}, nil
}

// work does what an event asks for, and returns when it is kept: an answer for the acknowledgement, nil
// for none. With an error it must not be acknowledged.
func (t *ticket) work(ctx context.Context) (answer any, err error) {
	defer t.leave()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	outcome := outcomeFailed
	defer func() {
		b := t.bot
		if fault := recover(); fault != nil {
			b.options.Logger.Error("panic", "kind", t.event.kind)
			answer, err = nil, nil // the next delivery of the same would do the same
			b.beside(ctx, func(ctx context.Context) { b.note(ctx, t.event, "note-fault") })
		}
		b.options.Observe.Delivery(t.event.kind, outcome, b.options.Now().Sub(t.began))
	}()
	select {
	case <-t.turn:
	case <-ctx.Done():
		return nil, errBusy
	}
	answer, err = t.bot.act(ctx, t.event)
	switch {
	case errors.Is(err, errNotOurs):
		outcome, err = outcomeIgnored, nil
	case err == nil:
		outcome = outcomeDone
	default:
		t.bot.options.Logger.Error("event was not taken", "kind", t.event.kind, "event", t.event.id, "team", t.event.team, "channel", t.event.channel, "ts", t.event.ts, "error", err.Error())
		if once := t.event.kind == kindPress || t.event.kind == kindCommand; once { // Slack does not send it again, and shows an error of its own
			t.bot.beside(ctx, func(ctx context.Context) { t.bot.note(ctx, t.event, "note-fault") })
			err = nil
		}
	}
	return answer, err
}

// errNotOurs says that nobody asked the bot.
var errNotOurs = errors.New("not for the bot")

// act is the switch over all events.
func (b *Bot) act(ctx context.Context, e event) (any, error) {
	switch e.kind {
	case kindMessage:
		return nil, b.hear(ctx, e)
	case kindPress:
		return nil, b.press(ctx, e)
	case kindCommand:
		return b.command(ctx, e)
	case kindShortcut:
		b.shortcut(ctx, e)
	case kindSubmit:
		return b.submit(ctx, e)
	case kindHome:
		b.beside(ctx, func(ctx context.Context) { b.home(ctx, e) })
	case kindRevoked:
		b.lookAt(slack.SlackErrorResponse{Err: "token_revoked"})
	case kindPerson:
		b.locales.forget(e.team, e.user)
	}
	return nil, nil
}

// conversation is the id of somebody's conversation in a thread. It is a digest, since ids of work are
// made of it, and since what Slack calls a thread tells nobody anything.
func conversation(team, channel, root, user string) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{team, channel, root, user}, "\x00")))
	return "slack-" + strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:20]))
}

// taken turns the desk's errors into whether Slack should send an event again.
func taken(err error) error {
	if errors.Is(err, chat.ErrInvalid) {
		return nil // it will never be anything else
	}
	return err
}
