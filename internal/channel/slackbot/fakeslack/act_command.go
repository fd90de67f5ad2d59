package fakeslack

import (
	"encoding/json"
	"strconv"
)

// Command has a user type a slash command. The payload of the app's answer becomes a message,
// which Later has, and Problems say what Slack would refuse of it.
func (s *Slack) Command(user, channel, command, text string) *Answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.somewhere(channel)
	a := &Answer{s: s, TriggerID: s.newTrigger(user, "")}
	a.hook, a.ResponseURL = s.newHook("commands", user, ch, nil)
	payload := object{"token": "fake", "team_id": TeamID, "team_domain": TeamDomain, "channel_id": channel,
		"channel_name": ch.shownName(), "user_id": user, "user_name": s.userName(user), "command": command, "text": text,
		"api_app_id": AppID, "is_enterprise_install": strconv.FormatBool(false), "response_url": a.ResponseURL,
		"trigger_id": a.TriggerID}
	d := &delivery{kind: typeCommands, inner: command, payload: frameOf(payload), accepts: true, answer: a}
	d.apply = func(answer json.RawMessage) Ack { return s.spoken(a.hook, answer) }
	return s.deliver(d)
}

// spoken makes the message that an ack of a command carries.
func (s *Slack) spoken(h *hook, answer json.RawMessage) Ack {
	var a args
	if len(answer) == 0 || string(answer) == "null" {
		return Ack{}
	}
	if json.Unmarshal(answer, &a) != nil {
		return Ack{Problems: []string{"must provide an object"}}
	}
	if !a.has("text") && !a.has("blocks") && !a.has("attachments") {
		return Ack{}
	}
	if err := s.respond(h, call{a, "ack"}); err != nil {
		return Ack{Problems: problemsOf(err)}
	}
	return Ack{}
}

// problemsOf are the words of a refusal.
func problemsOf(err error) []string {
	if no, ok := err.(*refusal); ok && len(no.problems) > 0 { //nolint:errorlint // refusals are never wrapped here
		return no.problems
	}
	return []string{err.Error()}
}

// MessageShortcut has a user choose a shortcut of the app from the menu of a message.
func (s *Slack) MessageShortcut(user, channel, ts, callbackID string) *Answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.somewhere(channel)
	payload, a := s.gesture("message_action", user, "")
	a.hook, a.ResponseURL = s.newHook("app", user, ch, nil)
	payload["callback_id"], payload["action_ts"], payload["message_ts"] = callbackID, s.stamp(), ts
	payload["channel"] = object{"id": channel, "name": ch.shownName()}
	payload["response_url"] = a.ResponseURL
	payload["message"] = object{"type": "message", "ts": ts, "text": ""}
	if m := ch.find(ts); m != nil {
		payload["message"] = s.shape(m)
	}
	return s.interact(payload, a, nil)
}

// GlobalShortcut has a user choose a shortcut of the app from the menu of the workspace.
func (s *Slack) GlobalShortcut(user, callbackID string) *Answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	payload, a := s.gesture("shortcut", user, "")
	payload["callback_id"], payload["action_ts"] = callbackID, s.stamp()
	return s.interact(payload, a, nil)
}

// OpenHome has a user open the app at a tab: home, messages or about.
func (s *Slack) OpenHome(user, tab string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	event := object{"type": "app_home_opened", "user": user, "channel": s.dm(user).ID, "tab": tab, "event_ts": s.stamp()}
	if v := s.views[s.homes[user]]; v != nil && tab == "home" {
		event["view"] = s.viewShape(v)
	}
	s.event("app_home_opened", event, nil)
}

// Suggest has a user type into a menu whose options come from the app; Ack has them as payload.
func (s *Slack) Suggest(user, viewID, actionID, typed string) *Answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	payload, a := s.gesture("block_suggestion", user, viewID)
	payload["container"], payload["action_id"], payload["value"] = object{"type": "view", "view_id": viewID}, actionID, typed
	payload["block_id"] = "unknown"
	if v := s.views[viewID]; v != nil {
		payload["view"] = s.viewShape(v)
		if block, _ := element(v.blocks(), actionID, ""); block != nil {
			payload["block_id"] = block["block_id"]
		}
	}
	return s.interact(payload, a, func(json.RawMessage) Ack { return Ack{} })
}
