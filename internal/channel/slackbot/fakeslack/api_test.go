package fakeslack_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"passdesk/internal/channel/slackbot/fakeslack"
)

func TestTokens(t *testing.T) {
	s, api := workspace(t, fakeslack.Options{Scopes: []string{"chat:write", "im:history"}})
	ctx := t.Context()
	who, err := api.AuthTestContext(ctx)
	if err != nil || who.UserID != fakeslack.BotUserID || who.BotID != fakeslack.BotID || who.Header.Get("X-OAuth-Scopes") != "chat:write,im:history" {
		t.Errorf("%+v %v", who, err)
	}
	for token, code := range map[string]string{"xoxb-other": "invalid_auth", "": "not_authed", "xapp-fake": "not_allowed_token_type"} {
		_, err := client(s.URL(), token, "").AuthTestContext(ctx)
		wantCode(t, err, code)
	}
	_, err = api.GetUserInfoContext(ctx, "U1")
	var no slack.SlackErrorResponse
	if !errors.As(err, &no) || no.Err != "missing_scope" || no.Needed != "users:read" || no.Provided != "chat:write,im:history" {
		t.Errorf("%+v", no)
	}
	_, err = api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{ChannelID: "C1"})
	wantCode(t, err, "missing_scope")
	_, err = api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{ChannelID: "D1"})
	wantCode(t, err, "")
}

func TestPeople(t *testing.T) {
	s, api := workspace(t, fakeslack.Options{})
	ctx := t.Context()
	s.AddUser(fakeslack.User{ID: "U4", Name: "guest", Stranger: true, TeamID: "T2"})
	s.AddGroup("S1", "U2")
	u, err := api.GetUserInfoContext(ctx, "U1")
	if err != nil || u.Locale != "ja-JP" || u.Name != "hana" {
		t.Errorf("%+v %v", u, err)
	}
	u, err = api.GetUserInfoContext(ctx, "U4")
	if err != nil || !u.IsStranger || u.TeamID != "T2" {
		t.Errorf("%+v %v", u, err)
	}
	for id, code := range map[string]string{"U3": "user_not_visible", "U9": "user_not_found"} {
		_, err := api.GetUserInfoContext(ctx, id)
		wantCode(t, err, code)
	}
	members, err := api.GetUserGroupMembersContext(ctx, "S1")
	if err != nil || len(members) != 1 {
		t.Errorf("%v %v", members, err)
	}
	dm, _, _, err := api.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{"U1"}})
	if err != nil || dm.ID != "D1" {
		t.Errorf("%+v %v", dm, err)
	}
	info, err := api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: "C2"})
	if err != nil || info.IsMember || !info.IsChannel {
		t.Errorf("%+v %v", info, err)
	}
}

func TestAssistantAndReactions(t *testing.T) {
	s, api := workspace(t, fakeslack.Options{})
	ctx := t.Context()
	prompts := slack.AssistantThreadsSetSuggestedPromptsParameters{ChannelID: "D1"}
	for range 4 {
		prompts.AddPrompt("VPN", "My VPN does not work")
	}
	wantCode(t, api.SetAssistantThreadsSuggestedPromptsContext(ctx, prompts), "")
	prompts.AddPrompt("one", "too many")
	wantCode(t, api.SetAssistantThreadsSuggestedPromptsContext(ctx, prompts), "invalid_arguments")
	if got := s.Prompts("D1"); len(got) != 4 || got[0].Title != "VPN" {
		t.Errorf("%+v", got)
	}
	ts := s.Post(fakeslack.Message{Channel: "D1", User: "U1", Text: "hi"})
	wantCode(t, api.SetAssistantThreadsStatusContext(ctx, slack.AssistantThreadsSetStatusParameters{ChannelID: "D1", ThreadTS: ts, Status: "is looking"}), "")
	if s.Status("D1", ts) != "is looking" {
		t.Error("no status")
	}
	_, _, err := api.PostMessageContext(ctx, "D1", text("found"), slack.MsgOptionTS(ts))
	if wantCode(t, err, ""); s.Status("D1", ts) != "" {
		t.Error("the answer must end the status")
	}
	wantCode(t, api.SetAssistantThreadsStatusContext(ctx, slack.AssistantThreadsSetStatusParameters{ChannelID: "D1", ThreadTS: "1.2", Status: "x"}), "invalid_thread_ts")
	wantCode(t, api.AddReactionContext(ctx, "eyes", slack.NewRefToMessage("D1", ts)), "")
	wantCode(t, api.AddReactionContext(ctx, "eyes", slack.NewRefToMessage("D1", ts)), "already_reacted")
}

