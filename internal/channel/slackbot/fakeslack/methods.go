package fakeslack

import (
	"slices"
	"strings"
)

// allMethods are those the workspace knows; any other is unknown_method.
func (s *Slack) allMethods() map[string]method {
	write := "chat:write"
	return map[string]method{
		"auth.test":                             {run: s.authTest},
		"apps.connections.open":                 {run: s.connectionsOpen, app: true},
		"bots.info":                             {run: s.botsInfo, scope: "users:read"},
		"users.info":                            {run: s.usersInfo, scope: "users:read"},
		"usergroups.users.list":                 {run: s.groupUsers, scope: "usergroups:read"},
		"chat.postMessage":                      {run: s.postMessage, scope: write},
		"chat.update":                           {run: s.updateMessage, scope: write},
		"chat.delete":                           {run: s.deleteMessage, scope: write},
		"chat.postEphemeral":                    {run: s.postEphemeral, scope: write},
		"chat.getPermalink":                     {run: s.permalink},
		"conversations.info":                    {run: s.conversationsInfo, scope: ":"},
		"conversations.history":                 {run: s.history, scope: ":"},
		"conversations.replies":                 {run: s.threadReplies, scope: ":"},
		"conversations.open":                    {run: s.conversationsOpen, scope: "im:write"},
		"views.open":                            {run: s.viewsOpen},
		"views.push":                            {run: s.viewsPush},
		"views.update":                          {run: s.viewsUpdate},
		"views.publish":                         {run: s.viewsPublish},
		"assistant.threads.setStatus":           {run: s.setStatus, scope: "chat:write|assistant:write"},
		"assistant.threads.setTitle":            {run: s.setTitle, scope: "assistant:write"},
		"assistant.threads.setSuggestedPrompts": {run: s.setPrompts, scope: "assistant:write"},
		"reactions.add":                         {run: s.addReaction, scope: "reactions:write"},
	}
}

func (s *Slack) authTest(call) (object, error) {
	self := object{"url": "https://" + TeamDomain + ".slack.com/", "team": "Fake", "user": BotName, "team_id": TeamID,
		"user_id": BotUserID, "bot_id": BotID, "is_enterprise_install": false}
	if s.o.Enterprise != "" {
		self["enterprise_id"] = s.o.Enterprise
	}
	return self, nil
}

func (s *Slack) connectionsOpen(call) (object, error) {
	ticket := s.secret()
	s.tickets[ticket] = true
	address := "ws" + strings.TrimPrefix(s.url, "http") + "/link/?ticket=" + ticket + "&app_id=" + AppID
	return object{"url": address}, nil
}

func (s *Slack) botsInfo(c call) (object, error) {
	if id := c.str("bot"); id != BotID && id != "" {
		return nil, refuse("bot_not_found")
	}
	return object{"bot": object{"id": BotID, "deleted": false, "name": BotName, "updated": 1, "app_id": AppID, "user_id": BotUserID,
		"icons": object{"image_36": "", "image_48": "", "image_72": ""}}}, nil
}

func (s *Slack) usersInfo(c call) (object, error) {
	u := s.users[c.str("user")]
	if u == nil {
		return nil, refuse("user_not_found")
	}
	if u.Invisible {
		return nil, refuse("user_not_visible")
	}
	o := object{"id": u.ID, "team_id": s.team(u.ID), "name": u.Name, "real_name": u.Name, "deleted": u.Deleted,
		"tz": "Asia/Tokyo", "tz_label": "Japan Standard Time", "tz_offset": 32400, "is_bot": u.Bot, "is_app_user": false,
		"is_admin": false, "is_owner": false, "is_restricted": false, "is_ultra_restricted": false, "updated": 1,
		"profile": object{"real_name": u.Name, "display_name": u.Name, "team": s.team(u.ID)}}
	if u.Stranger {
		o["is_stranger"] = true
	}
	if c.flag("include_locale") && u.Locale != "" {
		o["locale"] = u.Locale
	}
	return object{"user": o}, nil
}

func (s *Slack) groupUsers(c call) (object, error) {
	members, there := s.groups[c.str("usergroup")]
	if !there {
		return nil, refuse("no_such_subteam")
	}
	return object{"users": slices.Clone(members)}, nil
}

func (s *Slack) addReaction(c call) (object, error) {
	ch, err := s.place(c)
	if err != nil {
		return nil, err
	}
	m := ch.find(c.str("timestamp"))
	switch name := c.str("name"); {
	case m == nil:
		return nil, refuse("message_not_found")
	case name == "":
		return nil, refuse("invalid_name")
	case slices.Contains(m.Reactions, name):
		return nil, refuse("already_reacted")
	default:
		m.Reactions = append(m.Reactions, name)
	}
	s.event("reaction_added", object{"type": "reaction_added", "user": BotUserID, "reaction": c.str("name"), "item_user": m.User,
		"item": object{"type": "message", "channel": ch.ID, "ts": m.TS}, "event_ts": s.stamp()}, ch)
	return nil, nil
}
