package fakeslack

import (
	"encoding/json"
	"maps"
	"slices"
)

const maxStack = 3

// View is a modal or a Home tab.
type View struct {
	ID, User, Type        string
	Hash, ExternalID      string
	CallbackID, Metadata  string // private_metadata
	RootID, PreviousID    string
	Open                  bool
	Content               json.RawMessage // as the app sent it, with ids in the blocks
	State                 map[string]map[string]object
	Updates               int
	clearClose, wantClose bool
}

// View is a view by its id, even one that is closed.
func (s *Slack) View(id string) (View, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.views[id]
	if v == nil {
		return View{}, false
	}
	return v.copied(), true
}

// Home is the Home tab of a user, if the app published one.
func (s *Slack) Home(user string) (View, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.views[s.homes[user]]
	if v == nil {
		return View{}, false
	}
	return v.copied(), true
}

// Modals are those a user has open, the one on top last.
func (s *Slack) Modals(user string) []View {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []View
	for _, id := range s.stacks[user] {
		all = append(all, s.views[id].copied())
	}
	return all
}

func (v *View) copied() View {
	c := *v
	c.State = map[string]map[string]object{}
	for block, values := range v.State {
		c.State[block] = maps.Clone(values)
	}
	return c
}

// readView checks a view that the app sends and makes it. What replaces another view may have the
// external id of that one. The lock is held.
func (s *Slack) readView(content json.RawMessage, wanted string, replaced *View) (*View, error) {
	if content == nil {
		return nil, missing("view")
	}
	if problems := CheckView(content); len(problems) > 0 {
		if problems[0] == codeViewTooLarge {
			return nil, refuse(codeViewTooLarge)
		}
		return nil, refuse("invalid_arguments", problems...)
	}
	v := &View{State: map[string]map[string]object{}}
	if err := s.fill(v, content); err != nil {
		return nil, err
	}
	if v.Type != wanted {
		return nil, refuse("invalid_arguments", "unsupported type: "+v.Type+" [json-pointer:/view/type]")
	}
	for _, other := range s.views {
		if v.ExternalID != "" && other != replaced && other.ExternalID == v.ExternalID && other.Open {
			return nil, refuse("duplicate_external_id")
		}
	}
	return v, nil
}

// fill takes over what the app sent for a view.
func (s *Slack) fill(v *View, content json.RawMessage) error {
	var known struct {
		Type     string `json:"type"`
		External string `json:"external_id"`
		Callback string `json:"callback_id"`
		Metadata string `json:"private_metadata"`
		Clear    bool   `json:"clear_on_close"`
		Notify   bool   `json:"notify_on_close"`
	}
	wrong := refuse("invalid_arguments", "must provide an object [json-pointer:/view]")
	var all map[string]json.RawMessage
	if json.Unmarshal(content, &known) != nil || json.Unmarshal(content, &all) != nil {
		return wrong
	}
	blocks := s.named(all["blocks"])
	if blocks == nil {
		blocks = json.RawMessage("[]")
	}
	all["blocks"] = blocks
	named, err := json.Marshal(all)
	if err != nil {
		return wrong
	}
	v.Type, v.ExternalID, v.CallbackID, v.Metadata = known.Type, known.External, known.Callback, known.Metadata
	v.clearClose, v.wantClose, v.Content = known.Clear, known.Notify, named
	v.Hash = s.stamp()[:10] + "." + s.secret()[24:]
	return nil
}

// viewShape is a view as the Web API and interactions show it. What was filled in is copied, since answers
// are written without the lock.
func (s *Slack) viewShape(v *View) object {
	o := object{"private_metadata": "", "callback_id": "", "external_id": "", "close": nil, "submit": nil, "title": nil}
	if v.Type == "home" {
		o["title"] = object{"type": "plain_text", "text": "View Title", "emoji": true}
	}
	_ = json.Unmarshal(v.Content, &o) // it was made by fill
	o["id"], o["team_id"], o["hash"], o["state"] = v.ID, TeamID, v.Hash, object{"values": v.copied().State}
	o["root_view_id"], o["previous_view_id"] = v.RootID, nil
	if v.PreviousID != "" {
		o["previous_view_id"] = v.PreviousID
	}
	o["clear_on_close"], o["notify_on_close"] = v.clearClose, v.wantClose
	o["app_id"], o["bot_id"], o["app_installed_team_id"] = AppID, BotID, TeamID
	return o
}

// show puts a modal on top of what a user sees.
func (s *Slack) show(v *View, user string, stack []string) {
	v.ID, v.User, v.Open = s.id("V"), user, true
	v.RootID = v.ID
	if len(stack) > 0 {
		v.RootID, v.PreviousID = stack[0], stack[len(stack)-1]
	}
	s.views[v.ID] = v
	s.stacks[user] = append(slices.Clone(stack), v.ID)
	s.touch()
}

// closeView takes a modal away, or all that are open.
func (s *Slack) closeView(v *View, all bool) {
	stack := s.stacks[v.User]
	from := slices.Index(stack, v.ID)
	if all {
		from = 0
	}
	if from < 0 {
		return
	}
	for _, id := range stack[from:] {
		s.views[id].Open = false
	}
	s.stacks[v.User] = stack[:from]
	s.touch()
}
