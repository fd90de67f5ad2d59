package fakeslack

import (
	"strings"
	"unicode/utf8"
)

func (s *Slack) postMessage(c call) (object, error) {
	ch, err := s.writable(c)
	if err != nil {
		return nil, err
	}
	m, err := s.content(c, "", maxPostText)
	if err != nil {
		return nil, err
	}
	if s.o.Strict && !ch.rate.take(s.o.Now(), s.o.Burst) {
		return nil, tooOften(s.o.RateWait)
	}
	if err := ch.reply(m, c.str("thread_ts")); err != nil {
		return nil, err
	}
	m.Broadcast = m.ThreadTS != "" && c.flag("reply_broadcast")
	m.User, m.BotID, m.Via = BotUserID, BotID, c.method
	if m.Broadcast {
		m.Subtype = "thread_broadcast"
	}
	s.add(ch, m)
	shape := s.shape(m)
	raw(shape, "metadata", m.Metadata)
	return object{"channel": ch.ID, "ts": m.TS, "message": shape}, nil
}

// writable is the channel of a call, where the app may post.
func (s *Slack) writable(c call) (*channel, error) {
	ch, err := s.place(c)
	switch {
	case err != nil:
		return nil, err
	case ch.Archived:
		return nil, refuse("is_archived")
	case ch.has(BotUserID):
		return ch, nil
	case c.method == "chat.postMessage" && s.o.Scopes != nil && s.granted("chat:write.public") == nil:
		return ch, nil
	}
	return nil, refuse("not_in_channel")
}

// reply puts a message into the thread of a ts. A thread whose first message is gone takes none,
// so the message lands in the channel; a reply to a reply is refused.
func (c *channel) reply(m *Message, ts string) error {
	if ts == "" {
		return nil
	}
	parent := c.find(ts)
	switch {
	case parent == nil:
		return nil
	case parent.ThreadTS != "" && parent.ThreadTS != parent.TS:
		return refuse("cannot_reply_to_message")
	}
	m.ThreadTS = ts
	return nil
}

// add gives a message its ts, keeps it and tells the app, which hears itself too.
func (s *Slack) add(ch *channel, m *Message) {
	m.Channel, m.TS = ch.ID, s.stamp()
	if m.ThreadTS != "" {
		delete(ch.status, m.ThreadTS) // an answer ends "is thinking"
	}
	ch.messages = append(ch.messages, m)
	s.touch()
	if m.EphemeralTo == "" {
		s.messageEvent(ch, m)
	}
}

func (s *Slack) postEphemeral(c call) (object, error) {
	ch, err := s.writable(c)
	if err != nil {
		return nil, err
	}
	if user := c.str("user"); user == "" || !ch.has(user) {
		return nil, refuse("user_not_in_channel")
	}
	if utf8.RuneCountInString(c.str("text")) > maxPostText {
		return nil, refuse(codeTextTooLong)
	}
	m, err := s.content(c, "", maxPostText)
	if err != nil {
		return nil, err
	}
	if err := ch.reply(m, c.str("thread_ts")); err != nil {
		return nil, err
	}
	m.User, m.BotID, m.EphemeralTo, m.Via = BotUserID, BotID, c.str("user"), c.method
	s.add(ch, m)
	return object{"message_ts": m.TS}, nil
}

func (s *Slack) permalink(c call) (object, error) {
	ch, err := s.place(c)
	if err != nil {
		return nil, err
	}
	m := ch.find(c.str("message_ts"))
	if m == nil {
		return nil, refuse("message_not_found")
	}
	link := "https://" + TeamDomain + ".slack.com/archives/" + ch.ID + "/p" + strings.ReplaceAll(m.TS, ".", "")
	if m.ThreadTS != "" {
		link += "?thread_ts=" + m.ThreadTS + "&cid=" + ch.ID
	}
	return object{"channel": ch.ID, "permalink": link}, nil
}
