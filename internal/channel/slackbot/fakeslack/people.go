package fakeslack

import "slices"

// User is somebody in the workspace or of another one.
type User struct {
	ID, Name, Locale string
	TeamID           string // TeamID of the workspace if empty
	Invisible        bool   // users.info says user_not_visible
	Stranger         bool   // of another organisation, nothing shared but channels
	Deleted          bool
	Bot              bool
	BotID            string // of another bot
}

// Channel is a place for messages.
type Channel struct {
	ID, Name           string
	Kind               string // "im", "channel" (public) or "group" (private)
	Members            []string
	External, Archived bool
}

// channel is a Channel with what is in it.
type channel struct {
	Channel
	messages []*Message
	prompts  []Prompt
	status   map[string]string // by thread
	titles   map[string]string
	rate     bucket
}

// Prompt is a suggestion shown to somebody who opens a conversation with the app.
type Prompt struct {
	Title   string `json:"title"`
	Message string `json:"message"`
}

// AddUser adds somebody or replaces who has the same id.
func (s *Slack) AddUser(u User) {
	s.locked(func() { s.users[u.ID] = &u })
}

// User is somebody by their id.
func (s *Slack) User(id string) (User, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u := s.users[id]; u != nil {
		return *u, true
	}
	return User{}, false
}

// AddChannel adds a place. The bot is a member of every im, of others if Members say so.
func (s *Slack) AddChannel(c Channel) {
	c.Members = slices.Clone(c.Members)
	s.locked(func() { s.addChannel(c) })
}

func (s *Slack) addChannel(c Channel) *channel {
	if c.Kind == "im" && !slices.Contains(c.Members, BotUserID) {
		c.Members = append(c.Members, BotUserID)
	}
	made := &channel{Channel: c, status: map[string]string{}, titles: map[string]string{}}
	if before := s.channels[c.ID]; before != nil {
		made.messages = before.messages
	}
	s.channels[c.ID] = made
	return made
}

// AddGroup adds a user group.
func (s *Slack) AddGroup(id string, members ...string) {
	s.locked(func() { s.groups[id] = slices.Clone(members) })
}

// DM is the conversation of a user with the app, which is opened if it was not.
func (s *Slack) DM(user string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dm(user).ID
}

func (s *Slack) dm(user string) *channel {
	for _, c := range s.channels {
		if c.Kind == "im" && slices.Contains(c.Members, user) {
			return c
		}
	}
	return s.addChannel(Channel{ID: "D" + user, Kind: "im", Members: []string{user}})
}

// team is the one a user belongs to. The lock is held.
func (s *Slack) team(user string) string {
	if u := s.users[user]; u != nil && u.TeamID != "" {
		return u.TeamID
	}
	return TeamID
}

// userName is shown in interactions. The lock is held.
func (s *Slack) userName(user string) string {
	if u := s.users[user]; u != nil && u.Name != "" {
		return u.Name
	}
	return user
}

func (c *channel) has(user string) bool { return slices.Contains(c.Members, user) }

// shownName is what payloads call a channel.
func (c *channel) shownName() string {
	switch c.Kind {
	case "im":
		return "directmessage"
	case "group":
		return "privategroup"
	}
	return c.Name
}

// find looks for a message that is not ephemeral and still there.
func (c *channel) find(ts string) *Message {
	for _, m := range c.messages {
		if m.TS == ts && m.EphemeralTo == "" && !m.Deleted {
			return m
		}
	}
	return nil
}

// any looks for a message of any sort that is still there.
func (c *channel) any(ts string) *Message {
	for _, m := range c.messages {
		if m.TS == ts && !m.Deleted {
			return m
		}
	}
	return nil
}

// replies are the answers to a message. Nobody else's eyes see ephemeral ones.
func (c *channel) replies(ts string) []*Message {
	var all []*Message
	for _, m := range c.messages {
		if m.ThreadTS == ts && m.TS != ts && !m.Deleted && m.EphemeralTo == "" {
			all = append(all, m)
		}
	}
	return all
}
