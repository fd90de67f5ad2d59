package desk_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"passdesk/internal/chat"
	"passdesk/internal/desk"
	"passdesk/internal/dialogue"
	"passdesk/internal/redact"
	"passdesk/internal/store/memstore"
)

// TestReplaceBetweenTurns exchanges content under load: each turn is made from one content only.
func TestReplaceBetweenTurns(t *testing.T) {
	s := memstore.New()
	version := func(number int) desk.Content {
		c := content()
		c.Version = fmt.Sprint(number)
		clean := c.Clean
		var cleaned sync.Map
		c.Clean = func(raw, asked string) redact.Cleaned { cleaned.Store(raw, true); return clean(raw, asked) }
		c.Read = func(text string, expects dialogue.Expectation) dialogue.Reading {
			if _, same := cleaned.Load(text); !same {
				t.Errorf("%q was cleaned by another content than read it", text)
			}
			return read(text, expects)
		}
		return c
	}
	d := desk.New(version(0), s, desk.Options{})
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for j := range 50 {
				if _, err := d.Handle(context.Background(), chat.Message{Conversation: fmt.Sprint(i), Text: chat.Raw(fmt.Sprintf("vpn number %d of %d", j, i))}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for number := range 100 {
		d.Replace(version(number + 1))
	}
	all.Wait()
	if r, err := d.Handle(context.Background(), chat.Message{Conversation: "last", Text: "vpn"}); err != nil || r.Ask != "vpn-generation" {
		t.Fatalf("%+v, %v", r, err)
	}
	if turns, err := s.Turns(context.Background(), "last", 0, 1); err != nil || turns[0].Content != "100" {
		t.Errorf("turn %+v, %v; want content 100", turns, err)
	}
}

// TestRemovedFactsAreForgotten: a conversation survives content that no longer has what it knew.
func TestRemovedFactsAreForgotten(t *testing.T) {
	s := memstore.New()
	if err := s.Commit(context.Background(), turnOf("c"), `{"dialogue":{"stated":[{"fact":"gone","value":"x"},{"fact":"prompt","value":"vpn"}],"asked":"gone","answered":"gone","shown":[{"fact":"gone","value":"x"}]}}`); err != nil {
		t.Fatal(err)
	}
	d := desk.New(content(), s, desk.Options{HandOver: true})
	r, err := d.Handle(context.Background(), chat.Message{Conversation: "c", Text: "old"})
	if err != nil || r.Ask != "coupon" || r.Facts["prompt"] != "vpn" {
		t.Errorf("%s, %v; want the question about the coupon", where(r), err)
	}
}
