package desk_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"passdesk/internal/chat"
	"passdesk/internal/desk"
	"passdesk/internal/handover"
	"passdesk/internal/store"
	"passdesk/internal/store/memstore"
)

// TestAMessageIsAnsweredOnce: what comes again gets the reply it got, whatever happened since.
func TestAMessageIsAnsweredOnce(t *testing.T) {
	o := open(t, desk.Options{})
	first := chat.Message{ID: "m1", Conversation: "c", Text: "vpn"}
	want := o.say(first)
	o.say(chat.Message{ID: "m2", Conversation: "c", Text: "current"})
	other := desk.New(content(), o.store, desk.Options{}) // another replica, or this one after a restart
	for name, d := range map[string]*desk.Desk{"this desk": o.Desk, "another": other} {
		got, err := d.Handle(context.Background(), first)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
	}
	if n := len(o.turns()); n != 2 {
		t.Errorf("%d turns kept, want 2", n)
	}
	if r := o.say(chat.Message{ID: "m1", Conversation: "d", Text: "account"}); r.Ask != "portal-history" {
		t.Errorf("the same id in another conversation is another message; got %s", where(r))
	}
}

// racing lets somebody else be faster a number of times.
type racing struct {
	*memstore.Store
	lost int
}

func (r *racing) Commit(ctx context.Context, turn store.Turn, state string, work ...store.Work) error {
	if r.lost > 0 {
		r.lost--
		other := turn
		other.Message = fmt.Sprint("other", r.lost)
		if err := r.Store.Commit(ctx, other, "{}"); err != nil {
			return err
		}
	}
	return r.Store.Commit(ctx, turn, state, work...)
}

func TestLostRacesAreRunAgain(t *testing.T) {
	for lost, want := range map[int]error{0: nil, 3: nil, 11: nil, 12: chat.ErrBusy} {
		t.Run(fmt.Sprint(lost), func(t *testing.T) {
			t.Parallel()
			s := &racing{Store: memstore.New(), lost: lost}
			d := desk.New(content(), s, desk.Options{})
			_, err := d.Handle(context.Background(), chat.Message{ID: "m", Conversation: "c", Text: "vpn"})
			if !errors.Is(err, want) {
				t.Fatalf("error %v, want %v", err, want)
			}
			turns, err := s.Turns(context.Background(), "c", 0, 100)
			if wantTurns := lost + 1; err != nil || want == nil && len(turns) != wantTurns {
				t.Errorf("%d turns, %v; want %d", len(turns), err, wantTurns)
			}
		})
	}
}

// broken is a store that is down.
type broken struct{ *memstore.Store }

func (broken) Commit(context.Context, store.Turn, string, ...store.Work) error {
	return fmt.Errorf("commit turn: %w: disk full", store.ErrUnavailable)
}

func TestAStoreThatIsDown(t *testing.T) {
	closed := memstore.New()
	if err := closed.Close(); err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]store.Conversations{"down": broken{memstore.New()}, "closed": closed} {
		d := desk.New(content(), s, desk.Options{HandOver: true})
		r, err := d.Handle(context.Background(), chat.Message{Conversation: "c", Command: chat.Human})
		if diff := cmp.Diff(chat.Reply{}, r); diff != "" || !errors.Is(err, chat.ErrBusy) {
			t.Errorf("%s: error %v, want ErrBusy and no reply:\n%s", name, err, diff)
		}
	}
}

// TestOneHandOverOfLostRaces: attempts that were not kept hand nothing over.
func TestOneHandOverOfLostRaces(t *testing.T) {
	s := &racing{Store: memstore.New(), lost: 3}
	d := desk.New(content(), s, desk.Options{HandOver: true})
	r, err := d.Handle(context.Background(), chat.Message{ID: "m", Conversation: "c", Command: chat.Human})
	if err != nil {
		t.Fatal(err)
	}
	jobs, err := s.Jobs(context.Background(), store.Waiting, 10)
	if err != nil || len(jobs) != 1 || jobs[0].Sequence != 4 || handover.Reference(jobs[0].ID) != r.Reference {
		t.Errorf("jobs %+v, %v; want one, of turn 4, with reference %s", jobs, err, r.Reference)
	}
}

// TestOneHistory delivers messages several times, in any order, at once, to two desks over one
// store: each message has one turn and one reply, and the turns have no gap.
func TestOneHistory(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		texts := rapid.SliceOfN(rapid.SampledFrom([]string{"vpn", "old", "current", "account", "no"}), 1, 6).Draw(rt, "texts")
		deliveries := rapid.SliceOfN(rapid.IntRange(0, len(texts)-1), len(texts), 20).Draw(rt, "deliveries")
		s := memstore.New()
		desks := []*desk.Desk{desk.New(content(), s, desk.Options{}), desk.New(content(), s, desk.Options{Remember: 10})}
		replies := make([]chat.Reply, len(deliveries))
		errs := make([]error, len(deliveries))
		var all sync.WaitGroup
		for i, message := range deliveries {
			all.Go(func() {
				replies[i], errs[i] = desks[i%2].Handle(context.Background(), chat.Message{ID: fmt.Sprint(message), Conversation: "c", Text: chat.Raw(texts[message])})
			})
		}
		all.Wait()
		replyTo := map[int]chat.Reply{}
		for i, message := range deliveries {
			if errs[i] != nil {
				rt.Fatalf("delivery %d: %v", i, errs[i])
			}
			if first, ok := replyTo[message]; ok && !cmp.Equal(first, replies[i]) {
				rt.Fatalf("message %d has two replies:\n%s", message, cmp.Diff(first, replies[i]))
			}
			replyTo[message] = replies[i]
		}
		turns, err := s.Turns(context.Background(), "c", 0, 100)
		if err != nil || len(turns) != len(replyTo) {
			rt.Fatalf("%d turns for %d messages, %v", len(turns), len(replyTo), err)
		}
		for i, turn := range turns {
			if turn.Sequence != int64(i+1) {
				rt.Fatalf("turn %d has number %d", i+1, turn.Sequence)
			}
		}
	})
}
