package desk_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"passdesk/intents"
	"passdesk/internal/chat"
	"passdesk/internal/desk"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/observe"
	"passdesk/internal/redact"
	"passdesk/internal/store"
	"passdesk/internal/store/memstore"
	"passdesk/knowledge"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var content = sync.OnceValue(func() desk.Content {
	g, err := guide.Load(knowledge.Files)
	if err != nil {
		panic(err)
	}
	cleaner, err := redact.New(intents.Files, nil)
	if err != nil {
		panic(err)
	}
	return desk.Content{Version: "v1", Guide: g, Read: read, Clean: cleaner.Clean}
})

// read understands a few words and nothing else: what free text means is not the desk's business.
func read(text string, _ dialogue.Expectation) dialogue.Reading {
	means := map[string]guide.Fact{
		"vpn": {Slot: "prompt", Value: "vpn"}, "account": {Slot: "prompt", Value: "portal"}, "installer": {Slot: "prompt", Value: "install"},
		"old": {Slot: "vpn-generation", Value: "legacy"}, "current": {Slot: "vpn-generation", Value: "current"},
		"coupon": {Slot: "coupon", Value: "known"}, "used": {Slot: "portal-history", Value: "used"},
	}
	var in dialogue.Reading
	for word := range strings.FieldsSeq(text) {
		if fact, ok := means[word]; ok {
			in.Facts = append(in.Facts, dialogue.Heard{Fact: fact, Confidence: 1})
		} else if word == "no" {
			in.Act = dialogue.No
		}
	}
	return in
}

// office is a desk with its store, as a test sees it.
type office struct {
	testing.TB
	*desk.Desk
	store   *memstore.Store
	records []observe.Turn
	now     time.Time
}

func open(tb testing.TB, options desk.Options) *office { return openReading(tb, read, options) }

func openReading(tb testing.TB, read func(string, dialogue.Expectation) dialogue.Reading, options desk.Options) *office {
	o := &office{TB: tb, store: memstore.New(), now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
	options.Now = func() time.Time { return o.now }
	options.Observe = func(r observe.Turn) { o.records = append(o.records, r) }
	c := content()
	c.Read = read
	options.Remember = 100 // as for a store of its own; other tests remember nothing
	o.Desk = desk.New(c, o.store, options)
	return o
}

func (o *office) say(m chat.Message) chat.Reply {
	o.Helper()
	r, err := o.Handle(context.Background(), m)
	if err != nil {
		o.Fatalf("Handle(%+v): %v", m, err)
	}
	if r.Conversation != m.Conversation {
		o.Fatalf("reply to %q went to %q", m.Conversation, r.Conversation)
	}
	return r
}

// turns are those of conversation "c".
func (o *office) turns() []store.Turn {
	o.Helper()
	turns, err := o.store.Turns(context.Background(), "c", 0, 1000)
	if err != nil {
		o.Fatal(err)
	}
	return turns
}

// where is the part of a reply that tells where a conversation stands.
func where(r chat.Reply) string {
	return fmt.Sprintf("%s %s%s in %s, %d questions, facts %v", r.Step, r.Ask, r.Answer, r.Language, r.Questions, r.Facts)
}

// turnOf is the first turn of a conversation, as another desk may have kept it.
func turnOf(conversation string) store.Turn {
	return store.Turn{Conversation: conversation, Sequence: 1, Message: "first", Reply: `{"reply":{}}`, At: time.Now()}
}
