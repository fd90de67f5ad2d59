package desk_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"passdesk/internal/chat"
	"passdesk/internal/desk"
	"passdesk/internal/store"
	"passdesk/internal/store/memstore"
)

// counting counts how often conversations are loaded, and can be down.
type counting struct {
	*memstore.Store
	loads int
	down  bool
}

func (c *counting) Load(ctx context.Context, conversation, message string) (store.Conversation, *store.Turn, error) {
	c.loads++
	return c.Store.Load(ctx, conversation, message)
}

func (c *counting) Commit(ctx context.Context, turn store.Turn, state string, work ...store.Work) error {
	if c.down {
		return fmt.Errorf("commit turn: %w", store.ErrUnavailable)
	}
	return c.Store.Commit(ctx, turn, state, work...)
}

// TestRemembered: what is remembered is what would have been loaded, whatever happened meanwhile.
func TestRemembered(t *testing.T) {
	s := &counting{Store: memstore.New()}
	d := desk.New(content(), s, desk.Options{Remember: 2})
	say := func(id, conversation string, text chat.Raw, known bool) (chat.Reply, error) {
		return d.Handle(context.Background(), chat.Message{ID: id, Conversation: conversation, Text: text, Known: known})
	}
	expect := func(what string, r chat.Reply, err error, ask string, loads int) {
		t.Helper()
		if err != nil || r.Ask != ask || s.loads != loads {
			t.Errorf("%s: asks %q, %v, %d loads; want %q and %d", what, r.Ask, err, s.loads, ask, loads)
		}
		s.loads = 0
	}
	r, err := say("1", "c", "vpn", false)
	expect("a new conversation", r, err, "vpn-generation", 1)
	r, err = say("2", "c", "old", true)
	expect("the next turn", r, err, "coupon", 0)
	r, err = say("2", "c", "old", true)
	expect("a message again", r, err, "coupon", 1)

	s.down = true
	if _, err := say("3", "c", "current", true); !errors.Is(err, chat.ErrBusy) {
		t.Errorf("while the store is down: %v, want ErrBusy", err)
	}
	s.down, s.loads = false, 0
	r, err = say("4", "c", "nothing", true)
	expect("after a turn that was not kept", r, err, "coupon", 1)

	other := desk.New(content(), s, desk.Options{})
	if _, err := other.Handle(context.Background(), chat.Message{ID: "5", Conversation: "c", Choose: &chat.Choose{Fact: "prompt", Value: "portal"}}); err != nil {
		t.Fatal(err)
	}
	s.loads = 0
	r, err = say("6", "c", "used", true)
	expect("after another desk", r, err, "", 1)
	if r.Answer != "portal-reset" {
		t.Errorf("after another desk: answer %q, want portal-reset", r.Answer)
	}

	if err := s.Forget(context.Background(), "c"); err != nil {
		t.Fatal(err)
	}
	if _, err := say("7", "c", "vpn", true); !errors.Is(err, chat.ErrNotFound) {
		t.Errorf("a conversation that was forgotten: %v, want ErrNotFound", err)
	}
	for _, conversation := range []string{"x", "y", "z"} {
		if _, err := say("1", conversation, "vpn", false); err != nil {
			t.Fatal(err)
		}
	}
	s.loads = 0
	r, err = say("2", "x", "old", true)
	expect("one of more than are remembered", r, err, "coupon", 1)
}

// TestRemembersWhatIsGone: a press that was answered gets that answer again, also when the content that
// knew it has been replaced meanwhile.
func TestRemembersWhatIsGone(t *testing.T) {
	o := open(t, desk.Options{})
	want := o.say(chat.Message{ID: "1", Conversation: "c", Choose: &chat.Choose{Fact: "prompt", Value: "vpn"}})
	gone := &chat.Choose{Fact: "prompt", Value: "fax"} // as the same press is to content without it
	if got := o.say(chat.Message{ID: "1", Conversation: "c", Choose: gone}); where(got) != where(want) {
		t.Errorf("the repetition got %s, want %s", where(got), where(want))
	}
	if _, err := o.Handle(context.Background(), chat.Message{ID: "2", Conversation: "c", Choose: gone}); !errors.Is(err, chat.ErrInvalid) {
		t.Errorf("a new press: %v, want ErrInvalid", err)
	}
}
