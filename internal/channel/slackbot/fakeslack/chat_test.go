package fakeslack_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"passdesk/internal/channel/slackbot/fakeslack"
)

func text(s string) slack.MsgOption { return slack.MsgOptionText(s, false) }

// wantCode fails unless Slack refused with a code; no code means that it must not refuse.
func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	if code == "" && err == nil {
		return
	}
	var no slack.SlackErrorResponse
	if !errors.As(err, &no) || no.Err != code {
		t.Errorf("got %v, want %q", err, code)
	}
}

func TestWhereToPost(t *testing.T) {
	s, api := workspace(t, fakeslack.Options{})
	for channel, code := range map[string]string{"C1": "", "D1": "", "U1": "", "C2": "not_in_channel", "G1": "channel_not_found", "C9": "channel_not_found"} {
		_, _, err := api.PostMessageContext(t.Context(), channel, text("hello"))
		wantCode(t, err, code)
	}
	if got := s.Messages("D1"); len(got) != 2 {
		t.Errorf("%d messages in the DM, want the one to it and the one to the user", len(got))
	}
	s.Archive("C1")
	_, _, err := api.PostMessageContext(t.Context(), "C1", text("hello"))
	wantCode(t, err, "is_archived")
}

func TestWhatToPost(t *testing.T) {
	_, api := workspace(t, fakeslack.Options{})
	card := slack.MsgOptionBlocks(slack.NewActionBlock("", slack.NewButtonBlockElement("a", strings.Repeat("v", 2001), slack.NewTextBlockObject("plain_text", "x", false, false))))
	for code, options := range map[string][]slack.MsgOption{
		"no_text":                {},
		"":                       {text(strings.Repeat("x", 50_000))},
		"invalid_blocks":         {text("x"), card},
		"msg_blocks_too_long":    {slack.MsgOptionBlocks(section(strings.Repeat("x", 3000)), section(strings.Repeat("x", 3000)), section(strings.Repeat("x", 3000)), section(strings.Repeat("x", 3000)), section(strings.Repeat("x", 1201)))},
		"markdown_text_conflict": {text("x"), slack.MsgOptionMarkdownText("x")},
	} {
		_, _, err := api.PostMessageContext(t.Context(), "C1", options...)
		wantCode(t, err, code)
		var no slack.SlackErrorResponse
		if errors.As(err, &no) && code == "invalid_blocks" {
			if m := no.ResponseMetadata.Messages; len(m) != 1 || m[0] != "[ERROR] must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]" {
				t.Errorf("messages %q", m)
			}
		}
	}
}

func TestUpdateAndDelete(t *testing.T) {
	s, api := workspace(t, fakeslack.Options{})
	ctx := t.Context()
	_, ts, err := api.PostMessageContext(ctx, "C1", text("one"), slack.MsgOptionBlocks(section("one")))
	if err != nil {
		t.Fatal(err)
	}
	theirs := s.Post(fakeslack.Message{Channel: "C1", User: "U1", Text: "mine"})
	for at, code := range map[string]string{theirs: "cant_update_message", "1.000001": "message_not_found"} {
		_, _, _, err := api.UpdateMessageContext(ctx, "C1", at, text("x"))
		wantCode(t, err, code)
	}
	_, _, _, err = api.UpdateMessageContext(ctx, "C1", ts, text(strings.Repeat("x", 4001)))
	wantCode(t, err, "msg_too_long")
	_, _, _, err = api.UpdateMessageContext(ctx, "C1", ts, text("two"))
	wantCode(t, err, "")
	if got, _ := s.Message("C1", ts); got.Text != "two" || got.Blocks != nil || !got.Edited {
		t.Errorf("text alone must remove the blocks and mark the message: %+v", got)
	}
	_, _, err = api.DeleteMessageContext(ctx, "C1", theirs)
	wantCode(t, err, "cant_delete_message")
	_, _, err = api.DeleteMessageContext(ctx, "C1", ts)
	wantCode(t, err, "")
	if _, there := s.Message("C1", ts); there {
		t.Error("deleted and still there")
	}
	_, _, err = api.DeleteMessageContext(ctx, "C1", ts)
	wantCode(t, err, "message_not_found")
}

