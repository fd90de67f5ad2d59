package fakeslack

import "unicode/utf8"

func (s *Slack) updateMessage(c call) (object, error) {
	ch, err := s.place(c)
	if err != nil {
		return nil, err
	}
	m := ch.find(c.str("ts"))
	switch {
	case m == nil:
		return nil, refuse("message_not_found")
	case !m.ours():
		return nil, refuse("cant_update_message")
	case ch.Archived:
		return nil, refuse("is_inactive")
	}
	if utf8.RuneCountInString(c.str("text")) > maxUpdateText {
		return nil, refuse(codeTextTooLong)
	}
	with, err := s.content(c, m.Text, maxUpdateText)
	if err != nil {
		return nil, err
	}
	s.change(ch, m, with, c)
	return object{"channel": ch.ID, "ts": m.TS, "text": m.Text, "message": s.shape(m)}, nil
}

// change takes over what a call gives. Text alone removes the blocks, and only then the message
// is shown as edited.
func (s *Slack) change(ch *channel, m, with *Message, c call) {
	before := s.shape(m)
	switch {
	case c.has("blocks"):
		m.Blocks = with.Blocks
	case c.has("text"):
		m.Blocks, m.Edited = nil, true
	}
	if c.has("text") {
		m.Text = with.Text
	}
	if c.has("attachments") {
		m.Attachments = with.Attachments
	}
	if c.has("metadata") {
		m.Metadata = with.Metadata
	}
	m.Updates++
	s.touch()
	s.changedEvent(ch, m, before)
}

func (s *Slack) deleteMessage(c call) (object, error) {
	ch, err := s.place(c)
	if err != nil {
		return nil, err
	}
	m := ch.find(c.str("ts"))
	switch {
	case m == nil:
		return nil, refuse("message_not_found")
	case !m.ours():
		return nil, refuse("cant_delete_message")
	}
	s.remove(ch, m)
	return object{"channel": ch.ID, "ts": m.TS}, nil
}
