package slackbot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path"
	"strings"
	"unicode"

	"github.com/slack-go/slack"

	"passdesk/internal/channel/slackbot/blocks"
)

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// metadataType is what the bot's own messages are marked with, so that it knows them again.
const metadataType = "passdesk"

// post posts a message into a thread and returns its ts. mark tells it from all others.
func (b *Bot) post(ctx context.Context, channel, thread, mark string, m blocks.Message) (ts string, err error) {
	return b.postMarked(ctx, channel, thread, map[string]any{"id": mark}, m)
}

// postMarked is post with more in the mark. It waits until it is the channel's turn.
func (b *Bot) postMarked(ctx context.Context, channel, thread string, mark map[string]any, m blocks.Message) (ts string, err error) {
	options := []slack.MsgOption{
		slack.MsgOptionText(m.Text, false), slack.MsgOptionBlocks(m.Blocks...), slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(),
		slack.MsgOptionMetadata(slack.SlackMetadata{EventType: metadataType, EventPayload: mark}),
	}
	if thread != "" {
		options = append(options, slack.MsgOptionTS(thread))
	}
	if err := b.pace.wait(ctx, channel); err != nil {
		return "", err
	}
	_, ts, posted, err := b.api.PostMessageWithResponseContext(ctx, channel, options...)
	var limited *slack.RateLimitedError
	if errors.As(err, &limited) {
		b.pace.hold(channel, limited.RetryAfter)
	}
	if err != nil {
		return "", fmt.Errorf("post message: %w", err)
	}
	b.accepted()
	if thread != "" && posted.ThreadTimestamp == "" {
		// The message that the thread hung on is gone. What was for a thread is not for everybody.
		id, _ := mark["id"].(string)
		if err := b.remove(ctx, channel, ts, id); err != nil {
			return "", err
		}
		return "", errUnthreaded
	}
	return ts, nil
}

// remove deletes what was posted outside of its thread, or notes that it still has to be deleted.
func (b *Bot) remove(ctx context.Context, channel, ts, mark string) error {
	_, _, err := b.api.DeleteMessageContext(ctx, channel, ts)
	if err == nil || isSlack(err, "message_not_found") {
		return nil
	}
	if _, failed := b.options.Mark(ctx, "stray/"+mark, ts); failed != nil {
		return fmt.Errorf("note message outside of its thread: %w", failed)
	}
	return fmt.Errorf("delete message outside of its thread: %w", err)
}

// removeStray deletes what an earlier try posted outside of its thread and could not delete.
func (b *Bot) removeStray(ctx context.Context, channel, mark string) {
	ts, err := b.options.Marked(ctx, "stray/"+mark)
	if err == nil && ts != "" {
		err = b.remove(ctx, channel, ts, mark)
	}
	if err != nil {
		b.options.Logger.Error("message outside of its thread was not deleted", "channel", channel, "ts", ts, "error", reasonOf(err))
	}
}

// errUnthreaded says that there is no thread any more to answer in.
var errUnthreaded = errors.New("the thread is gone")

// posted looks for a message of ours in a thread, for it is unknown whether it was taken. It returns ""
// if it was not.
func (b *Bot) posted(ctx context.Context, channel, thread, mark string) (ts string, err error) {
	p := &slack.GetConversationRepliesParameters{ChannelID: channel, Timestamp: thread, Limit: 200, IncludeAllMetadata: true}
	for {
		messages, more, next, err := b.api.GetConversationRepliesContext(ctx, p)
		if isSlack(err, "thread_not_found") {
			return "", errUnthreaded
		}
		if err != nil {
			return "", fmt.Errorf("look into thread: %w", err)
		}
		for _, m := range messages {
			if m.Metadata.EventType == metadataType && m.Metadata.EventPayload["id"] == mark {
				return m.Timestamp, nil
			}
		}
		if !more || next == "" {
			return "", nil
		}
		p.Cursor = next
	}
}

