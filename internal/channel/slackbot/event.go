package slackbot

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// The kinds of events that the bot acts upon.
const (
	kindNothing  = "nothing" // for others, or of no interest
	kindMessage  = "message"
	kindPress    = "press"
	kindCommand  = "command"
	kindShortcut = "shortcut"
	kindSubmit   = "submit"
	kindHome     = "home" // somebody looks at the app
	kindRevoked  = "revoked"
	kindPerson   = "person" // somebody has changed something about themselves
)

// event is what Slack tells, from either transport. Only what the bot needs is read, so that a form of
// Slack's that is not known yet, in a part that is not needed, is no reason to stay silent.
type event struct {
	kind, id                   string // id is Slack's, of what came through the Events API
	language                   string // of the conversation, "" for that of the person
	team, channel, user        string
	ts, thread                 string // of the message; thread is "" outside of threads
	text, client               string // client is the sender's id of the message, "" if there is none
	direct, mention, legacy    bool   // direct: only the bot and one person are there; legacy: the old assistant
	tab                        string // of a home
	action, value, block       string // of a press
	callback, trigger, respond string // of shortcuts and views; respond is an address for answers
	view                       view
	external                   bool            // other organisations are in the channel
	blocks                     json.RawMessage // of the message that was pressed
	ours                       bool            // the message that was pressed or chosen is the bot's own
	files                      bool            // something came with the message
}

// root is the message that a thread hangs on.
func (e event) root() string {
	if e.thread != "" {
		return e.thread
	}
	return e.ts
}

// view is a window that the bot has opened.
type view struct {
	ID       string `json:"id"`
	Callback string `json:"callback_id"`
	Metadata string `json:"private_metadata"`
	State    struct {
		Values map[string]map[string]field `json:"values"`
	} `json:"state"`
}

// field is what somebody has filled in.
type field struct {
	Value          string `json:"value"`
	SelectedOption struct {
		Value string `json:"value"`
	} `json:"selected_option"`
	SelectedConversation string `json:"selected_conversation"`
}

// callback is the body of the Events API.
type callback struct {
	Type           string `json:"type"`
	Challenge      string `json:"challenge"`
	Team           string `json:"team_id"`
	Enterprise     string `json:"enterprise_id"`
	Authorizations []struct {
		Enterprise string `json:"enterprise_id"`
		Team       string `json:"team_id"`
		Whole      bool   `json:"is_enterprise_install"`
	} `json:"authorizations"`
	ID       string          `json:"event_id"`
	External bool            `json:"is_ext_shared_channel"`
	Event    json.RawMessage `json:"event"`
}

// inner is an event in it.
type inner struct {
	Type        string          `json:"type"`
	Subtype     string          `json:"subtype"`
	Channel     json.RawMessage `json:"channel"` // an id, in some events an object
	ChannelType string          `json:"channel_type"`
	User        json.RawMessage `json:"user"` // as Channel
	Bot         string          `json:"bot_id"`
	Text        string          `json:"text"`
	TS          string          `json:"ts"`
	Thread      string          `json:"thread_ts"`
	Client      string          `json:"client_msg_id"`
	Tab         string          `json:"tab"`
	Hidden      bool            `json:"hidden"`
	Files       json.RawMessage `json:"files"`
	Tokens      json.RawMessage `json:"tokens"`
	Assistant   struct {
		User    string `json:"user_id"`
		Channel string `json:"channel_id"`
		Thread  string `json:"thread_ts"`
	} `json:"assistant_thread"`
}

// readEvent reads the body of the Events API.
func readEvent(body []byte, self identity) (event, error) {
	var c callback
	if err := json.Unmarshal(body, &c); err != nil {
		return event{}, fmt.Errorf("read event: %w", errShape)
	}
	nothing := event{kind: kindNothing}
	if c.Type != "event_callback" {
		return nothing, nil
	}
	var in inner
	if err := json.Unmarshal(c.Event, &in); err != nil {
		return event{}, fmt.Errorf("read inner event: %w", errShape)
	}
	e := event{
		id: c.ID, team: c.team(), channel: idOf(in.Channel), user: idOf(in.User), ts: in.TS, thread: in.Thread, text: in.Text, client: in.Client,
		direct: in.ChannelType == "im" || strings.HasPrefix(idOf(in.Channel), "D"), tab: in.Tab, external: c.External, files: some(in.Files),
	}
	switch in.Type {
	case "message", "app_mention":
		if !in.fromPerson(self) {
			return nothing, nil
		}
		e.kind, e.mention = kindMessage, in.Type == "app_mention" || self.user != "" && strings.Contains(in.Text, "<@"+self.user)
	case "app_home_opened":
		e.kind = kindHome
	case "assistant_thread_started":
		e.kind, e.tab, e.legacy = kindHome, "messages", true
		e.user, e.channel, e.thread = in.Assistant.User, in.Assistant.Channel, in.Assistant.Thread
	case "user_change":
		e.kind = kindPerson
	case "tokens_revoked":
		var revoked struct {
			Bot json.RawMessage `json:"bot"`
		}
		if json.Unmarshal(in.Tokens, &revoked) != nil || !some(revoked.Bot) {
			return nothing, nil // not the bot's
		}
		e.kind = kindRevoked
	case "app_uninstalled":
		e.kind = kindRevoked
	default:
		return nothing, nil
	}
	return e, nil
}

// team is whose state it is: that of the team in which the app is, not of whoever writes in a channel that
// organisations share. An app that is there for a whole organisation has one for all of it.
func (c callback) team() string {
	if len(c.Authorizations) > 0 {
		one := c.Authorizations[0]
		if one.Whole && one.Enterprise != "" {
			return one.Enterprise
		}
		if one.Team != "" {
			return one.Team
		}
	}
	if c.Team == "" {
		return c.Enterprise
	}
	return c.Team
}

// fromPerson reports whether a person has said something new: no bot, no edit, no news of the channel.
func (in inner) fromPerson(self identity) bool {
	user := idOf(in.User)
	said := slices.Contains([]string{"", "file_share", "thread_broadcast"}, in.Subtype)
	return said && in.Bot == "" && !in.Hidden && in.TS != "" && user != "" && user != "USLACKBOT" && user != self.user && idOf(in.Channel) != ""
}

// some reports whether a list has anything in it.
func some(raw json.RawMessage) bool {
	var list []json.RawMessage
	return json.Unmarshal(raw, &list) == nil && len(list) > 0
}

// idOf is an id, or that of an object.
func idOf(raw json.RawMessage) string {
	var id string
	if json.Unmarshal(raw, &id) == nil {
		return id
	}
	var object struct {
		ID string `json:"id"`
	}
	_ = json.Unmarshal(raw, &object) // what has no id is nobody
	return object.ID
}
