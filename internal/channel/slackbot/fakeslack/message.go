package fakeslack

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// Message is one message of a channel as it stands now. Text is as Slack sends it: with &amp;,
// &lt; and &gt;, and with mentions as <@U1>.
type Message struct {
	Channel, TS, ThreadTS string
	User, BotID           string
	Text, Subtype         string
	ClientMsgID           string
	Blocks, Attachments   json.RawMessage
	Metadata, Files       json.RawMessage
	EphemeralTo           string // only this user sees it
	Edited                bool   // shown as edited
	Updates               int    // how often it was changed
	Deleted               bool
	Broadcast             bool     // a reply shown in the channel too
	Reactions             []string // names, of the bot
	Via                   string   // what made it: a person, a method, "response_url" or "ack"
}

// buttonValue finds the values of buttons, which the app has chosen.
var buttonValue = regexp.MustCompile(`"value":"([^"]*)"`)

// Value is the value of the first button that has a part in it, with false if there is none.
func (m Message) Value(part string) (string, bool) {
	for _, found := range buttonValue.FindAllStringSubmatch(string(m.Blocks), -1) {
		if strings.Contains(found[1], part) {
			return found[1], true
		}
	}
	return "", false
}

// ours says whether the app may change a message.
func (m *Message) ours() bool { return m.BotID == BotID }

// Messages are those of a channel in order, with ephemeral and deleted ones.
func (s *Slack) Messages(channel string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[channel]
	if c == nil {
		return nil
	}
	return copied(c.messages)
}

// Thread is a message and the replies to it in order, with ephemeral ones and without deleted ones.
func (s *Slack) Thread(channel, ts string) []Message {
	return slices.DeleteFunc(s.Messages(channel), func(m Message) bool {
		return m.Deleted || m.TS != ts && m.ThreadTS != ts
	})
}

// Message is one message, with false if there is none or if it was deleted.
func (s *Slack) Message(channel, ts string) (Message, bool) {
	for _, m := range s.Messages(channel) {
		if m.TS == ts && !m.Deleted {
			return m, true
		}
	}
	return Message{}, false
}

func copied(messages []*Message) []Message {
	all := make([]Message, len(messages))
	for i, m := range messages {
		all[i] = *m
		all[i].Reactions = slices.Clone(m.Reactions)
	}
	return all
}

// shape is a message as the Web API and events show it. The lock is held.
func (s *Slack) shape(m *Message) object {
	o := object{"type": "message", "text": m.Text, "ts": m.TS}
	put(o, "subtype", m.Subtype)
	put(o, "user", m.User)
	put(o, "client_msg_id", m.ClientMsgID)
	if m.User != "" {
		o["team"] = s.team(m.User)
	}
	if m.BotID != "" {
		o["bot_id"] = m.BotID
	}
	if m.ours() && m.Subtype == "" {
		o["app_id"], o["bot_profile"] = AppID, botProfile()
	}
	raw(o, "blocks", m.Blocks)
	raw(o, "attachments", m.Attachments)
	raw(o, "files", m.Files)
	if m.Edited {
		o["edited"] = object{"user": m.User, "ts": m.TS}
	}
	s.thread(o, m)
	return o
}

// thread adds what a message says of its thread.
func (s *Slack) thread(o object, m *Message) {
	c := s.channels[m.Channel]
	if m.ThreadTS != "" && m.ThreadTS != m.TS {
		o["thread_ts"] = m.ThreadTS
		if c != nil {
			if parent := c.find(m.ThreadTS); parent != nil {
				put(o, "parent_user_id", parent.User)
			}
		}
		return
	}
	if c == nil {
		return
	}
	replies := c.replies(m.TS)
	if len(replies) == 0 {
		return
	}
	var users []string
	for _, r := range replies {
		if !slices.Contains(users, r.User) {
			users = append(users, r.User)
		}
	}
	o["thread_ts"], o["reply_count"] = m.TS, len(replies)
	o["reply_users"], o["reply_users_count"] = users, len(users)
	o["latest_reply"], o["is_locked"], o["subscribed"] = replies[len(replies)-1].TS, false, true
}

func botProfile() object {
	return object{"id": BotID, "app_id": AppID, "name": BotName, "deleted": false, "updated": 1, "team_id": TeamID,
		"icons": object{"image_36": "", "image_48": "", "image_72": ""}}
}

func put(o object, key, value string) {
	if value != "" {
		o[key] = value
	}
}

func raw(o object, key string, value json.RawMessage) {
	if len(value) > 0 {
		o[key] = value
	}
}
