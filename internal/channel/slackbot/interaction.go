package slackbot

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
)

// errShape does not quote what it is about: that may be a customer's text.
var errShape = errors.New("not in the form that Slack documents")

// interaction is what is sent when somebody presses, chooses or fills in.
type interaction struct {
	Type       string          `json:"type"`
	Team       json.RawMessage `json:"team"`
	Enterprise json.RawMessage `json:"enterprise"`
	Whole      bool            `json:"is_enterprise_install"`
	User       json.RawMessage `json:"user"`
	Channel    json.RawMessage `json:"channel"`
	Trigger    string          `json:"trigger_id"`
	Respond    string          `json:"response_url"`
	Callback   string          `json:"callback_id"`
	View       view            `json:"view"`
	Container  struct {
		Message string `json:"message_ts"`
		Thread  string `json:"thread_ts"`
		Channel string `json:"channel_id"`
	} `json:"container"`
	Message struct {
		TS     string          `json:"ts"`
		Thread string          `json:"thread_ts"`
		Text   string          `json:"text"`
		User   string          `json:"user"`
		Bot    string          `json:"bot_id"`
		Blocks json.RawMessage `json:"blocks"`

		Attachments []struct {
			Text     string `json:"text"`
			Fallback string `json:"fallback"`
		} `json:"attachments"`
	} `json:"message"`
	Actions []struct {
		Action string `json:"action_id"`
		Block  string `json:"block_id"`
		Value  string `json:"value"`
		field
	} `json:"actions"`
}

// readInteraction reads what is sent for block_actions, shortcuts and views.
func readInteraction(body []byte, self identity) (event, error) {
	var in interaction
	if err := json.Unmarshal(body, &in); err != nil {
		return event{}, fmt.Errorf("read interaction: %w", errShape)
	}
	e := event{
		kind: kindNothing, team: in.team(), user: idOf(in.User), channel: first(idOf(in.Channel), in.Container.Channel),
		ts: first(in.Message.TS, in.Container.Message), thread: first(in.Message.Thread, in.Container.Thread), text: in.said(), blocks: in.Message.Blocks,
		callback: first(in.Callback, in.View.Callback), trigger: in.Trigger, respond: in.Respond, view: in.View,
		ours: in.Message.Bot != "" && in.Message.Bot == self.bot || in.Message.User != "" && in.Message.User == self.user,
	}
	switch in.Type {
	case "block_actions":
		if len(in.Actions) > 0 {
			a := in.Actions[0]
			e.kind, e.action, e.block, e.value = kindPress, a.Action, a.Block, first(a.Value, a.SelectedOption.Value, a.SelectedConversation)
		} else {
			e.kind = kindPress
		}
	case "message_action", "shortcut":
		e.kind = kindShortcut
	case "view_submission":
		e.kind = kindSubmit
	}
	if e.user == "" {
		e.kind = kindNothing
	}
	return e, nil
}

// said is the text of a message; that of some apps' stands beside it.
func (in interaction) said() string {
	text := in.Message.Text
	for _, one := range in.Message.Attachments {
		text = first(text, one.Text, one.Fallback)
	}
	return text
}

func (in interaction) team() string {
	if in.Whole || idOf(in.Team) == "" {
		return first(idOf(in.Enterprise), idOf(in.Team))
	}
	return idOf(in.Team)
}

// readCommand reads a slash command, as a form or as the same in JSON.
func readCommand(body []byte) (event, error) {
	fields := map[string]string{}
	if len(body) > 0 && body[0] == '{' {
		var loose map[string]any
		if err := json.Unmarshal(body, &loose); err != nil {
			return event{}, fmt.Errorf("read command: %w", errShape)
		}
		for name, value := range loose {
			fields[name], _ = value.(string)
		}
	} else {
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return event{}, fmt.Errorf("read command: %w", errShape)
		}
		for name := range form {
			fields[name] = form.Get(name)
		}
	}
	team := fields["team_id"]
	if fields["is_enterprise_install"] == "true" {
		team = first(fields["enterprise_id"], team)
	}
	e := event{
		kind: kindCommand, team: team, channel: fields["channel_id"], user: fields["user_id"], text: fields["text"],
		callback: fields["command"], trigger: fields["trigger_id"], respond: fields["response_url"],
	}
	if e.user == "" || e.callback == "" {
		return event{}, fmt.Errorf("read command: %w", errShape)
	}
	return e, nil
}

// first is the first text that is not empty.
func first(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}
