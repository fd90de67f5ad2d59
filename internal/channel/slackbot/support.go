package slackbot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"passdesk/internal/channel/slackbot/blocks"
	"passdesk/internal/chat"
)

// linked is what is kept under the thread of a hand-over, and under the conversation it is about.
type linked struct {
	Case         string `json:"case"`
	Reference    string `json:"reference"`
	Conversation string `json:"conversation"`
	Channel      string `json:"channel"`
	Thread       string `json:"thread"`
	Language     string `json:"language"`
}

func cardKey(channel, ts string) string { return strings.Join([]string{"card", channel, ts}, "/") }

func caseKey(conversation, reference string) string {
	return strings.Join([]string{"case", conversation, reference}, "/")
}

// HandOver is a conversation that goes to the support channel.
type HandOver struct {
	ID           string // the same whenever it is delivered again
	Conversation string
	Language     string // of the card
	Address      string // chat.Delivery.To, "" if the customer is not in Slack
	Card         blocks.Card
	Tries        int  // started so far, this one included
	Last         bool // there is no other try after this one
}

// HandOver posts a card into the support channel, once, and links its thread with the conversation.
func (b *Bot) HandOver(ctx context.Context, h HandOver) error {
	channel := b.options.SupportChannel
	var at address
	if json.Unmarshal([]byte(h.Address), &at) == nil && at.Channel != "" {
		h.Card.Customer = at.User
		if link, err := b.api.GetPermalinkContext(ctx, &slack.PermalinkParameters{Channel: at.Channel, Ts: at.Thread}); err == nil {
			h.Card.Permalink = link // without it the reference has to do
		}
	}
	ts, err := b.options.Marked(ctx, "handover/"+h.ID)
	if err != nil {
		return err
	}
	if ts == "" && h.Tries > 1 {
		if ts, err = b.postedInChannel(ctx, channel, h.ID); err != nil {
			return b.unreached(ctx, h, at, b.refusal(err))
		}
	}
	if ts == "" {
		if ts, err = b.post(ctx, channel, "", h.ID, blocks.HandOver(h.Card, b.words(h.Language))); err != nil {
			return b.unreached(ctx, h, at, b.refusal(err))
		}
	}
	link, err := json.Marshal(linked{Case: h.ID, Reference: h.Card.Reference, Conversation: h.Conversation, Channel: channel, Thread: ts, Language: h.Language})
	if err != nil {
		return err
	}
	_, card := b.options.Mark(ctx, cardKey(channel, ts), string(link))
	_, one := b.options.Mark(ctx, caseKey(h.Conversation, h.Card.Reference), string(link))
	_, done := b.options.Mark(ctx, "handover/"+h.ID, ts)
	return errors.Join(card, one, done)
}

// unreached tells the customer if the support channel will not take a hand-over any more, and how else to
// reach people. Until the customer is told, the hand-over is tried again; the operator sees it among the dead
// ones.
func (b *Bot) unreached(ctx context.Context, h HandOver, at address, refusal error) error {
	var r Refused
	if last := h.Last || errors.As(refusal, &r) && r.Never; !last {
		return refusal
	}
	over := chat.AgentMessage{ID: "unreached/" + h.ID, Conversation: h.Conversation, Reference: h.Card.Reference, Agent: Channel, Name: Channel, Do: chat.AgentClose}
	if _, err := b.options.Act(ctx, over); err != nil && !errors.Is(err, chat.ErrNotFound) { // else a person could not be asked for again
		b.options.Logger.Error("hand-over was not ended", "error", err.Error())
	}
	if at.Channel == "" {
		return refusal
	}
	notice := Job{ID: "unreached/" + h.Card.Reference, Tries: 2} // several messages to an agent may be in vain; it is looked for
	err := b.refusal(b.postOnce(ctx, at.Channel, at.Thread, notice, blocks.Unreached(b.options.Contact(h.Language).Parts, b.words(h.Language))))
	if err == nil {
		return refusal
	}
	b.options.Logger.Error("customer was not told that nobody could be reached", "error", err.Error())
	if errors.As(err, &r) && !r.Never && !h.Last {
		return err
	}
	return refusal
}

