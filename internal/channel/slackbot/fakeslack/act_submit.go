package fakeslack

import (
	"encoding/json"
	"maps"
)

// Fill has a user fill fields of a view: block id, action id, value. A value is a string, the
// strings of a choice of several, or the whole object as Slack would send it.
func (s *Slack) Fill(viewID string, values map[string]map[string]any) {
	s.locked(func() { s.fillIn(s.views[viewID], values) })
}

func (s *Slack) fillIn(v *View, values map[string]map[string]any) {
	if v == nil {
		return
	}
	for blockID, fields := range values {
		for actionID, value := range fields {
			_, e := element(v.blocks(), actionID, "")
			if v.State[blockID] == nil {
				v.State[blockID] = map[string]object{}
			}
			v.State[blockID][actionID] = chosen(e, value)
		}
	}
}

// chosen is the value of an element in the shape of its kind.
func chosen(e object, value any) object {
	kind, _ := e["type"].(string)
	if whole, ok := value.(map[string]any); ok {
		o := maps.Clone(whole)
		if _, there := o["type"]; !there {
			o["type"] = kind
		}
		return o
	}
	o := object{"type": kind}
	switch kind {
	case "static_select", "external_select", "radio_buttons", "overflow":
		o["selected_option"] = option(e, value)
	case "checkboxes", "multi_static_select", "multi_external_select":
		options := []any{}
		list, _ := value.([]string)
		for _, one := range list {
			options = append(options, option(e, one))
		}
		o["selected_options"] = options
	case "users_select":
		o["selected_user"] = value
	case "conversations_select":
		o["selected_conversation"] = value
	case "channels_select":
		o["selected_channel"] = value
	case "datepicker":
		o["selected_date"] = value
	case "timepicker":
		o["selected_time"] = value
	default:
		o["value"] = value
	}
	return o
}

// option is the one of an element that has a value.
func option(e object, value any) any {
	if value == nil || value == "" {
		return nil
	}
	options, _ := e["options"].([]any)
	groups, _ := e["option_groups"].([]any)
	for _, v := range groups {
		group, _ := v.(object)
		more, _ := group["options"].([]any)
		options = append(options, more...)
	}
	for _, v := range options {
		if o, _ := v.(object); o["value"] == value {
			return o
		}
	}
	text, _ := value.(string)
	return object{"text": object{"type": "plain_text", "text": text, "emoji": true}, "value": value}
}

// inputs fills in what a form starts with, and says which field that must not be empty is.
func (v *View) inputs() (empty string) {
	var list []object
	_ = json.Unmarshal(v.blocks(), &list) // it was made by fill
	for _, b := range list {
		e, ok := b["element"].(object)
		blockID, _ := b["block_id"].(string)
		actionID, _ := e["action_id"].(string)
		if !ok {
			continue
		}
		if v.State[blockID] == nil {
			v.State[blockID] = map[string]object{}
		}
		if _, there := v.State[blockID][actionID]; !there {
			v.State[blockID][actionID] = initial(e)
		}
		if optional, _ := b["optional"].(bool); !optional && blank(v.State[blockID][actionID]) && empty == "" {
			empty = blockID
		}
	}
	return empty
}

// initial is the value an element starts with.
func initial(e object) object {
	o := chosen(e, nil)
	for from, to := range map[string]string{"initial_value": "value", "initial_option": "selected_option", "initial_options": "selected_options",
		"initial_conversation": "selected_conversation", "initial_channel": "selected_channel", "initial_user": "selected_user",
		"initial_date": "selected_date", "initial_time": "selected_time"} {
		if v, there := e[from]; there {
			o[to] = v
		}
	}
	return o
}

func blank(o object) bool {
	for key, v := range o {
		if list, ok := v.([]any); key != "type" && v != nil && v != "" && (!ok || len(list) > 0) {
			return false
		}
	}
	return true
}

// Submit has a user fill fields of a modal and send it. What the app answers happens to the
// modal: it closes, shows errors, changes or gets another one on top. A form with a field that
// must not be empty is not sent.
func (s *Slack) Submit(user, viewID string, values map[string]map[string]any) *Answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	payload, a := s.gesture("view_submission", user, viewID)
	v := s.views[viewID]
	if v == nil || !v.Open {
		return refused(a, "not_found")
	}
	s.fillIn(v, values)
	if empty := v.inputs(); empty != "" {
		return refused(a, "missing input: "+empty)
	}
	payload["view"], payload["response_urls"] = s.viewShape(v), s.formHooks(v, user)
	return s.interact(payload, a, func(answer json.RawMessage) Ack { return s.submitted(v, user, answer) })
}

func refused(a *Answer, why string) *Answer {
	a.done = make(chan struct{})
	a.finish(Ack{Error: why})
	return a
}
