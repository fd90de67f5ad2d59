package fakeslack

import (
	"encoding/base64"
	"slices"
)

func (s *Slack) history(c call) (object, error) {
	ch, err := s.place(c)
	if err != nil {
		return nil, err
	}
	if err := s.kindScope(ch, "history"); err != nil {
		return nil, err
	}
	if !ch.has(BotUserID) {
		return nil, refuse("not_in_channel")
	}
	var list []*Message
	for _, m := range ch.messages {
		if m.EphemeralTo == "" && !m.Deleted && (m.ThreadTS == "" || m.ThreadTS == m.TS || m.Broadcast) {
			list = append(list, m)
		}
	}
	slices.Reverse(list)
	return s.page(c, list, 100)
}

func (s *Slack) threadReplies(c call) (object, error) {
	ch, err := s.place(c)
	if err != nil {
		return nil, err
	}
	if err := s.kindScope(ch, "history"); err != nil {
		return nil, err
	}
	first := ch.find(c.str("ts"))
	if first == nil {
		return nil, refuse("thread_not_found")
	}
	if !ch.has(BotUserID) {
		return nil, refuse("not_in_channel")
	}
	return s.page(c, append([]*Message{first}, ch.replies(first.TS)...), 1000)
}

// page is the part of a list that a call asks for.
func (s *Slack) page(c call, list []*Message, limit int) (object, error) {
	oldest, latest, inclusive := c.str("oldest"), c.str("latest"), c.flag("inclusive")
	list = slices.DeleteFunc(slices.Clone(list), func(m *Message) bool {
		before := oldest != "" && (m.TS < oldest || m.TS == oldest && !inclusive)
		after := latest != "" && (m.TS > latest || m.TS == latest && !inclusive)
		return before || after
	})
	if cursor := c.str("cursor"); cursor != "" {
		at, err := base64.StdEncoding.DecodeString(cursor)
		from := slices.IndexFunc(list, func(m *Message) bool { return "next_ts:"+m.TS == string(at) })
		if err != nil || from < 0 {
			return nil, refuse("invalid_cursor")
		}
		list = list[from:]
	}
	body := object{"has_more": false}
	if limit = c.number("limit", limit, 1000); len(list) > limit {
		next := base64.StdEncoding.EncodeToString([]byte("next_ts:" + list[limit].TS))
		body["has_more"], body["response_metadata"] = true, object{"next_cursor": next}
		list = list[:limit]
	}
	messages := make([]object, len(list))
	for i, m := range list {
		messages[i] = s.shape(m)
		if c.flag("include_all_metadata") {
			raw(messages[i], "metadata", m.Metadata)
		}
	}
	body["messages"] = messages
	return body, nil
}
