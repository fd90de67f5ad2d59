package desk_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"passdesk/internal/chat"
	"passdesk/internal/desk"
)

// TestIDs: ids that no database could keep are refused, and nothing is kept of the message then.
func TestIDs(t *testing.T) {
	long := strings.Repeat("x", desk.MaxID)
	o := open(t, desk.Options{})
	if _, err := o.Handle(context.Background(), chat.Message{Text: "vpn"}); !errors.Is(err, chat.ErrInvalid) {
		t.Errorf("no conversation: error %v, want ErrInvalid", err)
	}
	for id, fine := range map[string]bool{long: true, "会話 1": true, long + "x": false, "a\x00b": false, "a\xff": false} {
		for _, m := range []chat.Message{{Conversation: id, Text: "vpn"}, {Conversation: "c", ID: id, Text: "vpn"}} {
			_, err := o.Handle(context.Background(), m)
			if fine != (err == nil) || err != nil && !errors.Is(err, chat.ErrInvalid) {
				t.Errorf("conversation %.10q, message %.10q: error %v, want fine %v", m.Conversation, m.ID, err, fine)
			}
		}
	}
	if n := len(o.turns()); n != 2 { // the two fine message ids
		t.Errorf("%d turns kept, want 2", n)
	}
}

// TestKnownConversation: who goes on with a conversation does not begin one.
func TestKnownConversation(t *testing.T) {
	o := open(t, desk.Options{})
	if _, err := o.Handle(context.Background(), chat.Message{Conversation: "c", Known: true, Text: "vpn"}); !errors.Is(err, chat.ErrNotFound) {
		t.Errorf("unknown conversation: error %v, want ErrNotFound", err)
	}
	o.say(chat.Message{Conversation: "c", Command: chat.Start})
	if r := o.say(chat.Message{Conversation: "c", Known: true, Text: "vpn"}); r.Ask != "vpn-generation" {
		t.Errorf("known conversation: asks %q, want vpn-generation", r.Ask)
	}
}

// TestSeveralThingsAtOnceAreRefused: what is kept of a message is what was checked of it.
func TestSeveralThingsAtOnceAreRefused(t *testing.T) {
	o := open(t, desk.Options{})
	_, err := o.Handle(context.Background(), chat.Message{Conversation: "c", Choose: &chat.Choose{Fact: "prompt", Value: "vpn"}, Change: "my password is hunter2"})
	if !errors.Is(err, chat.ErrInvalid) || len(o.turns()) != 0 || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("error %v, %d turns; want ErrInvalid that does not quote, and none", err, len(o.turns()))
	}
	if len(o.records) != 1 || o.records[0].Outcome != "invalid" {
		t.Errorf("records %+v; want one, invalid", o.records)
	}
}
