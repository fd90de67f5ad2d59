package canned

import (
	"passdesk/internal/chat"
	"passdesk/internal/guide"
	"passdesk/internal/reply"
)

// block is one piece of a message: lines of a paragraph, a heading, or a part of an answer.
type block struct {
	lines   []string
	heading string
	part    chat.Part // if neither of the others is set
}

// body is the answers as the bot says them; several get headings and share what they repeat.
func (l *Library) body(ids []string, language guide.Language) []block {
	if len(ids) == 1 {
		return blocks(reply.Guidance(l.guide, ids[0], language))
	}
	var all []block
	once := sharing{seen: map[chat.Item]bool{}, said: map[string]bool{}}
	for _, id := range ids {
		all = append(all, block{heading: l.guide.Answer(id).Title.In(language)})
		all = append(all, blocks(once.own(reply.Guidance(l.guide, id, language)))...)
	}
	return append(all, blocks(once.end())...)
}

func blocks(parts []chat.Part) []block {
	all := make([]block, len(parts))
	for i, part := range parts {
		all[i].part = part
	}
	return all
}

// sharing keeps what several answers have in common, to be said once.
type sharing struct {
	seen  map[chat.Item]bool
	said  map[string]bool
	links chat.Part
	last  []chat.Part // sentences that stand behind the links
}

// own returns the parts that an answer does not share with those before it or leave to the end.
func (s *sharing) own(parts []chat.Part) []chat.Part {
	var own []chat.Part
	for _, part := range parts {
		switch part.Kind {
		case chat.Links:
			s.links.Kind, s.links.Text = part.Kind, part.Text
			s.links.Items = append(s.links.Items, s.fresh(part.Items)...)
		case chat.Cautions:
			if part.Items = s.fresh(part.Items); len(part.Items) > 0 {
				own = append(own, part)
			}
		case chat.Paragraph:
			if !s.said[part.Text] {
				s.said[part.Text] = true
				s.last = append(s.last, part)
			}
		default:
			own = append(own, part)
		}
	}
	return own
}

// fresh returns the items that were not there before.
func (s *sharing) fresh(items []chat.Item) []chat.Item {
	var fresh []chat.Item
	for _, item := range items {
		if !s.seen[item] {
			s.seen[item] = true
			fresh = append(fresh, item)
		}
	}
	return fresh
}

func (s *sharing) end() []chat.Part {
	if len(s.links.Items) == 0 {
		return s.last
	}
	return append([]chat.Part{s.links}, s.last...)
}
