// Package memstore keeps conversations in memory, for the terminal and for tests.
// It exists so that trying a conversation out leaves nothing behind, and as the plain model that the
// databases are compared with.
package memstore

import (
	"container/list"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"passdesk/internal/store"
)

// Store is a store.Store in memory. It is safe for concurrent use.
type Store struct {
	clock  func() time.Time
	limits Limits

	mutex         sync.Mutex
	conversations map[string]*conversation
	quiet         *list.List // of *conversation, the one that has been quiet longest first
	jobs          map[string]*job
	cases         map[string]*store.Case
	access        access
	marks         map[string]mark
	closed        bool
}

type conversation struct {
	store.Conversation
	turns []store.Turn
	place *list.Element // in Store.quiet
}

// Limits bound what a store remembers. Zero is no limit.
type Limits struct {
	Conversations int // beyond it the one that has been quiet longest is forgotten
	Turns         int // of one conversation; beyond it the earliest are forgotten
}

// New makes an empty store.
func New() *Store { return NewWithClock(time.Now) }

// NewLimited makes an empty store that forgets, for processes that go on for long.
func NewLimited(l Limits) *Store {
	s := New()
	s.limits = l
	return s
}

// NewWithClock makes an empty store whose Now is another clock than the system's.
func NewWithClock(clock func() time.Time) *Store {
	return &Store{
		clock: clock, conversations: map[string]*conversation{}, quiet: list.New(),
		jobs: map[string]*job{}, cases: map[string]*store.Case{}, access: newAccess(), marks: map[string]mark{},
	}
}

// enter locks the store unless it is closed or the caller has gone.
func (s *Store) enter(ctx context.Context, operation string) (leave func(), err error) {
	s.mutex.Lock()
	switch {
	case s.closed:
		err = store.ErrClosed
	case ctx.Err() != nil:
		err = ctx.Err()
	default:
		return s.mutex.Unlock, nil
	}
	s.mutex.Unlock()
	return nil, fmt.Errorf("%s: %w", operation, err)
}

// kept is a time as databases keep it.
func kept(t time.Time) time.Time { return time.UnixMicro(t.UnixMicro()).UTC() }

// Load implements store.Conversations.
func (s *Store) Load(ctx context.Context, id, message string) (store.Conversation, *store.Turn, error) {
	none := store.Conversation{ID: id}
	if err := store.CheckLoad(id, message); err != nil {
		return none, nil, fmt.Errorf("load conversation: %w", err)
	}
	leave, err := s.enter(ctx, "load conversation")
	if err != nil {
		return none, nil, err
	}
	defer leave()
	c := s.conversations[id]
	if c == nil {
		return none, nil, nil
	}
	for _, turn := range c.turns {
		if turn.Message == message {
			return c.Conversation, &turn, nil
		}
	}
	return c.Conversation, nil, nil
}

// Commit implements store.Conversations.
func (s *Store) Commit(ctx context.Context, turn store.Turn, state string, work ...store.Work) error {
	if err := store.CheckTurn(turn, state, work); err != nil {
		return fmt.Errorf("commit turn: %w", err)
	}
	leave, err := s.enter(ctx, "commit turn")
	if err != nil {
		return err
	}
	defer leave()
	turn.At = kept(turn.At)
	c := s.conversations[turn.Conversation]
	if c == nil {
		c = &conversation{Conversation: store.Conversation{ID: turn.Conversation, Channel: turn.Channel, Created: turn.At}}
	}
	if err := s.refuse(c, turn, work); err != nil {
		return fmt.Errorf("commit turn: %w", err)
	}
	c.Version, c.State, c.Updated, c.turns = turn.Sequence, state, turn.At, append(c.turns, turn)
	s.remember(c)
	for position, w := range work {
		s.jobs[w.ID] = newJob(w, position, kept(s.clock()))
		s.open(w, turn.Channel)
	}
	return nil
}

// remember puts a conversation behind all others and forgets what is beyond the limits.
func (s *Store) remember(c *conversation) {
	if c.place == nil {
		c.place = s.quiet.PushBack(c)
	}
	s.quiet.MoveToBack(c.place)
	s.conversations[c.ID] = c
	if n := len(c.turns) - s.limits.Turns; s.limits.Turns > 0 && n > 0 {
		c.turns = slices.Delete(c.turns, 0, n)
	}
	for s.limits.Conversations > 0 && len(s.conversations) > s.limits.Conversations {
		s.erase(s.quiet.Front().Value.(*conversation).ID)
	}
}

// refuse says what the constraints of a database say.
func (s *Store) refuse(c *conversation, turn store.Turn, work []store.Work) error {
	if c.Version != turn.Sequence-1 {
		return fmt.Errorf("%w: version %d", store.ErrConflict, c.Version)
	}
	for _, earlier := range c.turns {
		if earlier.Message == turn.Message {
			return fmt.Errorf("%w: answered before", store.ErrConflict)
		}
	}
	seen := map[string]bool{}
	for _, w := range work {
		if s.jobs[w.ID] != nil || seen[w.ID] || s.cases[w.ID] != nil && w.Case.Reference != "" {
			return fmt.Errorf("%w: work known before", store.ErrConflict)
		}
		seen[w.ID] = true
	}
	return nil
}

// Turns implements store.Conversations.
func (s *Store) Turns(ctx context.Context, id string, after int64, limit int) ([]store.Turn, error) {
	if err := store.CheckID("conversation id", id); err != nil {
		return nil, fmt.Errorf("read turns: %w", err)
	}
	leave, err := s.enter(ctx, "read turns")
	if err != nil {
		return nil, err
	}
	defer leave()
	var turns []store.Turn
	if c := s.conversations[id]; c != nil {
		for _, turn := range c.turns {
			if turn.Sequence > after && len(turns) < limit {
				turns = append(turns, turn)
			}
		}
	}
	return turns, nil
}

// Now implements store.Outbox.
func (s *Store) Now(ctx context.Context) (time.Time, error) {
	leave, err := s.enter(ctx, "read clock")
	if err != nil {
		return time.Time{}, err
	}
	defer leave()
	return kept(s.clock()), nil
}
