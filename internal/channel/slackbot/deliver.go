package slackbot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"passdesk/internal/channel/slackbot/blocks"
	"passdesk/internal/chat"
)

// Job is a turn that is to be taken to Slack.
type Job struct {
	ID           string // the same whenever it is tried again
	Conversation string
	Sequence     int64
	Details      string // chat.Delivered as JSON
	Tries        int    // started so far, this one included
	Last         bool   // there is no other try after this one
}

// Refused is why something cannot be taken to Slack. Its text is a code of Slack's and may be kept.
type Refused struct {
	Code  string
	Wait  time.Duration // before it is tried again; 0: as the worker likes
	Never bool          // trying again cannot help
}

// Error is the code.
func (r Refused) Error() string { return "Slack: " + r.Code }

// refusal makes a Refused of an error of the Web API.
func (b *Bot) refusal(err error) error {
	b.lookAt(err)
	var limited *slack.RateLimitedError
	var already Refused
	switch {
	case err == nil:
		return nil
	case errors.As(err, &already):
		return already
	case errors.As(err, &limited):
		return Refused{Code: reasonOf(err), Wait: limited.RetryAfter}
	case errors.Is(err, errUnthreaded), isSlack(err, never...):
		return Refused{Code: reasonOf(err), Never: true}
	}
	return Refused{Code: reasonOf(err)}
}

// never are what Slack says of a message that it will not take later either, from what its reference lists for
// chat.postMessage, chat.update and conversations.replies.
var never = []string{
	"channel_not_found", "is_archived", "not_in_channel", "user_not_found", "cannot_dm_bot", "thread_not_found", "team_not_found", "messages_tab_disabled",
	"restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_locked", "restricted_action_thread_only_channel", "restricted_action_non_threadable_channel",
	"cannot_reply_to_message", "app_access_restricted", "ekm_access_denied", "slack_connect_file_link_sharing_blocked",
	"msg_too_long", "msg_blocks_too_long", "invalid_blocks", "invalid_blocks_format", "no_text", "invalid_arguments", "metadata_too_large", "invalid_metadata_format", "invalid_metadata_schema",
}

// Deliver posts the reply of a turn into its thread, once: after a try of which it is unknown whether
// Slack took it, the thread is looked at first.
func (b *Bot) Deliver(ctx context.Context, job Job) error {
	at, pressed, err := readDetails(job.Details)
	if err != nil {
		return Refused{Code: "details cannot be read", Never: true}
	}
	turn, err := b.options.Turn(ctx, job.Conversation, job.Sequence)
	if errors.Is(err, chat.ErrNotFound) {
		return Refused{Code: "the conversation was forgotten", Never: true}
	}
	if err != nil {
		return err
	}
	first, cancel := context.WithTimeout(ctx, settleWait)
	settled := b.settle(first, job.Conversation, at, pressed)
	cancel()
	if err := b.say(ctx, at, job, turn); err != nil {
		err = b.refusal(err)
		var r Refused
		if errors.As(err, &r) && (r.Never || job.Last) {
			b.undelivered(ctx, at, pressed, turn.Reply.Language, r.Code)
		}
		return err
	}
	if pressed.From != nil {
		b.react(ctx, *pressed.From)
	}
	settled = b.refusal(settled)
	var r Refused
	if settled != nil && (job.Tries > triesToSettle || errors.As(settled, &r) && r.Never) {
		b.options.Logger.Warn("buttons were not taken away", "channel", at.Channel, "ts", pressed.TS, "error", settled.Error())
		return nil
	}
	return settled
}

// Buttons that were pressed are of less weight than the answer: they hold it up for a moment, and the next
// one for a few tries.
const (
	settleWait    = 2 * time.Second
	triesToSettle = 3
)

