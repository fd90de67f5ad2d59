// Package memstore keeps conversations in memory, for the terminal and for tests.
// It exists so that trying a conversation out leaves nothing behind, and as the plain model that the
// databases are compared with.
package memstore

import (
	"context"
	"fmt"
	"sync"
	"time"

	"passdesk/internal/store"
)

// Store is a store.Store in memory. It is safe for concurrent use.
type Store struct {
	clock func() time.Time

	mutex         sync.Mutex
	conversations map[string]*conversation
	jobs          map[string]*job
	closed        bool
}

type conversation struct {
	store.Conversation
	turns []store.Turn
}

// New makes an empty store.
func New() *Store { return NewWithClock(time.Now) }

// NewWithClock makes an empty store whose Now is another clock than the system's.
func NewWithClock(clock func() time.Time) *Store {
	return &Store{clock: clock, conversations: map[string]*conversation{}, jobs: map[string]*job{}}
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
	s.conversations[c.ID] = c
	for position, w := range work {
		s.jobs[w.ID] = newJob(w, position, kept(s.clock()))
	}
	return nil
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
		if s.jobs[w.ID] != nil || seen[w.ID] {
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
