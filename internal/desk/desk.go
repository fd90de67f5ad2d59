// Package desk is the one service behind every channel: a message goes in, a reply comes out.
// It exists so that the order of the steps (load, read, decide, word, keep) is written once.
package desk

import (
	"container/list"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"passdesk/internal/chat"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/reply"
)

// ErrUnknown is returned for a message that names a fact, value, command or language that does
// not exist. The conversation is then as it was.
var ErrUnknown = errors.New("unknown")

// MaxConversations bounds how many conversations one desk keeps in memory; the one that has been
// quiet longest is forgotten first.
const MaxConversations = 10_000

// MaxID is the longest conversation id, in bytes; it bounds what a remembered conversation takes.
const MaxID = 256

// ErrTooLong is returned for a conversation id longer than MaxID. Nothing is remembered then.
var ErrTooLong = errors.New("too long")

// Desk answers messages. It keeps conversations in memory.
type Desk struct {
	guide *guide.Guide
	read  func(text string, expects dialogue.Expectation) dialogue.Reading

	mutex         sync.Mutex
	conversations map[string]*list.Element // of quiet
	quiet         *list.List               // of conversation, quiet longest first
}

type conversation struct {
	id    string
	state dialogue.State
}

// New makes a desk from content and a reader's Read method.
func New(g *guide.Guide, read func(string, dialogue.Expectation) dialogue.Reading) *Desk {
	return &Desk{guide: g, read: read, conversations: map[string]*list.Element{}, quiet: list.New()}
}

// Handle answers one message. It fails only with ErrUnknown, ErrTooLong or the context's error, and changes
// nothing then. Messages of one conversation must come one after the other.
func (d *Desk) Handle(ctx context.Context, m chat.Message) (chat.Reply, error) {
	if err := ctx.Err(); err != nil {
		return chat.Reply{}, err
	}
	if len(m.Conversation) > MaxID {
		return chat.Reply{}, fmt.Errorf("%w: conversation id has more than %d bytes", ErrTooLong, MaxID)
	}
	state := d.load(m.Conversation)
	reading, err := d.reading(m, state)
	if err != nil {
		return chat.Reply{}, err
	}
	next, step := dialogue.Next(d.guide, state, reading)
	worded := next
	if locale := guide.Language(m.Locale); worded.Language == "" && slices.Contains(guide.Languages(), locale) {
		worded.Language = locale // assumed for this reply only: the customer has not shown a language
	}
	r := reply.Build(d.guide, worded, step)
	r.Conversation = m.Conversation
	d.keep(m.Conversation, next)
	return r, nil
}

// reading understands the message: what was pressed is certain, what was written is read.
func (d *Desk) reading(m chat.Message, state dialogue.State) (dialogue.Reading, error) {
	language := guide.Language(m.Language)
	if language != "" && !slices.Contains(guide.Languages(), language) {
		return dialogue.Reading{}, fmt.Errorf("%w language %q", ErrUnknown, m.Language)
	}
	in := dialogue.Reading{Language: language}
	switch {
	case m.Choose != nil:
		f := guide.Fact{Slot: m.Choose.Fact, Value: m.Choose.Value}
		if !d.guide.Valid(f) {
			return in, fmt.Errorf("%w fact %q with value %q", ErrUnknown, f.Slot, f.Value)
		}
		in.Facts = []dialogue.Heard{{Fact: f, Confidence: 1}}
	case m.Change != "":
		if d.guide.Slot(m.Change) == nil {
			return in, fmt.Errorf("%w fact %q", ErrUnknown, m.Change)
		}
		in.Change = m.Change
	case m.Command == chat.All:
		in.Change = state.Asked
	case m.Command != "":
		act, ok := commands[m.Command]
		if !ok {
			return in, fmt.Errorf("%w command %q", ErrUnknown, m.Command)
		}
		in.Act = act
	default:
		if language != "" {
			state.Language = language
		}
		expects := dialogue.Expects(d.guide, state)
		expects.Locale = guide.Language(m.Locale)
		in = d.read(string(m.Text), expects)
		if language != "" && in.Act != dialogue.Language {
			in.Language = language
		}
	}
	return in, nil
}

var commands = map[chat.Command]dialogue.Act{
	chat.Back: dialogue.Back, chat.Restart: dialogue.Restart, chat.Human: dialogue.Human,
}

func (d *Desk) load(id string) dialogue.State {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if known, ok := d.conversations[id]; ok {
		return known.Value.(conversation).state
	}
	return dialogue.State{}
}

func (d *Desk) keep(id string, state dialogue.State) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if known, ok := d.conversations[id]; ok {
		d.quiet.Remove(known)
	}
	d.conversations[id] = d.quiet.PushBack(conversation{id, state})
	if len(d.conversations) > MaxConversations {
		oldest := d.quiet.Remove(d.quiet.Front()).(conversation)
		delete(d.conversations, oldest.id)
	}
}
