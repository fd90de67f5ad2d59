package fakeslack

import "strings"

// place is the channel of a call that the app may know of. The lock is held.
func (s *Slack) place(c call) (*channel, error) { return s.seen(c.str("channel")) }

func (s *Slack) seen(id string) (*channel, error) {
	if u := s.users[id]; u != nil {
		return s.dm(id), nil
	}
	ch := s.channels[id]
	if ch == nil || ch.Kind != "channel" && !ch.has(BotUserID) {
		return nil, refuse("channel_not_found") // private places are not even known
	}
	return ch, nil
}

// kindScope is the scope that a sort of access to a channel needs.
func (s *Slack) kindScope(ch *channel, access string) error {
	names := map[string]string{"im": "im", "group": "groups", "channel": "channels"}
	return s.granted(names[ch.Kind] + ":" + access)
}

func (s *Slack) conversationsInfo(c call) (object, error) {
	ch, err := s.place(c)
	if err != nil {
		return nil, err
	}
	if err := s.kindScope(ch, "read"); err != nil {
		return nil, err
	}
	return object{"channel": s.channelShape(ch, c.flag("include_num_members"))}, nil
}

func (s *Slack) channelShape(ch *channel, count bool) object {
	o := object{"id": ch.ID, "created": 1, "is_im": ch.Kind == "im", "is_mpim": false, "is_org_shared": false,
		"is_archived": ch.Archived, "context_team_id": TeamID, "updated": 1}
	if ch.Kind == "im" {
		o["user"], o["is_open"] = ch.partner(), true
	} else {
		o["name"], o["name_normalized"] = ch.Name, ch.Name
		o["is_channel"], o["is_group"], o["is_private"] = ch.Kind == "channel", ch.Kind == "group", ch.Kind == "group"
		o["is_general"], o["is_member"] = false, ch.has(BotUserID)
		o["is_shared"], o["is_ext_shared"] = ch.External, ch.External
		o["topic"], o["purpose"] = object{"value": "", "creator": "", "last_set": 0}, object{"value": "", "creator": "", "last_set": 0}
	}
	if count {
		o["num_members"] = len(ch.Members)
	}
	return o
}

// partner is who talks to the app in an im.
func (c *channel) partner() string {
	for _, m := range c.Members {
		if m != BotUserID {
			return m
		}
	}
	return ""
}

func (s *Slack) conversationsOpen(c call) (object, error) {
	if id := c.str("channel"); id != "" {
		ch := s.channels[id]
		if ch == nil || ch.Kind != "im" {
			return nil, refuse("channel_not_found")
		}
		return s.opened(ch, c), nil
	}
	users := c.str("users")
	switch u := s.users[users]; {
	case users == "":
		return nil, refuse("users_list_not_supplied")
	case strings.Contains(users, ","):
		return nil, refuse("method_not_supported_for_channel_type") // groups are not made here
	case u == nil:
		return nil, refuse("user_not_found")
	case u.Invisible:
		return nil, refuse("user_not_visible")
	case u.Deleted:
		return nil, refuse("user_disabled")
	}
	return s.opened(s.dm(users), c), nil
}

func (s *Slack) opened(ch *channel, c call) object {
	if c.flag("return_im") {
		return object{"no_op": true, "already_open": true, "channel": s.channelShape(ch, false)}
	}
	return object{"channel": object{"id": ch.ID}}
}
