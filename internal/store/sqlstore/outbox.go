package sqlstore

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"passdesk/internal/store"
)

// day is how far a due time or a lease can be meant to be away.
const day = 24 * time.Hour

// Now implements store.Outbox.
func (s *Store) Now(ctx context.Context) (time.Time, error) {
	var now time.Time
	err := s.guard(ctx, "read clock", func() (err error) {
		now, err = s.database.now(ctx)
		return err
	})
	return now, err
}

// Claim implements store.Outbox. Of two replicas that want the same job one waits for the other's
// row and then finds it leased.
func (s *Store) Claim(ctx context.Context, owner string, now time.Time, lease time.Duration, limit int) ([]store.Job, error) {
	if err := store.CheckID("owner", owner); err != nil {
		return nil, fmt.Errorf("claim jobs: %w", err)
	}
	if limit <= 0 {
		return nil, nil
	}
	var jobs []store.Job
	at, far := micros(now), micros(now.Add(day))
	err := s.change(ctx, "claim jobs",
		statement{text: healDue, arguments: []any{at, far}},
		statement{
			text: claimJobs, arguments: []any{owner, micros(now.Add(min(lease, day))), at, far, limit},
			start: func() { jobs = nil }, each: appendJob(&jobs),
		})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(jobs, func(a, b store.Job) int {
		return cmp.Or(a.Due.Compare(b.Due), a.Created.Compare(b.Created), cmp.Compare(a.Conversation, b.Conversation))
	})
	return jobs, nil
}

// appendJob reads rows of jobColumns.
func appendJob(jobs *[]store.Job) func(row) error {
	return func(r row) error {
		var j store.Job
		var created, due int64
		err := r.Scan(&j.ID, &j.Kind, &j.Conversation, &j.Sequence, &j.Details, &j.State, &j.Tries, &created, &due, &j.Reason)
		j.Created, j.Due = fromMicros(created), fromMicros(due)
		*jobs = append(*jobs, j)
		return err
	}
}

// Settle implements store.Outbox.
func (s *Store) Settle(ctx context.Context, id, owner string, state store.JobState, due time.Time, reason string) error {
	if err := store.CheckSettle(id, owner, state, reason); err != nil {
		return fmt.Errorf("settle job: %w", err)
	}
	var changed int64
	err := s.change(ctx, "settle job", statement{
		text: settleJob, arguments: []any{id, owner, string(state), micros(due), reason}, changed: &changed,
	})
	if err == nil && changed == 0 {
		return fmt.Errorf("settle job: %w: the lease is another's", store.ErrConflict)
	}
	return err
}
