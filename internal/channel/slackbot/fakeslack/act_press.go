package fakeslack

import (
	"encoding/json"
	"maps"
)

// gesture is what every interaction of a user says. The lock is held.
func (s *Slack) gesture(kind, user, view string) (object, *Answer) {
	a := &Answer{s: s, TriggerID: s.newTrigger(user, view)}
	name := s.userName(user)
	return object{"type": kind, "token": "fake", "api_app_id": AppID, "trigger_id": a.TriggerID,
		"team": object{"id": TeamID, "domain": TeamDomain}, "enterprise": nil, "is_enterprise_install": false,
		"user": object{"id": user, "username": name, "name": name, "team_id": s.team(user)}}, a
}

// interact sends an interaction. The lock is held.
func (s *Slack) interact(payload object, a *Answer, apply func(json.RawMessage) Ack) *Answer {
	kind, _ := payload["type"].(string)
	d := &delivery{kind: typeInteractive, inner: kind, payload: frameOf(payload), answer: a, apply: apply}
	d.accepts = apply != nil
	return s.deliver(d)
}

// somewhere is a channel, even one the workspace does not have.
func (s *Slack) somewhere(id string) *channel {
	if ch := s.channels[id]; ch != nil {
		return ch
	}
	return &channel{Channel: Channel{ID: id, Name: "unknown", Kind: "channel"}, status: map[string]string{}}
}

// Press has a user press a button, or choose an option, of a message. Whatever the message does
// not have is made up, so that very old, foreign and forged presses can be made too.
func (s *Slack) Press(user, channel, messageTS, actionID, value string) *Answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.somewhere(channel)
	m := ch.any(messageTS)
	payload, a := s.gesture("block_actions", user, "")
	a.hook, a.ResponseURL = s.newHook("actions", user, ch, m)
	container := object{"type": "message", "message_ts": messageTS, "channel_id": channel, "is_ephemeral": m != nil && m.EphemeralTo != ""}
	var blocks json.RawMessage
	switch {
	case m == nil:
		payload["message"] = object{"type": "message", "ts": messageTS, "user": BotUserID, "bot_id": BotID, "text": ""}
	case m.EphemeralTo == "":
		payload["message"] = s.shape(m)
		fallthrough
	default:
		blocks = m.Blocks
		put(container, "thread_ts", m.ThreadTS)
	}
	payload["container"], payload["response_url"] = container, a.ResponseURL
	payload["channel"] = object{"id": channel, "name": ch.shownName()}
	payload["state"] = object{"values": object{}}
	payload["actions"] = []object{s.action(blocks, actionID, value)}
	return s.interact(payload, a, nil)
}

// PressView has a user press a button, or choose an option, of a modal or of the Home tab.
func (s *Slack) PressView(user, viewID, actionID, value string) *Answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	payload, a := s.gesture("block_actions", user, viewID)
	payload["container"] = object{"type": "view", "view_id": viewID}
	var blocks json.RawMessage
	if v := s.views[viewID]; v != nil {
		payload["view"], payload["state"] = s.viewShape(v), object{"values": v.State}
		blocks = v.blocks()
	}
	payload["actions"] = []object{s.action(blocks, actionID, value)}
	return s.interact(payload, a, nil)
}

// blocks are those of a view.
func (v *View) blocks() json.RawMessage {
	var content struct {
		Blocks json.RawMessage `json:"blocks"`
	}
	_ = json.Unmarshal(v.Content, &content) // it was made by fill
	return content.Blocks
}

// action is what a press says of the element that was pressed.
func (s *Slack) action(blocks json.RawMessage, actionID, value string) object {
	block, e := element(blocks, actionID, value)
	kind, _ := e["type"].(string)
	o := object{"type": kind, "action_id": actionID, "block_id": block["block_id"], "action_ts": s.stamp()}
	switch kind {
	case "":
		o["type"], o["block_id"], o["value"] = "button", "unknown", value
		o["text"] = object{"type": "plain_text", "text": "?", "emoji": true}
	case "button", "icon_button", "workflow_button":
		o["text"] = e["text"]
		put(o, "value", value)
		if style, there := e["style"]; there {
			o["style"] = style
		}
	case "feedback_buttons":
		o["value"] = value
		for _, key := range []string{"positive_button", "negative_button"} {
			if half, _ := e[key].(object); half["value"] == value {
				o["text"] = half["text"]
			}
		}
	default:
		maps.Copy(o, chosen(e, value))
		o["type"] = kind
	}
	return o
}

// element finds an interactive element by its action id, and by its value if several share it.
func element(blocks json.RawMessage, actionID, value string) (block, found object) {
	var list []object
	_ = json.Unmarshal(blocks, &list) // no blocks, no element
	for _, b := range list {
		elements, _ := b["elements"].([]any)
		for _, v := range append(elements, b["accessory"], b["element"]) {
			e, ok := v.(object)
			if !ok || e["action_id"] != actionID {
				continue
			}
			if found == nil || e["value"] == value {
				block, found = b, e
			}
		}
	}
	return block, found
}
