package main

import (
	"fmt"

	"passdesk/internal/author"
	"passdesk/internal/desk"
	"passdesk/internal/redact"
	"passdesk/internal/store/memstore"
)

// answering makes what a desk answers from. The error lists every problem in the content.
func answering(content author.Content) (desk.Content, error) {
	g, r, err := content.Load()
	if err != nil {
		return desk.Content{}, fmt.Errorf("load content (passdesk check lists the problems):\n%w", err)
	}
	cleaner, err := redact.New(content.Intents, g.Texts())
	if err != nil {
		return desk.Content{}, fmt.Errorf("load content (passdesk check lists the problems):\n%w", err)
	}
	version, err := content.Version()
	if err != nil {
		return desk.Content{}, err
	}
	return desk.Content{Version: version, Guide: g, Read: r.Read, Clean: cleaner.Clean}, nil
}

// answering makes what a desk answers from, from the files that the program was told to use.
func (p *program) answering() (desk.Content, error) {
	content, err := p.files()
	if err != nil {
		return desk.Content{}, err
	}
	return answering(content)
}

// remembered bounds what chat, ask and converse keep in memory, however long they run. A message that
// comes again after so many others is answered anew.
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
