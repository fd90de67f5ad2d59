package desk_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"passdesk/internal/chat"
	"passdesk/internal/desk"
	"passdesk/internal/dialogue"
)

// TestConversationsDoNotMix talks in many conversations at once; go test -race watches.
func TestConversationsDoNotMix(t *testing.T) {
	d := desk.New(content(), read)
	scripts := []struct{ said, answer string }{
		{"prompt=install", "mac-admin-install"},
		{"prompt=vpn vpn-generation=legacy coupon=known", "vpn-legacy-reissue"},
		{"prompt=portal portal-history=used", "portal-reset"},
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

// TestQuietConversationsAreForgotten fills the desk to its limit.
func TestQuietConversationsAreForgotten(t *testing.T) {
	d := desk.New(content(), read)
	say := func(conversation int, text string) chat.Reply {
		return handle(t, d, chat.Message{Conversation: fmt.Sprint(conversation), Text: chat.Raw(text)})
	}
	for i := range desk.MaxConversations {
		say(i, "prompt=vpn")
	}
	say(0, "vpn-generation=legacy") // 1 is now the one that has been quiet longest
	say(desk.MaxConversations, "prompt=vpn")
	if r := say(0, "coupon=known"); r.Questions != 2 {
		t.Errorf("conversation 0 was not quiet but is forgotten: %d questions, want 2", r.Questions)
	}
	if r := say(2, "vpn-generation=legacy"); r.Questions != 2 {
		t.Errorf("conversation 2 is forgotten before its time: %d questions, want 2", r.Questions)
	}
	if r := say(1, ""); r.Ask != "prompt" || r.Questions != 1 {
		t.Errorf("conversation 1 is still known: asks %q after %d questions; want prompt, 1", r.Ask, r.Questions)
	}
}

// TestABusyConversationForgetsNoOther: only too many conversations make the desk forget one.
func TestABusyConversationForgetsNoOther(t *testing.T) {
	d := desk.New(content(), func(string, dialogue.Expectation) dialogue.Reading { return dialogue.Reading{Act: dialogue.Thanks} })
	handle(t, d, chat.Message{Conversation: "quiet", Choose: &chat.Choose{Fact: "prompt", Value: "vpn"}})
	for range 5 * desk.MaxConversations {
		handle(t, d, chat.Message{Conversation: "busy", Text: "thank you"})
	}
	r := handle(t, d, chat.Message{Conversation: "quiet", Choose: &chat.Choose{Fact: "vpn-generation", Value: "legacy"}})
	if r.Questions != 2 {
		t.Errorf("the quiet conversation was forgotten: %d questions, want 2", r.Questions)
	}
}
