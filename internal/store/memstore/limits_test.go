package memstore_test

import (
	"fmt"
	"testing"

	"passdesk/internal/store"
	"passdesk/internal/store/memstore"
)

// TestLimits: the conversation that has been quiet longest is forgotten, and the earliest turns of
// one that goes on.
func TestLimits(t *testing.T) {
	s := memstore.NewLimited(memstore.Limits{Conversations: 3, Turns: 2})
	say := func(conversation string, sequence int64) {
		t.Helper()
		turn := store.Turn{Conversation: conversation, Sequence: sequence, Message: fmt.Sprint(sequence), Reply: "{}", Content: "v"}
		if err := s.Commit(t.Context(), turn, "{}"); err != nil {
			t.Fatal(err)
		}
	}
	version := func(conversation string) int64 {
		t.Helper()
		c, _, err := s.Load(t.Context(), conversation, "new")
		if err != nil {
			t.Fatal(err)
		}
		return c.Version
	}
	say("a", 1)
	say("b", 1)
	say("c", 1)
	say("a", 2) // b has been quiet longest now
	say("d", 1)
	if version("b") != 0 || version("a") != 2 || version("c") != 1 || version("d") != 1 {
		t.Errorf("versions a %d, b %d, c %d, d %d; want 2, 0, 1, 1", version("a"), version("b"), version("c"), version("d"))
	}
	for sequence := range int64(5) {
		say("d", sequence+2)
	}
	turns, err := s.Turns(t.Context(), "d", 0, 100)
	if err != nil || len(turns) != 2 || turns[0].Sequence != 5 || version("d") != 6 {
		t.Errorf("turns %+v, %v; want the last two of six", turns, err)
	}
	if err := s.Forget(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	say("a", 1)
	say("e", 1)
	if version("c") != 0 || version("a") != 1 {
		t.Errorf("versions a %d, c %d; want 1 and 0", version("a"), version("c"))
	}
}
