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
	state := beginning(language)
	state, step := dialogue.Next(g, state, dialogue.Reading{Act: dialogue.Greeting})
	return reply.Build(g, state, step, "")
}

// Contact is where people are reached whom the desk could not reach.
func (d *Desk) Contact(language string) chat.Reply {
	state := beginning(language)
	return reply.Build(d.Content().Guide, state, dialogue.Step{Kind: dialogue.StepHuman, Phrases: []string{guide.PhraseHumanAgain}}, "")
}

// beginning is the state of a conversation in which nothing has been said yet.
func beginning(language string) dialogue.State {
	if in := guide.Language(language); isLanguage(in) {
		return dialogue.State{Language: in}
	}
	return dialogue.State{Language: reply.Fallback}
}
