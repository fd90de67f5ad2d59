package slackbot

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"passdesk/internal/chat"
)

// address is where a conversation is.
type address struct {
	Team    string `json:"team"`
	Channel string `json:"channel"`
	Thread  string `json:"thread"`
	User    string `json:"user"`
}

func (a address) String() string {
	data, err := json.Marshal(a)
	if err != nil { // cannot be: strings
		return "{}"
	}
	return string(data)
}

func (a address) conversation() string { return conversation(a.Team, a.Channel, a.Thread, a.User) }

// with is what goes with a reply: the message whose button was pressed, or what an agent wrote.
type with struct {
	TS    string `json:"ts"`
	Turn  int64  `json:"turn"`
	Label string `json:"label"` // words of ours: what stood on the button
	User  string `json:"user"`
	From  *said  `json:"from,omitempty"`
}

// said is what an agent wrote in the thread of a card.
type said struct {
	Channel string `json:"channel"`
	Thread  string `json:"thread"`
	TS      string `json:"ts"`
}

// hear takes a message of a person's: from the support channel to a customer, or from a customer.
func (b *Bot) hear(ctx context.Context, e event) error {
	if b.options.SupportChannel != "" && e.channel == b.options.SupportChannel {
		return b.support(ctx, e)
	}
	e, err := b.heard(ctx, e)
	if err != nil {
		return err
	}
	at := e.address()
	m := chat.Message{
		ID: strings.Join([]string{e.team, e.channel, e.ts}, "/"), Channel: Channel, Conversation: at.conversation(), Known: !e.called(),
		Locale: first(b.locales.of(ctx, e.team, e.user), b.options.Language), Deliver: chat.Delivery{To: at.String()},
	}
	text := plainText(e.text)
	if m.Text = chat.Raw(text); !hasWords(text) {
		m.Command, m.Aside = chat.Start, true // a call, a picture or a face: where it stands, or the first question
	}
	if e.files {
		m.Attachment = b.words(m.Locale)["attached"]
	}
	if _, err = b.options.Handle(ctx, m); errors.Is(err, chat.ErrNotFound) {
		return errNotOurs
	}
	return taken(err)
}

// called reports whether a message is for the bot by itself. What people write to each other in a channel
// is none of its business, but it may go on with a conversation.
func (e event) called() bool { return e.direct || e.mention }

// address is the place of the conversation that an event belongs to.
func (e event) address() address {
	return address{Team: e.team, Channel: e.channel, Thread: e.root(), User: e.user}
}

// heard is canonical for what may be for the bot, and keeps nothing of the rest.
func (b *Bot) heard(ctx context.Context, e event) (event, error) {
	if !e.called() {
		if e.thread == "" {
			return e, errNotOurs
		}
		switch before, err := b.before(ctx, e.address(), 1); {
		case err != nil:
			return e, err
		case before.Sequence == 0:
			return e, errNotOurs
		}
	}
	return b.canonical(ctx, e)
}

// canonical is the message that a message repeats: clients that lose their connection send the same
// again as another one, with the sender's id of the first.
func (b *Bot) canonical(ctx context.Context, e event) (event, error) {
	if e.client == "" {
		return e, nil
	}
	kept, err := b.options.Mark(ctx, strings.Join([]string{"client", e.team, e.channel, e.user, e.client}, "/"), e.ts+" "+e.thread)
	if err != nil {
		return e, err
	}
	e.ts, e.thread, _ = strings.Cut(kept, " ")
	return e, nil
}

// hasWords reports whether a text says anything: a face such as ":smile:" does not.
func hasWords(text string) bool {
	for word := range strings.FieldsSeq(text) {
		face := len(word) > 2 && strings.HasPrefix(word, ":") && strings.HasSuffix(word, ":")
		if !face && strings.ContainsFunc(word, isLetter) {
			return true
		}
	}
	return false
}
