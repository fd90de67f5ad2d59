package main

import (
	"errors"
	"fmt"

	"passdesk/internal/author"
	"passdesk/internal/desk"
	"passdesk/internal/redact"
	"passdesk/internal/store/memstore"
)

// loadTries bounds how often content is loaded that somebody is changing meanwhile.
const loadTries = 5

// answering makes what a desk answers from. The error lists every problem in the content.
func answering(content author.Content) (desk.Content, error) {
	for range loadTries {
		before, err := content.Version()
		if err != nil {
			return desk.Content{}, err
		}
		loaded, err := load(content)
		after, unread := content.Version()
		if before != after || unread != nil {
			continue // the version would not be that of what was loaded
		}
		loaded.Version = before
		return loaded, err
	}
	return desk.Content{}, errors.New("load content: it is being changed all the time")
}

func load(content author.Content) (desk.Content, error) {
	g, r, err := content.Load()
	if err != nil {
		return desk.Content{}, fmt.Errorf("load content (passdesk check lists the problems):\n%w", err)
	}
	cleaner, err := redact.New(content.Intents, g.Texts())
	if err != nil {
		return desk.Content{}, fmt.Errorf("load content (passdesk check lists the problems):\n%w", err)
	}
	return desk.Content{Guide: g, Read: r.Read, Clean: cleaner.Clean}, nil
}

// answering makes what a desk answers from, from the files that the program was told to use.
func (p *program) answering() (desk.Content, error) {
	content, err := p.files()
	if err != nil {
		return desk.Content{}, err
	}
	return answering(content)
}

// checked is the content of a directory if it is sound, which is more than that it can be loaded:
// what a running server would refuse must not come in by a restart.
func (p *program) checked() (desk.Content, error) {
	content, err := p.files()
	if err != nil {
		return desk.Content{}, err
	}
	report, err := author.Check(content, true)
	if err != nil {
		return desk.Content{}, err
	}
	if !report.Sound {
		return desk.Content{}, fmt.Errorf("load content (passdesk check lists all of %d problems): %v", len(report.Problems), report.Problems[0])
	}
	return answering(content)
}

// What chat, ask and converse keep in memory at most, however long they run. A message that comes again
// after so many others is answered anew.
const (
	rememberedConversations = 10_000
	rememberedTurns         = 20
)

// desk returns a desk that keeps conversations in memory.
func (p *program) desk() (*desk.Desk, error) {
	content, err := p.answering()
	if err != nil {
		return nil, err
	}
	return desk.New(content, memstore.NewLimited(memstore.Limits{Conversations: rememberedConversations, Turns: rememberedTurns}), desk.Options{}), nil
}