// postedInChannel looks for a card of ours among the last messages of a channel.
func (b *Bot) postedInChannel(ctx context.Context, channel, mark string) (string, error) {
	history, err := b.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{ChannelID: channel, Limit: 100, IncludeAllMetadata: true})
	if err != nil {
		return "", err
	}
	for _, m := range history.Messages {
		if m.Metadata.EventType == metadataType && m.Metadata.EventPayload["id"] == mark {
			return m.Timestamp, nil
		}
	}
	return "", nil
}

// support takes what an agent writes in the thread of a card to the customer, if it calls the bot: what
// colleagues write to each other stays there. Who calls it in vain is told why.
func (b *Bot) support(ctx context.Context, e event) error {
	if e.thread == "" || !e.mention {
		return errNotOurs
	}
	e, err := b.canonical(ctx, e)
	if err != nil {
		return err
	}
	link, err := b.link(ctx, cardKey(e.channel, e.thread))
	if err != nil {
		return err
	}
	text := plainText(e.text)
	why := ""
	switch {
	case link.Conversation == "":
		why = "note-no-card"
	case utf8.RuneCountInString(text) > mostRelayed:
		why = "note-too-long"
	default:
		if why, err = b.relay(ctx, e, link, text); err != nil {
			return taken(err)
		}
	}
	if why == "" && e.files {
		why = "note-files"
	}
	if why != "" {
		b.beside(ctx, func(ctx context.Context) { b.note(ctx, e, why) })
	}
	return nil
}

// mostRelayed is how many characters of an agent fit into one message to the customer.
const mostRelayed = 10_000

// relay says what an agent wrote in the conversation that a card is about, or why that cannot be.
func (b *Bot) relay(ctx context.Context, e event, link linked, text string) (why string, err error) {
	agent, name, may := b.speaker(ctx, e.user, link.Language)
	switch {
	case !may:
		return "note-agents-only", nil
	case text == "":
		return "", nil
	}
	holder, err := b.options.Take(ctx, link.Case, agent, name)
	switch {
	case err != nil:
		return "", err
	case holder != "" && !ours(holder):
		return "note-held", nil
	}
	from, err := json.Marshal(with{From: &said{Channel: e.channel, Thread: e.thread, TS: e.ts}})
	if err != nil {
		return "", err
	}
	say := chat.AgentMessage{
		ID: strings.Join([]string{"support", e.channel, e.ts}, "/"), Conversation: link.Conversation, Reference: link.Reference, Agent: agent, Name: name,
		Do: chat.AgentSay, Text: chat.Raw(text), With: string(from),
	}
	r, err := b.options.Act(ctx, say)
	if errors.Is(err, chat.ErrAway) && holder != "" { // of a case that is closed only what was said before counts
		join := say
		join.ID, join.Do, join.Text, join.With = "join/"+say.ID, chat.AgentJoin, "", ""
		if _, err = b.options.Act(ctx, join); err == nil {
			r, err = b.options.Act(ctx, say)
		}
	}
	switch {
	case errors.Is(err, chat.ErrNotFound), errors.Is(err, chat.ErrAway):
		return "note-gone", nil
	case errors.Is(err, chat.ErrInvalid):
		return "note-too-long", nil
	case err == nil && !strings.HasPrefix(link.Conversation, Channel+"-"): // else Deliver knows when it went out
		b.beside(ctx, func(ctx context.Context) { b.react(ctx, said{Channel: e.channel, TS: e.ts}) })
	}
	if r.Masked {
		why = "note-hidden"
	}
	return why, err
}

// speaker is somebody's id as an agent, what customers call them, and whether they may speak to customers.
// Slack is asked for both at once, for it waits for the acknowledgement meanwhile.
func (b *Bot) speaker(ctx context.Context, user, language string) (id, name string, may bool) {
	ctx, cancel := context.WithTimeout(ctx, b.options.Wait)
	defer cancel()
	b.locales.expect(ctx, user)
	may = b.mayPost(ctx, user)
	return Channel + "/" + user, first(b.locales.nameOf(ctx, user), b.words(language)["agent"]), may
}

// ours reports whether an agent is one of those in Slack, who have their cards in common.
func ours(agent string) bool { return strings.HasPrefix(agent, Channel+"/") }

// react shows an agent that what they wrote went out.
func (b *Bot) react(ctx context.Context, s said) {
	_ = b.api.AddReactionContext(ctx, "white_check_mark", slack.ItemRef{Channel: s.Channel, Timestamp: s.TS}) // it is there already, or the scope is missing
}

