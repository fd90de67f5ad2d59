package fakeslack

import (
	"encoding/json"
	"strconv"
	"unicode/utf8"
)

const (
	maxAttachments = 100
	maxMetadata    = 64_000 // bytes; Slack does not say
)

// content reads and checks what a call wants to say. Text that was there before, in an update,
// will do instead of new text. The lock is held.
func (s *Slack) content(c call, before string, limit int) (*Message, error) {
	m := &Message{Text: c.str("text"), Blocks: c.json("blocks"), Attachments: c.json("attachments"), Metadata: c.json("metadata")}
	if markdown := c.str("markdown_text"); markdown != "" {
		if m.Text != "" || m.Blocks != nil {
			return nil, refuse("markdown_text_conflict")
		}
		if utf8.RuneCountInString(markdown) > maxMarkdown {
			return nil, refuse(codeTextTooLong)
		}
		m.Text = markdown
	}
	if n, problems, ok := attachments(m.Attachments); !ok || len(problems) > 0 {
		return nil, refuse("invalid_attachments", problems...)
	} else if n > maxAttachments {
		return nil, refuse("too_many_attachments")
	} else if n > 0 && before == "" {
		before = "attachments"
	}
	m.Text = shorten(m.Text, limit)
	if no := refusalOf(CheckMessage(m.Blocks, m.Text+before)); no != nil {
		return nil, no
	}
	m.Blocks = s.named(m.Blocks)
	return m, m.metadata()
}

// refusalOf is the answer to what CheckMessage found.
func refusalOf(problems []string) error {
	if len(problems) == 0 {
		return nil
	}
	switch code := problems[0]; code {
	case codeNoText, codeTextTooLong, codeBlocksTooLong, codeBlocksFormat:
		return refuse(code)
	}
	return refuse("invalid_blocks", problems...)
}

func shorten(text string, limit int) string {
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	return string([]rune(text)[:limit])
}

// attachments counts them and checks the blocks in them.
func attachments(list json.RawMessage) (int, []string, bool) {
	if len(list) == 0 || string(list) == "null" {
		return 0, nil, true
	}
	var all []struct {
		Blocks json.RawMessage `json:"blocks"`
	}
	if err := json.Unmarshal(list, &all); err != nil {
		return 0, nil, false
	}
	var problems []string
	for _, a := range all {
		problems = append(problems, CheckMessage(a.Blocks, "-")...)
	}
	return len(all), problems, true
}

// metadata checks the form of the metadata. An empty event type means none.
func (m *Message) metadata() error {
	if m.Metadata == nil {
		return nil
	}
	var data struct {
		Type    string         `json:"event_type"`
		Payload map[string]any `json:"event_payload"`
	}
	err := json.Unmarshal(m.Metadata, &data)
	switch {
	case err == nil && data.Type == "" && len(data.Payload) == 0:
		m.Metadata = nil
	case err != nil || data.Type == "" || data.Payload == nil:
		return refuse("invalid_metadata_format")
	case len(m.Metadata) > maxMetadata:
		return refuse("metadata_too_large")
	}
	return nil
}

// named gives blocks and elements the ids that Slack gives those without. Blocks that are not
// valid stay as they are.
func (s *Slack) named(blocks json.RawMessage) json.RawMessage {
	var list []object
	if json.Unmarshal(blocks, &list) != nil {
		return nil
	}
	for _, b := range list {
		s.nameBlock(b)
	}
	out, err := json.Marshal(list)
	if err != nil || len(list) == 0 {
		return nil
	}
	return out
}

func (s *Slack) nameBlock(b object) {
	if id, _ := b["block_id"].(string); id == "" {
		s.ids++
		b["block_id"] = "b" + strconv.Itoa(s.ids)
	}
	elements, _ := b["elements"].([]any)
	for _, v := range append(elements, b["accessory"], b["element"]) {
		e, ok := v.(object)
		if kind, _ := e["type"].(string); !ok || !interactive(kind) {
			continue
		}
		if id, _ := e["action_id"].(string); id == "" {
			s.ids++
			e["action_id"] = "a" + strconv.Itoa(s.ids)
		}
	}
}

// interactive says whether an element of a kind has an action id.
func interactive(kind string) bool {
	switch kind {
	case "", "image", "mrkdwn", "plain_text", "rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted":
		return false
	}
	return true
}
