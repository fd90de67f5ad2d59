package desk_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"passdesk/internal/chat"
	"passdesk/internal/desk"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/knowledge"
)

func TestLongConversationIDIsRefused(t *testing.T) {
	g, err := guide.Load(knowledge.Files)
	if err != nil {
		t.Fatal(err)
	}
	d := desk.New(g, func(string, dialogue.Expectation) dialogue.Reading { return dialogue.Reading{} })
	for length, want := range map[int]error{desk.MaxID: nil, desk.MaxID + 1: desk.ErrTooLong} {
		_, err := d.Handle(context.Background(), chat.Message{Conversation: strings.Repeat("x", length), Text: "hi"})
		if !errors.Is(err, want) {
			t.Errorf("id of %d bytes: error %v, want %v", length, err, want)
		}
	}
}
