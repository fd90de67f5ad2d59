package slackbot

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"passdesk/internal/channel/slackbot/blocks"
	"passdesk/internal/chat"
)

// press takes a button. What stands on old or foreign buttons is not trusted: whoever presses one is
// told, and gets the question again.
func (b *Bot) press(ctx context.Context, e event) error {
	switch {
	case strings.HasPrefix(e.action, "canned-") || strings.HasPrefix(e.action, "suggest-") || strings.HasPrefix(e.action, "home-"):
		return b.agentPress(ctx, e)
	case e.action == "case-close":
		return b.closeCase(ctx, e)
	case strings.HasPrefix(e.action, "link-"):
		return nil // Slack opens it
	}
	pressed, ok := blocks.ParsePress(e.value)
	at, own := b.owned(e, pressed)
	if ok && !own && !e.isDirect() {
		b.beside(ctx, func(ctx context.Context) { b.note(ctx, e, "note-not-yours") })
		return nil
	}
	before, err := b.before(ctx, at, pressed.Turn)
	switch {
	case err != nil:
		return err
	case !ok || !own || before.Sequence == 0 || e.channel == "" || e.ts == "":
		return b.afresh(ctx, e, at, own)
	}
	e.language = before.Reply.Language
	m, label := b.meaning(pressed, before)
	if label == "" {
		return b.afresh(ctx, e, at, own)
	}
	settled, err := json.Marshal(with{TS: e.ts, Turn: pressed.Turn, Label: label, User: e.user})
	if err != nil {
		return err
	}
	// The same button of the same message means the same, however often it is pressed.
	m.ID = strings.Join([]string{"press", e.team, e.channel, e.ts, e.value}, "/")
	if len(m.ID) > maxID {
		return b.afresh(ctx, e, at, own)
	}
	m.Channel, m.Conversation, m.Known, m.Locale = Channel, at.conversation(), true, b.locales.of(ctx, e.team, e.user)
	m.Deliver = chat.Delivery{To: at.String(), With: string(settled)}
	_, err = b.options.Handle(ctx, m)
	switch {
	case errors.Is(err, chat.ErrAnswered):
		b.beside(ctx, func(ctx context.Context) { b.note(ctx, e, "note-answered") })
		return nil
	case errors.Is(err, chat.ErrInvalid):
		return b.afresh(ctx, e, at, own) // content has changed since
	}
	return err
}

// owned is the conversation whose button was pressed, if it is the presser's: in a thread several people
// may have asked. In a channel that organisations share Slack names the team of who presses, and the
// conversation is in the app's.
func (b *Bot) owned(e event, p blocks.Press) (at address, own bool) {
	at = e.address()
	self := b.who()
	for _, team := range []string{e.team, self.team, self.enterprise} {
		one := at
		one.Team = team
		if blocks.Owner(one.conversation()) == p.Owner {
			return one, true
		}
	}
	return at, false
}

// isDirect reports whether only the bot and one person are there.
func (e event) isDirect() bool { return strings.HasPrefix(e.channel, "D") }

// maxID is the longest id of a message that the desk takes, in bytes.
const maxID = 256

// before is the turn that a button belongs to, the zero turn if it is not there.
func (b *Bot) before(ctx context.Context, at address, turn int64) (Turn, error) {
	if turn < 1 {
		return Turn{}, nil
	}
	before, err := b.options.Turn(ctx, at.conversation(), turn)
	if errors.Is(err, chat.ErrNotFound) {
		return Turn{}, nil
	}
	return before, err
}

// meaning is what a button says, and what stood on it; "" if it did not stand there.
func (b *Bot) meaning(p blocks.Press, before Turn) (m chat.Message, label string) {
	r := before.Reply
	switch p.Kind {
	case "choose":
		for _, c := range r.Choices {
			if c.Fact == p.Fact && c.Value == p.Value {
				return chat.Message{Choose: &chat.Choose{Fact: p.Fact, Value: p.Value}, After: p.Turn}, c.Label
			}
		}
	case "command":
		for _, button := range r.Commands {
			if string(button.Command) == p.Value {
				return chat.Message{Command: button.Command}, button.Label
			}
		}
	case "solved":
		if words := b.words(r.Language); r.Answer != "" && (p.Value == "yes" || p.Value == "no") {
			solved := &chat.Solved{Turn: p.Turn, Helped: p.Value == "yes"}
			return chat.Message{Text: chat.Raw(words["solved-"+p.Value+"-text"]), Solved: solved}, words["solved-"+p.Value]
		}
	case "speak":
		if p.Value != r.Language && (p.Value == "ja" || p.Value == "en") {
			return chat.Message{Command: chat.Start, Aside: true, Language: p.Value}, b.words(p.Value)["speak"]
		}
	}
	return m, ""
}

// minute is how often a button that is of no use has the question put again.
const minute = "200601021504"

// afresh tells whoever pressed that the button is of no use any more, and puts the question again that is
// open now. In a channel somebody else's buttons are somebody else's.
func (b *Bot) afresh(ctx context.Context, e event, at address, own bool) error {
	m := chat.Message{
		ID: strings.Join([]string{"afresh", e.team, e.channel, e.ts, e.user, b.options.Now().Format(minute)}, "/"), Channel: Channel, Conversation: at.conversation(),
		Known: !own && !e.isDirect(), Command: chat.Start, Aside: true, Locale: first(b.locales.of(ctx, e.team, e.user), b.options.Language), Deliver: chat.Delivery{To: at.String()},
	}
	note := "note-stale"
	if e.channel != "" && e.ts != "" {
		_, err := b.options.Handle(ctx, m)
		if errors.Is(err, chat.ErrNotFound) {
			note, err = "note-not-yours", nil
		}
		if err = taken(err); err != nil {
			return err
		}
	}
	b.beside(ctx, func(ctx context.Context) { b.note(ctx, e, note) })
	return nil
}
