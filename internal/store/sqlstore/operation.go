package sqlstore

import (
	"context"
	cryptorand "crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"passdesk/internal/store"
)

// probeSize is how much Ping writes, in bytes. A disk that is as good as full may have room for a row
// and none for a turn.
const probeSize = 64 << 10

// Ping implements store.Operation. Only a write can tell whether a disk that was full has room again,
// so after a write that failed there is one.
func (s *Store) Ping(ctx context.Context) error {
	if s.failing.Load() {
		filler := make([]byte, probeSize/2)
		_, _ = cryptorand.Read(filler) // never fails; what is the same or can be compressed would not be written
		err := s.change(ctx, "ping store", statement{text: touchHealth, arguments: []any{hex.EncodeToString(filler)}})
		if errors.Is(err, store.ErrConflict) {
			err = nil // another replica is writing the same row: it can be written
		}
		return s.wrote(err)
	}
	return s.look(ctx, "ping store", statement{text: `SELECT 1`, each: func(r row) error { return r.Scan(new(int64)) }})
}

// Depth implements store.Operation. All states are in the map.
func (s *Store) Depth(ctx context.Context) (map[store.JobState]int, time.Time, error) {
	depth := map[store.JobState]int{store.Waiting: 0, store.Held: 0, store.Done: 0, store.Dead: 0}
	var oldest time.Time
	err := s.look(ctx, "count jobs", statement{text: countJobs, each: func(r row) error {
		var state store.JobState
		var count int
		var created int64
		err := r.Scan(&state, &count, &created)
		depth[state] = count
		if state == store.Waiting {
			oldest = fromMicros(created)
		}
		return err
	}})
	return depth, oldest, err
}

// States implements store.Operation.
func (s *Store) States(ctx context.Context, after string, limit int) ([]store.Conversation, error) {
	var all []store.Conversation
	err := s.look(ctx, "list states", statement{
		text: selectStates, arguments: []any{after, max(limit, 0)},
		each: func(r row) error {
			var one store.Conversation
			var created, updated int64
			err := r.Scan(&one.ID, &one.Channel, &one.Version, &one.State, &created, &updated)
			one.Created, one.Updated = fromMicros(created), fromMicros(updated)
			all = append(all, one)
			return err
		},
	})
	return all, err
}

// Jobs implements store.Operation.
func (s *Store) Jobs(ctx context.Context, state store.JobState, limit int) ([]store.Job, error) {
	var jobs []store.Job
	err := s.look(ctx, "list jobs", statement{text: selectJobs, arguments: []any{string(state), max(limit, 0)}, each: appendJob(&jobs)})
	return jobs, err
}

// Release implements store.Operation. What is released starts afresh: due now, no reason, and one try.
func (s *Store) Release(ctx context.Context, ids ...string) (int, error) {
	statements := []statement{{text: releaseHeld, changed: new(int64)}}
	if len(ids) > 0 {
		statements = nil
	}
	for _, id := range ids {
		if err := store.CheckID("work id", id); err != nil {
			return 0, fmt.Errorf("release jobs: %w", err)
		}
		statements = append(statements, statement{text: releaseJob, arguments: []any{id}, changed: new(int64)})
	}
	if err := s.change(ctx, "release jobs", statements...); err != nil {
		return 0, err
	}
	released := 0
	for _, one := range statements {
		released += int(*one.changed)
	}
	return released, nil
}

// Purge implements store.Operation.
func (s *Store) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return s.erase(ctx, "purge conversations", purgeConversations, micros(before), max(limit, 0))
}

// PurgeJobs implements store.Operation.
func (s *Store) PurgeJobs(ctx context.Context, before time.Time, limit int) (int, error) {
	return s.erase(ctx, "purge jobs", purgeJobs, micros(before), max(limit, 0))
}

// Forget implements store.Operation.
func (s *Store) Forget(ctx context.Context, conversation string) error {
	if err := store.CheckID("conversation id", conversation); err != nil {
		return fmt.Errorf("forget conversation: %w", err)
	}
	erased, err := s.erase(ctx, "forget conversation", deleteConversation, conversation)
	if err == nil && erased == 0 {
		return fmt.Errorf("forget conversation: %w", store.ErrNotFound)
	}
	return err
}

func (s *Store) erase(ctx context.Context, operation, text string, arguments ...any) (int, error) {
	var changed int64
	err := s.change(ctx, operation, statement{text: text, arguments: arguments, changed: &changed})
	return int(changed), err
}

// Scrub implements store.Operation.
func (s *Store) Scrub(ctx context.Context) error {
	return s.guard(ctx, "scrub store", func() error { return s.database.scrub(ctx) })
}