// change replaces a message of ours. That it is gone, or not ours, is nobody's loss.
func (b *Bot) change(ctx context.Context, channel, ts string, m blocks.Message) error {
	_, _, _, err := b.api.UpdateMessageContext(ctx, channel, ts, slack.MsgOptionText(m.Text, false), slack.MsgOptionBlocks(m.Blocks...))
	if isSlack(err, "message_not_found", "cant_update_message", "edit_window_closed", "channel_not_found", "is_archived", "not_in_channel") {
		return nil
	}
	if err != nil {
		return fmt.Errorf("change message: %w", err)
	}
	return nil
}

// note tells one person something that only they see; nothing depends on it.
func (b *Bot) note(ctx context.Context, e event, id string) {
	if e.channel == "" || e.user == "" {
		return
	}
	language := first(e.language, b.locales.of(ctx, e.team, e.user), b.options.Language)
	b.tell(ctx, e, blocks.Note(b.words(language)[id]))
}

// tell is note with any message.
func (b *Bot) tell(ctx context.Context, e event, m blocks.Message) {
	options := []slack.MsgOption{slack.MsgOptionText(m.Text, false), slack.MsgOptionBlocks(m.Blocks...)}
	if e.thread != "" {
		options = append(options, slack.MsgOptionTS(e.thread))
	}
	_, err := b.api.PostEphemeralContext(ctx, e.channel, e.user, options...)
	if isSlack(err, append([]string{"user_not_in_channel"}, never...)...) { // then it is said in private
		_, err = b.post(ctx, e.user, "", "note/"+e.trigger+e.ts, m)
	}
	if err != nil {
		b.options.Logger.Warn("note was not shown", "channel", e.channel, "error", reasonOf(err))
	}
}

// isSlack reports whether Slack gave one of these errors.
func isSlack(err error, codes ...string) bool {
	var refused slack.SlackErrorResponse
	if !errors.As(err, &refused) {
		return false
	}
	for _, code := range codes {
		if refused.Err == code {
			return true
		}
	}
	return false
}

// reasonOf is an error's code; its text may hold an address with a token.
func reasonOf(err error) string {
	var refused slack.SlackErrorResponse
	var status slack.StatusCodeError
	var limited *slack.RateLimitedError
	switch {
	case errors.As(err, &refused):
		return refused.Err
	case errors.As(err, &limited):
		return "ratelimited"
	case errors.As(err, &status):
		return fmt.Sprintf("status %d", status.Code)
	case errors.Is(err, context.DeadlineExceeded):
		return "no answer in time"
	case errors.Is(err, errUnthreaded):
		return errUnthreaded.Error()
	}
	return "no connection"
}

// counting counts calls of the Web API by method.
type counting struct {
	client *http.Client
	count  func(method, outcome string)
}

// Do implements what package slack wants of a client.
func (c counting) Do(r *http.Request) (*http.Response, error) {
	answer, err := c.client.Do(r)
	outcome := "answered"
	switch {
	case err == nil && answer.StatusCode == http.StatusOK && isRefusal(answer):
		outcome = "refused"
	case err != nil:
		outcome = "failed"
	case answer.StatusCode == http.StatusTooManyRequests:
		outcome = "limited"
	case answer.StatusCode >= http.StatusBadRequest:
		outcome = "refused"
	}
	c.count(path.Base(r.URL.Path), outcome)
	return answer, err
}

// isRefusal reads the answer, which is whole afterwards: Slack refuses with status 200.
func isRefusal(answer *http.Response) bool {
	if !strings.HasPrefix(answer.Header.Get("Content-Type"), "application/json") {
		return false
	}
	body, err := io.ReadAll(answer.Body)
	rest := answer.Body
	answer.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(body), failing{err}), rest}
	var said struct {
		OK *bool `json:"ok"`
	}
	return err == nil && json.Unmarshal(body, &said) == nil && said.OK != nil && !*said.OK
}

// failing fails as reading did before, io.EOF for nil.
type failing struct{ err error }

// Read implements io.Reader.
func (f failing) Read([]byte) (int, error) {
	if f.err == nil {
		return 0, io.EOF
	}
	return 0, f.err
}
