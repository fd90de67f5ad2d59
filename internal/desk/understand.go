package desk

import (
	"passdesk/internal/chat"
	"passdesk/internal/dialogue"
	"passdesk/internal/redact"
)

// Understand reads a message that belongs to no conversation, as it would be read at the beginning of
// one: an agent has it before them and wants to know what it is about. Nothing is kept.
func (d *Desk) Understand(text chat.Raw) (dialogue.Reading, []redact.Kind) {
	content := d.Content()
	if len(text) > MaxText {
		return dialogue.Reading{Act: dialogue.TooLong}, nil
	}
	said := content.Clean(string(text), "")
	return content.Read(said.Text.String(), dialogue.Expects(content.Guide, dialogue.State{})), said.Found
}
