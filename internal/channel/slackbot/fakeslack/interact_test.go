package fakeslack_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"passdesk/internal/channel/slackbot/fakeslack"
)

// interactions is an app that keeps what it got and answers with a payload of the test.
type interactions struct {
	mu      sync.Mutex
	got     []slack.InteractionCallback
	payload any
}

func (i *interactions) last() slack.InteractionCallback {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.got[len(i.got)-1]
}

func (i *interactions) say(payload any) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.payload = payload
}

func interacting(t *testing.T, o fakeslack.Options) (*fakeslack.Slack, *slack.Client, *interactions) {
	t.Helper()
	s, api := workspace(t, o)
	i := &interactions{}
	run(t, s, api, func(app *socketmode.Client, e socketmode.Event) {
		i.mu.Lock()
		if c, ok := e.Data.(slack.InteractionCallback); ok {
			i.got = append(i.got, c)
		}
		payload := i.payload
		i.mu.Unlock()
		acked(t, app, e, payload)
	})
	return s, api, i
}

func plainText(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
}

func TestPress(t *testing.T) {
	s, api, app := interacting(t, fakeslack.Options{})
	root := s.Post(fakeslack.Message{Channel: "C1", User: "U1", Text: "q"})
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, "menu", slack.NewOptionBlockObject("v1", plainText("One"), nil))
	feedback := slack.NewFeedbackButtonsBlockElement("fb", slack.NewFeedbackButton(plainText("Good"), "good"), slack.NewFeedbackButton(plainText("Bad"), "bad"))
	_, ts, err := api.PostMessageContext(t.Context(), "C1", text("choose"), slack.MsgOptionTS(root), slack.MsgOptionBlocks(
		slack.NewActionBlock("question", slack.NewButtonBlockElement("pick", "vpn", plainText("VPN")), menu),
		slack.NewContextActionsBlock("rate", feedback)))
	wantCode(t, err, "")
	if a := s.Press("U1", "C1", ts, "pick", "vpn"); !a.Ack().OK || a.TriggerID == "" || a.ResponseURL == "" {
		t.Fatalf("%+v", a.Ack())
	}
	c := app.last()
	action := c.ActionCallback.BlockActions[0]
	if c.Type != slack.InteractionTypeBlockActions || c.Container.MessageTs != ts || c.Container.ThreadTs != root || c.User.ID != "U1" ||
		action.ActionID != "pick" || action.BlockID != "question" || action.Value != "vpn" || action.Text.Text != "VPN" || c.Message.Timestamp != ts {
		t.Errorf("%+v %+v", c, action)
	}
	s.Press("U1", "C1", ts, "menu", "v1").Ack()
	if a := app.last().ActionCallback.BlockActions[0]; a.SelectedOption.Value != "v1" || a.SelectedOption.Text.Text != "One" {
		t.Errorf("%+v", a)
	}
	s.Press("U1", "C1", ts, "fb", "bad").Ack()
	if a := app.last().ActionCallback.BlockActions[0]; a.Value != "bad" || a.Text.Text != "Bad" || a.BlockID != "rate" {
		t.Errorf("%+v", a)
	}
	s.Press("U1", "C1", "1.000001", "gone", "{broken").Ack()
	if c := app.last(); c.Container.MessageTs != "1.000001" || c.ActionCallback.BlockActions[0].Value != "{broken" {
		t.Errorf("%+v", c)
	}
}

// form is a modal with a field that must be filled and a menu.
func form(title string) slack.ModalViewRequest {
	input := slack.NewInputBlock("name", plainText("Name"), nil, slack.NewPlainTextInputBlockElement(nil, "text"))
	menu := slack.NewInputBlock("where", plainText("Where"), nil, &slack.SelectBlockElement{Type: slack.OptTypeConversations, ActionID: "channel", ResponseURLEnabled: true})
	menu.Optional = true
	return slack.ModalViewRequest{Type: slack.VTModal, Title: plainText(title), Submit: plainText("Send"), NotifyOnClose: true,
		CallbackID: "form", Blocks: slack.Blocks{BlockSet: []slack.Block{input, menu}}}
}

func TestTriggers(t *testing.T) {
	now := newClock()
	s, api, _ := interacting(t, fakeslack.Options{Now: now.now})
	ctx := t.Context()
	open := func(trigger string) error { _, err := api.OpenViewContext(ctx, trigger, form("x")); return err }
	first := s.GlobalShortcut("U1", "search")
	first.Ack()
	now.pass(3 * time.Second)
	wantCode(t, open(first.TriggerID), "")
	wantCode(t, open(first.TriggerID), "exchanged_trigger_id")
	wantCode(t, open("1.2.3"), "invalid_trigger_id")
	second := s.GlobalShortcut("U1", "search")
	now.pass(3*time.Second + time.Millisecond)
	wantCode(t, open(second.TriggerID), "expired_trigger_id")
	wrong := form(strings.Repeat("x", 25))
	_, err := api.OpenViewContext(ctx, s.GlobalShortcut("U1", "search").TriggerID, wrong)
	wantCode(t, err, "invalid_arguments")
}