// link reads what a thread and a conversation have in common. It is kept as long as it is asked for.
func (b *Bot) link(ctx context.Context, key string) (l linked, err error) {
	kept, err := b.options.Marked(ctx, key)
	if err != nil || kept == "" {
		return l, err
	}
	if err = json.Unmarshal([]byte(kept), &l); err != nil {
		return l, fmt.Errorf("read link of card: %w", err)
	}
	_, err = b.options.Mark(ctx, key, kept)
	return l, err
}

// Relay takes what a customer wrote to an agent into the thread of the card. Without one the agent is
// somewhere else, and reads it there.
func (b *Bot) Relay(ctx context.Context, job Job) error {
	var details chat.Relayed
	if err := json.Unmarshal([]byte(job.Details), &details); err != nil {
		return Refused{Code: "details cannot be read", Never: true}
	}
	link, err := b.link(ctx, caseKey(job.Conversation, details.Reference))
	if err != nil || link.Thread == "" && !ours(details.Agent) {
		return err
	}
	turn, err := b.options.Turn(ctx, job.Conversation, job.Sequence)
	if errors.Is(err, chat.ErrNotFound) {
		return Refused{Code: "the conversation was forgotten", Never: true}
	}
	if err != nil {
		return err
	}
	switch {
	case details.Left && link.Thread == "":
		return nil
	case details.Left:
		return b.refusal(b.postOnce(ctx, link.Channel, link.Thread, job, blocks.Note(b.words(link.Language)["customer-left"])))
	}
	err = error(Refused{Code: "there is no card", Never: true})
	if link.Thread != "" {
		err = b.refusal(b.postOnce(ctx, link.Channel, link.Thread, job, blocks.Relayed(turn.Said, b.words(link.Language))))
	}
	if err == nil {
		return nil
	}
	var at address
	_ = json.Unmarshal(details.To, &at) // of a customer who is not in Slack there is none
	return b.unreached(ctx, HandOver{
		ID: job.ID, Conversation: job.Conversation, Language: turn.Reply.Language, Card: blocks.Card{Reference: details.Reference}, Tries: job.Tries, Last: job.Last,
	}, at, err)
}

// closeCase ends a hand-over: the bot is there for the customer again.
func (b *Bot) closeCase(ctx context.Context, e event) error {
	link, err := b.link(ctx, cardKey(e.channel, e.ts))
	if err != nil || link.Conversation == "" || e.channel != b.options.SupportChannel {
		return err
	}
	agent, name, may := b.speaker(ctx, e.user, link.Language)
	if !may {
		b.beside(ctx, func(ctx context.Context) { b.note(ctx, e, "note-agents-only") })
		return nil
	}
	holder, err := b.options.Take(ctx, link.Case, agent, name)
	switch {
	case err != nil:
		return err
	case holder != "" && !ours(holder):
		b.beside(ctx, func(ctx context.Context) { b.note(ctx, e, "note-held") })
		return nil
	case holder != "":
		if err := b.options.Close(ctx, link.Case, holder); err != nil {
			return err
		}
	}
	over := chat.AgentMessage{ID: "close/" + link.Case, Conversation: link.Conversation, Reference: link.Reference, Agent: agent, Name: name, Do: chat.AgentClose}
	if _, err := b.options.Act(ctx, over); err != nil && !errors.Is(err, chat.ErrNotFound) {
		return taken(err)
	}
	b.beside(ctx, func(ctx context.Context) {
		words := b.words(link.Language)
		if err := b.change(ctx, e.channel, e.ts, closed(e.blocks, words["case-closed"]+words["colon"]+name)); err != nil {
			b.options.Logger.Warn("card was not changed", "error", reasonOf(err))
		}
	})
	return nil
}

// closed is a card without its buttons, with a line that says so.
func closed(card json.RawMessage, line string) blocks.Message {
	note := blocks.Note(line)
	var shown slack.Blocks
	if err := json.Unmarshal(card, &shown); err != nil {
		return note
	}
	left := slices.DeleteFunc(shown.BlockSet, func(one slack.Block) bool { return one.BlockType() == slack.MBTAction })
	return blocks.Message{Text: note.Text, Blocks: append(left, note.Blocks...)}
}