// say posts what a turn says. If Slack cannot get a picture it refuses the whole message, which then goes
// without.
func (b *Bot) say(ctx context.Context, at address, job Job, turn Turn) error {
	m, says := b.message(turn, b.picture)
	if !says {
		return nil
	}
	err := b.postOnce(ctx, at.Channel, at.Thread, job, m)
	if isSlack(err, invalidBlocks...) {
		m, _ = b.message(turn, noPicture)
		err = b.postOnce(ctx, at.Channel, at.Thread, job, m)
	}
	return err
}

// invalidBlocks are what Slack says of a message with a picture that it cannot get.
var invalidBlocks = []string{"invalid_blocks", "invalid_blocks_format", "invalid_attachments"}

func noPicture(string) blocks.Picture {
	return func(string) (string, string, bool) { return "", "", false }
}

// undelivered tells whoever waits for a message, or believes that it went out, that it never will.
func (b *Bot) undelivered(ctx context.Context, at address, pressed with, language, code string) {
	if from := pressed.From; from != nil {
		_, err := b.post(ctx, from.Channel, from.Thread, "undelivered/"+from.TS, blocks.Note(b.words(b.options.Language)["note-undelivered"]))
		if err != nil {
			b.options.Logger.Error("agent was not told that a message was not delivered", "error", reasonOf(err))
		}
		return
	}
	id := "note-fault"
	if code == errUnthreaded.Error() {
		id = "note-no-thread"
	}
	b.note(ctx, event{team: at.Team, channel: at.Channel, user: at.User, language: language}, id)
}

// postOnce posts into a thread what it does not hold yet.
func (b *Bot) postOnce(ctx context.Context, channel, thread string, job Job, m blocks.Message) error {
	if job.Tries > 1 {
		ts, err := b.posted(ctx, channel, thread, job.ID)
		if errors.Is(err, errUnthreaded) {
			b.removeStray(ctx, channel, job.ID)
		}
		if ts != "" || err != nil {
			return err
		}
	}
	_, err := b.post(ctx, channel, thread, job.ID, m)
	return err
}

func readDetails(details string) (at address, pressed with, err error) {
	var d chat.Delivered
	if err = json.Unmarshal([]byte(details), &d); err == nil {
		err = json.Unmarshal(d.To, &at)
	}
	if err == nil && len(d.With) > 0 {
		err = json.Unmarshal(d.With, &pressed)
	}
	if err == nil && (at.Channel == "" || at.Thread == "") {
		err = fmt.Errorf("read details: %w", errShape)
	}
	return at, pressed, err
}

// settle takes the buttons off the message that was pressed and says what was chosen, and by whom.
func (b *Bot) settle(ctx context.Context, conversation string, at address, p with) error {
	if p.TS == "" {
		return nil
	}
	before, err := b.options.Turn(ctx, conversation, p.Turn)
	if errors.Is(err, chat.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	r := before.Reply
	err = b.change(ctx, at.Channel, p.TS, blocks.Settled(r, p.Label, p.User, b.words(r.Language), b.picture(r.Language)))
	if isSlack(err, invalidBlocks...) {
		err = b.change(ctx, at.Channel, p.TS, blocks.Settled(r, p.Label, p.User, b.words(r.Language), noPicture(r.Language)))
	}
	return err
}

// message is what a turn says in Slack; some say nothing.
func (b *Bot) message(turn Turn, picture func(language string) blocks.Picture) (m blocks.Message, says bool) {
	r := turn.Reply
	words := b.words(first(r.Language, b.options.Language))
	if by, agent := chat.AgentOf(turn.Pressed); agent {
		switch by.Do {
		case chat.AgentSay:
			return blocks.Agent(by.Name, turn.Said, words), true
		case chat.AgentJoin:
			return blocks.Note(words["agent-joined"]), true
		case chat.AgentLeave:
			return blocks.Note(words["agent-left"]), true
		}
		return m, false
	}
	if r.Text == "" && len(r.Choices) == 0 {
		return m, false // it was for the agent
	}
	return blocks.Reply(r, turn.Sequence, words, picture(r.Language)), true
}

// pause waits, but no longer than the context lasts.
func pause(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
