package fakeslack

// callTrigger is the right that a call brings along. It is used up even if the view is refused later,
// so the view is checked first.
func (s *Slack) callTrigger(c call) (*trigger, error) {
	if !c.has("trigger_id") {
		return nil, missing("trigger_id")
	}
	return s.exchange(c.str("trigger_id"))
}

func (s *Slack) viewsOpen(c call) (object, error) {
	v, err := s.readView(c.json("view"), "modal", nil)
	if err != nil {
		return nil, err
	}
	t, err := s.callTrigger(c)
	if err != nil {
		return nil, err
	}
	for _, id := range s.stacks[t.user] {
		s.views[id].Open = false
	}
	s.show(v, t.user, nil)
	return object{"view": s.viewShape(v)}, nil
}

func (s *Slack) viewsPush(c call) (object, error) {
	v, err := s.readView(c.json("view"), "modal", nil)
	if err != nil {
		return nil, err
	}
	t, err := s.callTrigger(c)
	if err != nil {
		return nil, err
	}
	stack := s.stacks[t.user]
	switch from := s.views[t.view]; {
	case from == nil || !from.Open || len(stack) == 0:
		return nil, refuse("not_found")
	case len(stack) >= maxStack:
		return nil, refuse("push_limit_reached")
	}
	s.show(v, t.user, stack)
	return object{"view": s.viewShape(v)}, nil
}

func (s *Slack) viewsUpdate(c call) (object, error) {
	v := s.views[c.str("view_id")]
	if external := c.str("external_id"); v == nil && external != "" {
		for _, other := range s.views {
			if other.ExternalID == external && other.Open {
				v = other
			}
		}
	}
	if v == nil || !v.Open {
		return nil, refuse("not_found")
	}
	return s.rewrite(v, c)
}

// rewrite replaces a view if the hash of the call, when it has one, is that of the view.
func (s *Slack) rewrite(v *View, c call) (object, error) {
	if _, err := s.readView(c.json("view"), v.Type, v); err != nil {
		return nil, err
	}
	if hash := c.str("hash"); hash != "" && hash != v.Hash {
		return nil, refuse("hash_conflict")
	}
	if err := s.fill(v, c.json("view")); err != nil {
		return nil, err
	}
	v.Updates++
	s.touch()
	return object{"view": s.viewShape(v)}, nil
}

func (s *Slack) viewsPublish(c call) (object, error) {
	user := c.str("user_id")
	switch {
	case s.o.NoHome:
		return nil, refuse("not_enabled")
	case s.users[user] == nil:
		return nil, refuse("invalid_arguments", "invalid `user_id`")
	}
	if v := s.views[s.homes[user]]; v != nil {
		return s.rewrite(v, c)
	}
	v, err := s.readView(c.json("view"), "home", nil)
	if err != nil {
		return nil, err
	}
	if c.has("hash") {
		return nil, refuse("hash_conflict")
	}
	v.ID, v.User, v.Open = s.id("V"), user, true
	v.RootID = v.ID
	s.views[v.ID], s.homes[user] = v, v.ID
	s.touch()
	return object{"view": s.viewShape(v)}, nil
}