func TestForms(t *testing.T) {
	s, api, app := interacting(t, fakeslack.Options{})
	ctx := t.Context()
	opened, err := api.OpenViewContext(ctx, s.GlobalShortcut("U1", "search").TriggerID, form("first"))
	wantCode(t, err, "")
	if a := s.Submit("U1", opened.ID, nil).Ack(); a.Error != "missing input: name" {
		t.Errorf("a form that is not filled is not sent: %+v", a)
	}
	values := map[string]map[string]any{"name": {"text": "はな"}, "where": {"channel": "C1"}}
	app.say(slack.NewErrorsViewSubmissionResponse(map[string]string{"name": "no", "nowhere": "no"}))
	if a := s.Submit("U1", opened.ID, values).Ack(); a.Errors["name"] != "no" || len(a.Problems) != 1 {
		t.Errorf("%+v", a)
	}
	if c := app.last(); c.View.State.Values["name"]["text"].Value != "はな" || len(c.ResponseURLs) != 1 || c.ResponseURLs[0].ChannelID != "C1" {
		t.Errorf("%+v", c)
	}
	next := form("second")
	app.say(slack.NewPushViewSubmissionResponse(&next))
	s.Submit("U1", opened.ID, nil).Ack()
	if m := s.Modals("U1"); len(m) != 2 || m[1].PreviousID != opened.ID {
		t.Fatalf("%+v", m)
	}
	app.say(nil)
	s.CloseView("U1", s.Modals("U1")[1].ID, false).Ack()
	app.say(slack.NewUpdateViewSubmissionResponse(&next))
	s.Submit("U1", opened.ID, nil).Ack()
	if v, _ := s.View(opened.ID); v.Updates != 1 || v.Hash == opened.Hash {
		t.Errorf("%+v", v)
	}
	_, err = api.UpdateViewContext(ctx, form("third"), "", opened.Hash, opened.ID)
	wantCode(t, err, "hash_conflict")
	app.say(nil)
	s.Submit("U1", opened.ID, nil).Ack()
	if len(s.Modals("U1")) != 0 {
		t.Error("an empty answer closes the form")
	}
	_, err = api.UpdateViewContext(ctx, form("fourth"), "", "", opened.ID)
	wantCode(t, err, "not_found")
}

func TestPushLimit(t *testing.T) {
	s, api, _ := interacting(t, fakeslack.Options{})
	v, err := api.OpenViewContext(t.Context(), s.GlobalShortcut("U1", "search").TriggerID, form("1"))
	for _, code := range []string{"", "", "push_limit_reached"} {
		wantCode(t, err, "")
		_, refused := api.PushViewContext(t.Context(), s.PressView("U1", v.ID, "text", "x").TriggerID, form("2"))
		wantCode(t, refused, code)
	}
}

func TestHome(t *testing.T) {
	s, api := workspace(t, fakeslack.Options{})
	publish := func(hash *string) (*slack.ViewResponse, error) {
		return api.PublishViewContext(t.Context(), slack.PublishViewContextRequest{UserID: "U1", Hash: hash,
			View: slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{section("hello")}}}})
	}
	first, err := publish(nil)
	wantCode(t, err, "")
	second, err := publish(&first.Hash)
	wantCode(t, err, "")
	_, err = publish(&first.Hash)
	wantCode(t, err, "hash_conflict")
	if v, there := s.Home("U1"); !there || v.Hash != second.Hash || v.ID != first.ID {
		t.Errorf("%+v", v)
	}
}

func TestResponseURL(t *testing.T) {
	now := newClock()
	s, api, _ := interacting(t, fakeslack.Options{Now: now.now})
	_, ts, err := api.PostMessageContext(t.Context(), "C1", text("choose"), slack.MsgOptionBlocks(section("choose")))
	wantCode(t, err, "")
	reply := func(options ...slack.MsgOption) error {
		_, _, err := api.PostMessageContext(t.Context(), "C1", append(options, text("chosen"))...)
		return err
	}
	a := s.Press("U1", "C1", ts, "x", "y")
	wantCode(t, reply(slack.MsgOptionReplaceOriginal(a.ResponseURL)), "")
	if m, _ := s.Message("C1", ts); m.Text != "chosen" {
		t.Errorf("%+v", m)
	}
	wantCode(t, reply(slack.MsgOptionResponseURL(a.ResponseURL, slack.ResponseTypeEphemeral), slack.MsgOptionTS(ts)), "")
	wantCode(t, reply(slack.MsgOptionResponseURL(a.ResponseURL, slack.ResponseTypeInChannel)), "")
	later := a.Later()
	if len(later) != 2 || later[0].EphemeralTo != "U1" || later[0].ThreadTS != ts || later[1].Subtype != "bot_message" {
		t.Errorf("%+v", later)
	}
	wantCode(t, reply(slack.MsgOptionDeleteOriginal(a.ResponseURL)), "")
	if _, there := s.Message("C1", ts); there {
		t.Error("deleted and still there")
	}
	wantCode(t, reply(slack.MsgOptionResponseURL(a.ResponseURL, "")), "")
	if status, body := post(t, a.ResponseURL, "application/json", `{"text":"sixth"}`); status != http.StatusNotFound || !strings.Contains(body, "used_url") {
		t.Errorf("sixth use: %d %s", status, body)
	}
	b := s.Command("U1", "C2", "/answer", "")
	now.pass(30 * time.Minute)
	wantCode(t, reply(slack.MsgOptionResponseURL(b.ResponseURL, "")), "") // where the bot is no member
	now.pass(time.Second)
	if status, body := post(t, b.ResponseURL, "application/json", `{"text":"late"}`); status != http.StatusNotFound || !strings.Contains(body, "expired_url") {
		t.Errorf("after 30 minutes: %d %s", status, body)
	}
}

func TestCloseEndsEverything(t *testing.T) {
	s, api := workspace(t, fakeslack.Options{RetryAfter: []time.Duration{time.Hour}})
	a := s.Press("U1", "C1", "1.1", "a", "b")
	s.Post(fakeslack.Message{Channel: "D1", User: "U1", Text: "never heard"})
	s.Close()
	if a.Ack().Error != "dispatch_failed" {
		t.Errorf("%+v", a.Ack())
	}
	ctx, cancel := context.WithTimeout(t.Context(), wait)
	defer cancel()
	if _, err := api.AuthTestContext(ctx); err == nil || errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("closed, but %v", err)
	}
}
