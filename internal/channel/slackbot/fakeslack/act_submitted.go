package fakeslack

import "encoding/json"

// formHooks are the response URLs for conversations chosen in a form that asks for them.
func (s *Slack) formHooks(v *View, user string) []object {
	hooks := []object{}
	var list []object
	_ = json.Unmarshal(v.blocks(), &list) // it was made by fill
	for _, b := range list {
		e, _ := b["element"].(object)
		blockID, _ := b["block_id"].(string)
		actionID, _ := e["action_id"].(string)
		if on, _ := e["response_url_enabled"].(bool); !on {
			continue
		}
		state := v.State[blockID][actionID]
		id, _ := state["selected_conversation"].(string)
		if id == "" {
			id, _ = state["selected_channel"].(string)
		}
		_, address := s.newHook("app", user, s.somewhere(id), nil)
		hooks = append(hooks, object{"block_id": blockID, "action_id": actionID, "channel_id": id, "response_url": address})
	}
	return hooks
}

// submitted does to a modal what the answer to its submission says. The lock is held.
func (s *Slack) submitted(v *View, user string, answer json.RawMessage) Ack {
	var what struct {
		Action string            `json:"response_action"`
		View   json.RawMessage   `json:"view"`
		Errors map[string]string `json:"errors"`
	}
	if len(answer) > 0 && json.Unmarshal(answer, &what) != nil {
		return Ack{Problems: []string{"must provide an object"}}
	}
	switch what.Action {
	case "":
		s.closeView(v, false)
	case "clear":
		s.closeView(v, true)
	case "errors":
		return Ack{Errors: what.Errors, Problems: v.unknownErrors(what.Errors)}
	case "update":
		if _, err := s.rewrite(v, call{args: args{"view": what.View}}); err != nil {
			return Ack{Problems: problemsOf(err)}
		}
	case "push":
		return s.pushed(user, what.View)
	default:
		return Ack{Problems: []string{"unknown response_action: " + what.Action}}
	}
	return Ack{}
}

func (s *Slack) pushed(user string, content json.RawMessage) Ack {
	v, err := s.readView(content, "modal", nil)
	if err != nil {
		return Ack{Problems: problemsOf(err)}
	}
	if len(s.stacks[user]) >= maxStack {
		return Ack{Problems: []string{"push_limit_reached"}}
	}
	s.show(v, user, s.stacks[user])
	return Ack{}
}

// unknownErrors are the block ids of errors that no input of the form has. Slack shows none of
// the errors then.
func (v *View) unknownErrors(errors map[string]string) []string {
	var list []object
	_ = json.Unmarshal(v.blocks(), &list) // it was made by fill
	inputs := map[string]bool{}
	for _, b := range list {
		if id, _ := b["block_id"].(string); b["type"] == "input" {
			inputs[id] = true
		}
	}
	var unknown []string
	for id := range errors {
		if !inputs[id] {
			unknown = append(unknown, "no input with block_id "+id)
		}
	}
	if len(errors) == 0 {
		unknown = append(unknown, "no errors")
	}
	return unknown
}

// CloseView has a user close a modal without sending it; all closes those below it too. The app
// hears of it only if it asked to.
func (s *Slack) CloseView(user, viewID string, all bool) *Answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	payload, a := s.gesture("view_closed", user, viewID)
	delete(payload, "trigger_id")
	v := s.views[viewID]
	if v == nil || !v.Open {
		return refused(a, "not_found")
	}
	s.closeView(v, all || v.clearClose)
	if !v.wantClose {
		return refused(a, "")
	}
	payload["view"], payload["is_cleared"] = s.viewShape(v), all
	return s.interact(payload, a, nil)
}
