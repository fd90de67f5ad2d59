package desk

import (
	"passdesk/internal/chat"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/reply"
)

// Greet is what the desk says to somebody who has just come and said nothing: hello, and the first
// question. Nothing is kept, so that looking at a page is no conversation.
func (d *Desk) Greet(language string) chat.Reply {
	g := d.Content().Guide
	state := dialogue.State{Language: guide.Language(language)}
	if !isLanguage(state.Language) {
		state.Language = reply.Fallback
	}
	state, step := dialogue.Next(g, state, dialogue.Reading{Act: dialogue.Greeting})
	return reply.Build(g, state, step, "")
}
