package desk_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"passdesk/internal/chat"
	"passdesk/internal/desk"
	"passdesk/internal/dialogue"
	"passdesk/internal/store/memstore"
)

// TestMessagesOfAConversationWaitForEachOther: they are answered one at a time and in the order in
// which they came; another conversation does not wait.
func TestMessagesOfAConversationWaitForEachOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := content()
		c.Read = func(text string, expects dialogue.Expectation) dialogue.Reading {
			time.Sleep(time.Second)
			return read(text, expects)
		}
		s := memstore.New()
		d := desk.New(c, s, desk.Options{})
		began := time.Now()
		var all sync.WaitGroup
		for i := range 10 {
			all.Go(func() {
				if _, err := d.Handle(context.Background(), chat.Message{ID: fmt.Sprint(i), Conversation: "c", Text: "vpn"}); err != nil {
					t.Error(err)
				}
			})
			synctest.Wait() // it is in the queue now
		}
		if _, err := d.Handle(context.Background(), chat.Message{Conversation: "other", Text: "vpn"}); err != nil || time.Since(began) != time.Second {
			t.Errorf("another conversation waited %v, %v; want 1s", time.Since(began), err)
		}
		all.Wait()
		if took := time.Since(began); took != 10*time.Second {
			t.Errorf("ten messages took %v, want 10s", took)
		}
		turns, err := s.Turns(context.Background(), "c", 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		for i, turn := range turns {
			if turn.Message != fmt.Sprint(i) {
				t.Errorf("turn %d is message %s", i+1, turn.Message)
			}
		}
	})
}

// TestWaitingEndsWithTheContext: whoever gives up waiting leaves nothing behind.
func TestWaitingEndsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := content()
		c.Read = func(string, dialogue.Expectation) dialogue.Reading {
			time.Sleep(time.Hour)
			return dialogue.Reading{}
		}
		s := memstore.New()
		d := desk.New(c, s, desk.Options{})
		go func() { _, _ = d.Handle(context.Background(), chat.Message{Conversation: "c", Text: "vpn"}) }()
		synctest.Wait()
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if _, err := d.Handle(ctx, chat.Message{Conversation: "c", Text: "vpn"}); err == nil {
			t.Error("no error after the context ended")
		}
		time.Sleep(2 * time.Hour)
		if turns, err := s.Turns(context.Background(), "c", 0, 10); err != nil || len(turns) != 1 {
			t.Errorf("%d turns, %v; want 1", len(turns), err)
		}
	})
}

// TestConversationsDoNotMix talks in many conversations at once; go test -race watches.
func TestConversationsDoNotMix(t *testing.T) {
	d := desk.New(content(), memstore.New(), desk.Options{})
	scripts := []struct{ said, answer string }{
		{"installer", "mac-admin-install"},
		{"vpn old coupon", "vpn-legacy-reissue"},
		{"account used", "portal-reset"},
	}
	var all sync.WaitGroup
	for i := range 60 {
		script := scripts[i%len(scripts)]
		all.Go(func() {
			m := chat.Message{Conversation: fmt.Sprint(i), Text: chat.Raw(script.said)}
			for range 5 {
				if r, err := d.Handle(context.Background(), m); err != nil || r.Answer != script.answer || r.Conversation != m.Conversation {
					t.Errorf("conversation %d: answer %q, %v; want %q", i, r.Answer, err, script.answer)
				}
			}
		})
	}
	all.Wait()
}
