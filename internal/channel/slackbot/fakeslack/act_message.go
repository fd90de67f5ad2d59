package fakeslack

import (
	"encoding/json"
	"regexp"
	"slices"
)

// Post has a person, or another bot, write a message. The text is as Slack sends it, so & < > must
// be escaped already. It returns the ts, or nothing if there is no such channel.
func (s *Slack) Post(m Message) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.channels[m.Channel]
	if ch == nil {
		return ""
	}
	m.Via = "person"
	if u := s.users[m.User]; u != nil && u.Bot {
		m.BotID = u.BotID
	}
	if m.Broadcast {
		m.Subtype = "thread_broadcast"
	}
	if m.BotID == "" && m.ClientMsgID == "" && (m.Subtype == "" || m.Broadcast) {
		m.ClientMsgID = s.uuid()
	}
	if m.Blocks == nil && m.Text != "" && (m.Subtype == "" || m.Broadcast) {
		m.Blocks = s.richText(m.Text)
	}
	s.add(ch, &m)
	return m.TS
}

// richText is a text as the blocks that Slack's clients make of it.
func (s *Slack) richText(text string) json.RawMessage {
	var elements []object
	plain := func(t string) {
		if t != "" {
			elements = append(elements, object{"type": "text", "text": unescape(t)})
		}
	}
	at := 0
	for _, place := range regexp.MustCompile(`<([@#!])?([^>|]+)(?:\|([^>]*))?>`).FindAllStringSubmatchIndex(text, -1) {
		plain(text[at:place[0]])
		at = place[1]
		sigil, what := "", text[place[4]:place[5]]
		if place[2] >= 0 {
			sigil = text[place[2]:place[3]]
		}
		switch sigil {
		case "@":
			elements = append(elements, object{"type": "user", "user_id": what})
		case "#":
			elements = append(elements, object{"type": "channel", "channel_id": what})
		case "!":
			elements = append(elements, object{"type": "broadcast", "range": what})
		default:
			link := object{"type": "link", "url": unescape(what)}
			if place[6] >= 0 {
				link["text"] = unescape(text[place[6]:place[7]])
			}
			elements = append(elements, link)
		}
	}
	plain(text[at:])
	return frameOf([]object{{"type": "rich_text", "block_id": s.id("r"),
		"elements": []object{{"type": "rich_text_section", "elements": elements}}}})
}

// Edit has somebody change a message of theirs. It says whether there was one.
func (s *Slack) Edit(channel, ts, text string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.channels[channel]
	if ch == nil {
		return false
	}
	m := ch.find(ts)
	if m == nil {
		return false
	}
	before := s.shape(m)
	m.Text, m.Blocks, m.Edited = text, s.richText(text), true
	m.Updates++
	s.touch()
	s.changedEvent(ch, m, before)
	return true
}

// Delete has somebody delete a message. It says whether there was one.
func (s *Slack) Delete(channel, ts string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.channels[channel]
	if ch == nil {
		return false
	}
	m := ch.find(ts)
	if m == nil {
		return false
	}
	s.remove(ch, m)
	return true
}

// Invite makes somebody, such as the bot, a member of a channel and tells the app.
func (s *Slack) Invite(channel, user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.channels[channel]
	if ch == nil || ch.has(user) {
		return
	}
	ch.Members = append(ch.Members, user)
	s.event("member_joined_channel", object{"type": "member_joined_channel", "user": user, "channel": channel,
		"channel_type": "C", "team": TeamID, "event_ts": s.stamp()}, ch)
}

// Kick ends a membership.
func (s *Slack) Kick(channel, user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ch := s.channels[channel]; ch != nil {
		ch.Members = slices.DeleteFunc(ch.Members, func(m string) bool { return m == user })
	}
}

// Archive ends a channel, which can be read but not written to any more.
func (s *Slack) Archive(channel string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ch := s.channels[channel]; ch != nil {
		ch.Archived = true
	}
}
