package console_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"passdesk/intents"
	"passdesk/internal/chat"
	"passdesk/internal/console"
	"passdesk/internal/desk"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/live"
	"passdesk/internal/redact"
	"passdesk/internal/store"
	"passdesk/internal/store/memstore"
)

// crowd are customers on a real desk, over a store in memory, and what agents can do about them.
type crowd struct {
	testing.TB
	store *memstore.Store
	desk  *desk.Desk
	hub   *live.Hub
	done  chan struct{}
	once  sync.Once
	spoke int
}

var cleaner = sync.OnceValue(func() *redact.Cleaner {
	c, err := redact.New(intents.Files, nil)
	if err != nil {
		panic(err)
	}
	return c
})

func newCrowd(t testing.TB) *crowd {
	c := &crowd{TB: t, store: memstore.New(), done: make(chan struct{})}
	c.hub = live.New(c.store.Versions, live.Options{})
	c.desk = desk.New(desk.Content{
		Version: "v1", Guide: content(), Clean: cleaner().Clean,
		Read: func(string, dialogue.Expectation) dialogue.Reading { return dialogue.Reading{} },
	}, committing{c}, desk.Options{HandOver: true})
	return c
}

// committing wakes whoever listens to a conversation in which a turn was kept.
type committing struct{ *crowd }

func (c committing) Load(ctx context.Context, conversation, message string) (store.Conversation, *store.Turn, error) {
	return c.store.Load(ctx, conversation, message)
}

func (c committing) Turns(ctx context.Context, conversation string, after int64, limit int) ([]store.Turn, error) {
	return c.store.Turns(ctx, conversation, after, limit)
}

func (c committing) Commit(ctx context.Context, turn store.Turn, state string, work ...store.Work) error {
	defer c.hub.Committed(turn.Conversation)
	return c.store.Commit(ctx, turn, state, work...)
}

func (c *crowd) stop() { c.once.Do(func() { close(c.done) }) }

func (c *crowd) people() *console.People {
	return &console.People{
		Cases: c.store.Cases, Case: c.store.Case, Take: c.store.TakeCase, Return: c.store.ReturnCase, Close: c.store.CloseCase,
		Turns: c.store.Turns, Decode: desk.DecodeReply, Do: c.desk.Agent, Listen: c.hub.Subscribe, Done: c.done,
		Live: func(channel string) bool { return channel == "web" },
	}
}

// hear lets a customer say or press something.
func (c *crowd) hear(m chat.Message) {
	c.Helper()
	c.spoke++
	m.ID = fmt.Sprint("customer-", c.spoke)
	if _, err := c.desk.Handle(context.Background(), m); err != nil {
		c.Fatalf("customer: %v", err)
	}
}

// handOver is a customer with an old VPN who wants a person; words are what they write first.
func (c *crowd) handOver(channel, conversation, words string) store.Case {
	c.Helper()
	m := chat.Message{Channel: channel, Conversation: conversation, Language: "ja"}
	for _, f := range []guide.Fact{{Slot: "prompt", Value: "vpn"}, {Slot: "vpn-generation", Value: "legacy"}, {Slot: "coupon", Value: "unknown"}} {
		m.Choose = &chat.Choose{Fact: f.Slot, Value: f.Value}
		c.hear(m)
	}
	c.hear(chat.Message{Channel: channel, Conversation: conversation, Text: chat.Raw(words)})
	c.hear(chat.Message{Channel: channel, Conversation: conversation, Command: chat.Human})
	for _, one := range c.cases(store.CaseOpen) {
		if one.Conversation == conversation {
			return one
		}
	}
	c.Fatal("there is no case of the hand-over")
	return store.Case{}
}

func (c *crowd) cases(state store.CaseState) []store.Case {
	c.Helper()
	all, err := c.store.Cases(context.Background(), store.CaseFilter{State: state}, 0, 1000)
	if err != nil {
		c.Fatal(err)
	}
	return all
}

// spoken is everything that was said in conversation "c1", as it is kept.
func (c *crowd) spoken() string {
	c.Helper()
	turns, err := c.store.Turns(context.Background(), "c1", 0, 1000)
	if err != nil {
		c.Fatal(err)
	}
	var all strings.Builder
	for _, turn := range turns {
		fmt.Fprintf(&all, "%s %s\n", turn.Pressed, turn.Said)
	}
	return all.String()
}
