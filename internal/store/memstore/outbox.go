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

// day is how far a due time or a lease can be meant to be away.
const day = 24 * time.Hour

type job struct {
	store.Job
	position int
	owner    string
	lease    time.Time
}

func newJob(w store.Work, position int, now time.Time) *job {
	w.Case = store.Opening{} // a job does not tell it
	return &job{Job: store.Job{Work: w, State: store.Waiting, Created: now, Due: now}, position: position}
}

// before orders the work of one conversation.
func (j *job) before(other *job) bool {
	return j.Sequence < other.Sequence || j.Sequence == other.Sequence && j.position < other.position
}

// Claim implements store.Outbox.
func (s *Store) Claim(ctx context.Context, owner string, now time.Time, lease time.Duration, limit int) ([]store.Job, error) {
	if err := store.CheckID("owner", owner); err != nil {
		return nil, fmt.Errorf("claim jobs: %w", err)
	}
	leave, err := s.enter(ctx, "claim jobs")
	if err != nil {
		return nil, err
	}
	defer leave()
	if limit <= 0 {
		return nil, nil
	}
	now = kept(now)
	free := s.free(now)
	slices.SortFunc(free, func(a, b *job) int {
		return cmp.Or(a.Due.Compare(b.Due), a.Created.Compare(b.Created), cmp.Compare(a.Conversation, b.Conversation))
	})
	var claimed []store.Job
	for _, j := range free[:min(limit, len(free))] {
		j.owner, j.lease = owner, now.Add(min(lease, day))
		j.Tries++
		claimed = append(claimed, j.Job)
	}
	return claimed, nil
}

// free are the jobs that can be claimed.
func (s *Store) free(now time.Time) []*job {
	type line struct{ conversation, kind string }
	first, far := map[line]*job{}, now.Add(day)
	for _, j := range s.jobs {
		if j.State != store.Waiting {
			continue
		}
		if j.Due.After(far) {
			j.Due = now
		}
		at := line{j.Conversation, j.Kind}
		if f := first[at]; f == nil || j.before(f) {
			first[at] = j
		}
	}
	maps.DeleteFunc(first, func(_ line, j *job) bool {
		return j.Due.After(now) || j.lease.After(now) && !j.lease.After(far)
	})
	return slices.Collect(maps.Values(first))
}

// Settle implements store.Outbox.
func (s *Store) Settle(ctx context.Context, id, owner string, state store.JobState, due time.Time, reason string) error {
	if err := store.CheckSettle(id, owner, state, reason); err != nil {
		return fmt.Errorf("settle job: %w", err)
	}
	leave, err := s.enter(ctx, "settle job")
	if err != nil {
		return err
	}
	defer leave()
	j := s.jobs[id]
	if j == nil || j.State != store.Waiting || j.owner != owner {
		return fmt.Errorf("settle job: %w: the lease is another's", store.ErrConflict)
	}
	j.State, j.Due, j.Reason, j.owner, j.lease = state, kept(due), reason, "", time.Time{}
	return nil
}
