package main

import (
	"errors"
	"fmt"

	"passdesk/internal/author"
	"passdesk/internal/canned"
	"passdesk/internal/desk"
	"passdesk/internal/redact"
	"passdesk/internal/store/memstore"
)

// loadTries bounds how often content is loaded that somebody is changing meanwhile.
const loadTries = 5

// content is what a desk answers from, and what its words are found by.
type content struct {
	desk.Content
	hiragana canned.Hiragana
}

// answering makes what a desk answers from. The error lists every problem in the content.
func answering(files author.Content) (content, error) {
	for range loadTries {
		before, err := files.Version()
		if err != nil {
			return content{}, err
		}
		loaded, err := load(files)
		after, unread := files.Version()
		if before != after || unread != nil {
			continue // the version would not be that of what was loaded
		}
		loaded.Version = before
		return loaded, err
	}
	return content{}, errors.New("load content: it is being changed all the time")
}

func load(files author.Content) (content, error) {
	g, r, err := files.Load()
	if err != nil {
		return content{}, fmt.Errorf("load content (passdesk check lists the problems):\n%w", err)
	}
	cleaner, err := redact.New(files.Intents, g.Texts())
	if err != nil {
		return content{}, fmt.Errorf("load content (passdesk check lists the problems):\n%w", err)
	}
	return content{desk.Content{Guide: g, Read: r.Read, Clean: cleaner.Clean}, r.Hiragana}, nil
}

// answering makes what a desk answers from, from the files that the program was told to use.
func (p *program) answering() (content, error) {
	files, err := p.files()
	if err != nil {
		return content{}, err
	}
	return answering(files)
}

// checked is the content of a directory if it is sound, which is more than that it can be loaded:
// what a running server would refuse must not come in by a restart.
func (p *program) checked() (content, error) {
	files, err := p.files()
	if err != nil {
		return content{}, err
	}
	report, err := author.Check(files, true, tooMuchForSlack)
	if err != nil {
		return content{}, err
	}
	if !report.Sound {
		return content{}, fmt.Errorf("load content (passdesk check lists all of %d problems): %v", len(report.Problems), report.Problems[0])
	}
	return answering(files)
}

// What chat, ask and converse keep in memory at most, however long they run. A message that comes again
// after so many others is answered anew.
const (
	rememberedConversations = 10_000
	rememberedTurns         = 20
)

// desk returns a desk that keeps conversations in memory.
func (p *program) desk() (*desk.Desk, error) {
	c, err := p.answering()
	if err != nil {
		return nil, err
	}
	return desk.New(c.Content, memstore.NewLimited(memstore.Limits{Conversations: rememberedConversations, Turns: rememberedTurns}), desk.Options{}), nil
}
