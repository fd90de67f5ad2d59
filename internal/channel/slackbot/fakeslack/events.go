package fakeslack

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// messageEvent tells the app of a new message, and of its mention in it. The lock is held.
func (s *Slack) messageEvent(ch *channel, m *Message) {
	inner := s.shape(m)
	inner["channel"], inner["event_ts"] = ch.ID, m.TS
	if m.Broadcast {
		if root := ch.find(m.ThreadTS); root != nil {
			inner["root"] = s.shape(root)
		}
	}
	mention := maps.Clone(inner)
	inner["channel_type"] = ch.Kind
	s.event("message."+plural(ch.Kind), inner, ch)
	if strings.Contains(m.Text, "<@"+BotUserID+">") && m.User != BotUserID {
		mention["type"] = "app_mention"
		s.event("app_mention", mention, ch)
	}
}

// plural is how subscriptions name the kinds of channels.
func plural(kind string) string {
	if kind == "im" {
		return kind
	}
	return kind + "s"
}

// changedEvent tells the app that a message is not what it was.
func (s *Slack) changedEvent(ch *channel, m *Message, before object) {
	ts := s.stamp()
	s.event("message."+plural(ch.Kind), object{"type": "message", "subtype": "message_changed", "hidden": true,
		"message": s.shape(m), "previous_message": before, "channel": ch.ID, "channel_type": ch.Kind, "ts": ts, "event_ts": ts}, ch)
}

// remove deletes a message. One that has replies leaves a tombstone, so that they stay a thread.
func (s *Slack) remove(ch *channel, m *Message) {
	before := s.shape(m)
	if m.EphemeralTo == "" && len(ch.replies(m.TS)) > 0 {
		m.Subtype, m.Text, m.User, m.BotID = "tombstone", "This message was deleted.", "USLACKBOT", ""
		m.Blocks, m.Attachments, m.Metadata, m.Files = nil, nil, nil, nil
		s.touch()
		s.changedEvent(ch, m, before)
		return
	}
	m.Deleted = true
	s.touch()
	if m.EphemeralTo != "" {
		return
	}
	ts := s.stamp()
	s.event("message."+plural(ch.Kind), object{"type": "message", "subtype": "message_deleted", "hidden": true, "deleted_ts": m.TS,
		"previous_message": before, "channel": ch.ID, "channel_type": ch.Kind, "ts": ts, "event_ts": ts}, ch)
}

// event sends an event if the app subscribed to it and is where it happened. The lock is held.
func (s *Slack) event(subscription string, inner object, ch *channel) {
	if ch != nil && !ch.has(BotUserID) {
		return
	}
	if s.o.Events != nil && !slices.Contains(s.o.Events, subscription) {
		return
	}
	s.emit(inner, ch)
}

// emit wraps an event and sends it. The lock is held.
func (s *Slack) emit(inner object, ch *channel) {
	kind, _ := inner["type"].(string)
	id := s.id("Ev")
	payload, err := json.Marshal(object{
		"token": "fake", "team_id": TeamID, "context_team_id": TeamID, "context_enterprise_id": nil, "api_app_id": AppID,
		"event": inner, "type": "event_callback", "event_id": id, "event_time": s.o.Now().Unix(),
		"authorizations": []object{{"enterprise_id": nil, "team_id": TeamID, "user_id": BotUserID, "is_bot": true,
			"is_enterprise_install": false}},
		"is_ext_shared_channel": ch != nil && ch.External, "event_context": "4-" + kind + "-" + id,
	})
	if err != nil {
		return // inner came from a test that will see that nothing arrives
	}
	s.deliver(&delivery{kind: typeEvents, inner: kind, eventID: id, payload: payload})
}

// Event sends an event of any type, such as user_change or tokens_revoked, with an event id of its
// own. Subscriptions do not matter.
func (s *Slack) Event(inner map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	inner = maps.Clone(inner)
	if _, there := inner["event_ts"]; !there {
		inner["event_ts"] = s.stamp()
	}
	s.emit(inner, nil)
}

// Redeliver sends an event once more, as Slack does when it missed the answer. It says whether
// there was such an event.
func (s *Slack) Redeliver(eventID string, attempt int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range s.journal {
		if e.Kind == KindDelivery && e.EventID == eventID {
			s.deliver(&delivery{kind: e.Type, inner: e.Inner, eventID: eventID, payload: e.Payload, attempt: attempt, reason: reasonTimeout})
			return true
		}
	}
	return false
}

// Deliver sends anything at all. The type is that of an envelope: events_api, interactive,
// slash_commands or one that Slack does not have.
func (s *Slack) Deliver(envelopeType string, payload json.RawMessage) *Answer {
	var known struct {
		EventID string `json:"event_id"`
		Type    string `json:"type"`
		Command string `json:"command"`
		Event   struct {
			Type string `json:"type"`
		} `json:"event"`
	}
	_ = json.Unmarshal(payload, &known) // it may be anything
	d := &delivery{kind: envelopeType, eventID: known.EventID, payload: payload, inner: known.Type + known.Command}
	if known.Event.Type != "" {
		d.inner = known.Event.Type
	}
	d.accepts = envelopeType == typeCommands || known.Type == "view_submission" || known.Type == "block_suggestion"
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.deliver(d)
}

// unescape is a text as people see it.
func unescape(text string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text)
}