func TestThreads(t *testing.T) {
	s, api := workspace(t, fakeslack.Options{})
	ctx := t.Context()
	root := s.Post(fakeslack.Message{Channel: "C1", User: "U1", Text: "question"})
	var replies []string
	for range 3 {
		_, ts, err := api.PostMessageContext(ctx, "C1", text("answer"), slack.MsgOptionTS(root), slack.MsgOptionMetadata(slack.SlackMetadata{EventType: "answer", EventPayload: m{"id": "a1"}}))
		if err != nil {
			t.Fatal(err)
		}
		replies = append(replies, ts)
	}
	_, _, err := api.PostMessageContext(ctx, "C1", text("x"), slack.MsgOptionTS(replies[0]))
	wantCode(t, err, "cannot_reply_to_message")
	ask := &slack.GetConversationRepliesParameters{ChannelID: "C1", Timestamp: root, Limit: 2, IncludeAllMetadata: true}
	page, more, cursor, err := api.GetConversationRepliesContext(ctx, ask)
	if err != nil || len(page) != 2 || !more || page[0].ReplyCount != 3 || page[1].Metadata.EventPayload["id"] != "a1" {
		t.Fatalf("first page: %v %v %+v", err, more, page)
	}
	ask.Cursor = cursor
	page, more, _, err = api.GetConversationRepliesContext(ctx, ask)
	if err != nil || len(page) != 2 || more || page[1].Timestamp != replies[2] {
		t.Fatalf("last page: %v %v %+v", err, more, page)
	}
	link, err := api.GetPermalinkContext(ctx, &slack.PermalinkParameters{Channel: "C1", Ts: replies[0]})
	if err != nil || !strings.Contains(link, "thread_ts="+root) {
		t.Errorf("permalink %q: %v", link, err)
	}
	if len(s.Thread("C1", root)) != 4 {
		t.Errorf("thread %+v", s.Thread("C1", root))
	}
}

func TestReplyToADeletedMessageLosesItsThread(t *testing.T) {
	s, api := workspace(t, fakeslack.Options{})
	root := s.Post(fakeslack.Message{Channel: "C1", User: "U1", Text: "question"})
	s.Delete("C1", root)
	_, _, answer, err := api.PostMessageWithResponseContext(t.Context(), "C1", text("answer"), slack.MsgOptionTS(root))
	if err != nil || answer.ThreadTimestamp != "" {
		t.Errorf("thread %q, %v", answer.ThreadTimestamp, err)
	}
}

func TestEphemeral(t *testing.T) {
	s, api := workspace(t, fakeslack.Options{})
	ctx := t.Context()
	ts, err := api.PostEphemeralContext(ctx, "C1", "U1", text("psst"))
	wantCode(t, err, "")
	_, err = api.PostEphemeralContext(ctx, "C1", "U3", text("psst"))
	wantCode(t, err, "user_not_in_channel")
	_, _, _, err = api.UpdateMessageContext(ctx, "C1", ts, text("x"))
	wantCode(t, err, "message_not_found")
	if got := s.Messages("C1"); len(got) != 1 || got[0].EphemeralTo != "U1" {
		t.Errorf("%+v", got)
	}
	history, err := api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{ChannelID: "C1"})
	if err != nil || len(history.Messages) != 0 {
		t.Errorf("history shows what is ephemeral: %v %+v", err, history)
	}
}

func TestStrictRate(t *testing.T) {
	now := newClock()
	s, api := workspace(t, fakeslack.Options{Strict: true, Burst: 2, RateWait: 7, Now: now.now})
	post := func(channel string) error {
		_, _, err := api.PostMessageContext(t.Context(), channel, text("x"))
		return err
	}
	for _, channel := range []string{"C1", "C1", "D1"} {
		wantCode(t, post(channel), "")
	}
	var limited *slack.RateLimitedError
	if err := post("C1"); !errors.As(err, &limited) || limited.RetryAfter != 7*time.Second {
		t.Errorf("third at once: %v", err)
	}
	now.pass(time.Second)
	wantCode(t, post("C1"), "")
	if got := len(s.Messages("C1")); got != 3 {
		t.Errorf("%d messages", got)
	}
}