func TestBodies(t *testing.T) {
	s, _ := workspace(t, fakeslack.Options{})
	for name, c := range map[string]struct{ contentType, body, answer string }{
		"json":            {"application/json; charset=utf-8", `{"channel":"C1","text":"x","blocks":[{"type":"divider"}]}`, `"ok":true`},
		"json no charset": {"application/json", `{"channel":"C1","text":"x"}`, `"warning":"missing_charset"`},
		"broken json":     {"application/json; charset=utf-8", `{`, `"error":"invalid_json"`},
		"form":            {"application/x-www-form-urlencoded", `channel=C1&text=x&blocks=%5B%7B%22type%22%3A%22divider%22%7D%5D`, `"ok":true`},
		"no array":        {"application/json; charset=utf-8", `{"channel":"C1","blocks":"{"}`, `"error":"invalid_blocks_format"`},
		"metadata":        {"application/json; charset=utf-8", `{"channel":"C1","text":"x","metadata":{"event_type":"a"}}`, `"error":"invalid_metadata_format"`},
	} {
		t.Run(name, func(t *testing.T) {
			status, body := post(t, s.URL()+"/api/chat.postMessage", c.contentType, c.body)
			if status != 200 || !strings.Contains(body, c.answer) {
				t.Errorf("%d %s", status, body)
			}
		})
	}
	if _, body := post(t, s.URL()+"/api/chat.shout", "application/json; charset=utf-8", "{}"); !strings.Contains(body, "unknown_method") {
		t.Error(body)
	}
	for _, e := range s.Calls("") {
		if strings.Contains(string(raw(t, e)), "xoxb-") {
			t.Errorf("a token in the journal: %+v", e)
		}
	}
}

func post(t *testing.T, url, contentType, body string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("Authorization", "Bearer xoxb-fake")
	answer, err := (&http.Client{Timeout: wait, Transport: &http.Transport{DisableKeepAlives: true}}).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	all, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(all)
}

func TestFaults(t *testing.T) {
	s, api := workspace(t, fakeslack.Options{})
	for name, c := range map[string]struct {
		fault fakeslack.Fault
		posts int
		check func(error) bool
	}{
		"code": {fakeslack.Fault{Times: 1, Error: "fatal_error"}, 0, func(err error) bool { return err != nil && err.Error() == "fatal_error" }},
		"500":  {fakeslack.Fault{Times: 1, Status: 500}, 0, func(err error) bool { var e slack.StatusCodeError; return errors.As(err, &e) && e.Code == 500 }},
		"429": {fakeslack.Fault{Times: 1, RetryAfter: 3}, 0, func(err error) bool {
			var e *slack.RateLimitedError
			return errors.As(err, &e) && e.RetryAfter == 3*time.Second
		}},
		"cut before": {fakeslack.Fault{Times: 1, CutBefore: true}, 0, func(err error) bool { return err != nil }},
		"cut after":  {fakeslack.Fault{Times: 1, CutAfter: true}, 1, func(err error) bool { return err != nil }},
		"slow":       {fakeslack.Fault{Times: 1, Delay: time.Millisecond, DelayAfter: time.Millisecond}, 1, func(err error) bool { return err == nil }},
	} {
		t.Run(name, func(t *testing.T) {
			before := len(s.Messages("C1"))
			s.Fail("chat.postMessage", c.fault)
			if _, _, err := api.PostMessageContext(t.Context(), "C1", text(name)); !c.check(err) {
				t.Errorf("error %v", err)
			}
			if n := len(s.Messages("C1")) - before; n != c.posts {
				t.Errorf("%d posts, want %d", n, c.posts)
			}
			if _, _, err := api.PostMessageContext(t.Context(), "C1", text(name)); err != nil {
				t.Errorf("after the fault: %v", err)
			}
		})
	}
	s.Fail("*", fakeslack.Fault{Error: "token_revoked"})
	_, err := api.AuthTestContext(t.Context())
	wantCode(t, err, "token_revoked")
	s.Mend("*")
	_, err = api.AuthTestContext(t.Context())
	wantCode(t, err, "")
}
