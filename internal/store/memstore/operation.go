package memstore

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"passdesk/internal/store"
)

// Ping implements store.Operation.
func (s *Store) Ping(ctx context.Context) error {
	leave, err := s.enter(ctx, "ping store")
	if err == nil {
		leave()
	}
	return err
}

// Depth implements store.Operation. All states are in the map.
func (s *Store) Depth(ctx context.Context) (map[store.JobState]int, time.Time, error) {
	depth := map[store.JobState]int{store.Waiting: 0, store.Held: 0, store.Done: 0, store.Dead: 0}
	var oldest time.Time
	leave, err := s.enter(ctx, "count jobs")
	if err != nil {
		return depth, oldest, err
	}
	defer leave()
	for _, j := range s.jobs {
		depth[j.State]++
		if j.State == store.Waiting && (oldest.IsZero() || j.Created.Before(oldest)) {
			oldest = j.Created
		}
	}
	return depth, oldest, nil
}

// States implements store.Operation.
func (s *Store) States(ctx context.Context, after string, limit int) ([]store.Conversation, error) {
	leave, err := s.enter(ctx, "list states")
	if err != nil {
		return nil, err
	}
	defer leave()
	var all []store.Conversation
	for _, id := range slices.Sorted(maps.Keys(s.conversations)) {
		if id > after && len(all) < limit {
			all = append(all, s.conversations[id].Conversation)
		}
	}
	return all, nil
}

// Jobs implements store.Operation.
func (s *Store) Jobs(ctx context.Context, state store.JobState, limit int) ([]store.Job, error) {
	leave, err := s.enter(ctx, "list jobs")
	if err != nil {
		return nil, err
	}
	defer leave()
	var jobs []store.Job
	for _, j := range s.oldest(limit, func(j *job) bool { return j.State == state }) {
		jobs = append(jobs, j.Job)
	}
	return jobs, nil
}

// oldest lists jobs in the order in which they came.
func (s *Store) oldest(limit int, wanted func(*job) bool) []*job {
	var found []*job
	for _, j := range s.jobs {
		if wanted(j) {
			found = append(found, j)
		}
	}
	slices.SortFunc(found, func(a, b *job) int {
		return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.Conversation, b.Conversation),
			cmp.Compare(a.Sequence, b.Sequence), cmp.Compare(a.position, b.position))
	})
	return found[:max(0, min(limit, len(found)))]
}

// Release implements store.Operation. What is released starts afresh: due now, no reason, and one try.
func (s *Store) Release(ctx context.Context, ids ...string) (int, error) {
	for _, id := range ids {
		if err := store.CheckID("work id", id); err != nil {
			return 0, fmt.Errorf("release jobs: %w", err)
		}
	}
	leave, err := s.enter(ctx, "release jobs")
	if err != nil {
		return 0, err
	}
	defer leave()
	released := 0
	for id, j := range s.jobs {
		named := len(ids) == 0 && j.State == store.Held || slices.Contains(ids, id) && (j.State == store.Held || j.State == store.Dead)
		if named {
			j.State, j.Tries, j.Due, j.Reason = store.Waiting, 1, kept(s.clock()), ""
			released++
		}
	}
	return released, nil
}

// Purge implements store.Operation.
func (s *Store) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	leave, err := s.enter(ctx, "purge conversations")
	if err != nil {
		return 0, err
	}
	defer leave()
	busy := map[string]bool{}
	for _, j := range s.jobs {
		busy[j.Conversation] = busy[j.Conversation] || j.State == store.Waiting || j.State == store.Held
	}
	var old []*conversation
	for id, c := range s.conversations {
		if c.Updated.Before(kept(before)) && !busy[id] {
			old = append(old, c)
		}
	}
	slices.SortFunc(old, func(a, b *conversation) int { return cmp.Or(a.Updated.Compare(b.Updated), cmp.Compare(a.ID, b.ID)) })
	old = old[:max(0, min(limit, len(old)))]
	for _, c := range old {
		s.erase(c.ID)
	}
	return len(old), nil
}

func (s *Store) erase(id string) {
	if c := s.conversations[id]; c != nil {
		s.quiet.Remove(c.place)
		delete(s.conversations, id)
	}
	maps.DeleteFunc(s.jobs, func(_ string, j *job) bool { return j.Conversation == id })
	maps.DeleteFunc(s.cases, func(_ string, c *store.Case) bool { return c.Conversation == id })
}

// PurgeJobs implements store.Operation.
func (s *Store) PurgeJobs(ctx context.Context, before time.Time, limit int) (int, error) {
	leave, err := s.enter(ctx, "purge jobs")
	if err != nil {
		return 0, err
	}
	defer leave()
	old := s.oldest(limit, func(j *job) bool {
		return (j.State == store.Done || j.State == store.Dead) && j.Created.Before(kept(before))
	})
	for _, j := range old {
		delete(s.jobs, j.ID)
	}
	return len(old), nil
}

// Forget implements store.Operation.
func (s *Store) Forget(ctx context.Context, conversation string) error {
	if err := store.CheckID("conversation id", conversation); err != nil {
		return fmt.Errorf("forget conversation: %w", err)
	}
	leave, err := s.enter(ctx, "forget conversation")
	if err != nil {
		return err
	}
	defer leave()
	if s.conversations[conversation] == nil {
		return fmt.Errorf("forget conversation: %w", store.ErrNotFound)
	}
	s.erase(conversation)
	return nil
}

// Scrub implements store.Operation. Memory has no files.
func (s *Store) Scrub(ctx context.Context) error { return s.Ping(ctx) }

// Close implements store.Operation.
func (s *Store) Close() error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.closed = true
	return nil
}
