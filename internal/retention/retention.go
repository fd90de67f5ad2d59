// Package retention erases what has been kept long enough.
// It exists so that nobody has to remember to: what a customer wrote is gone on the day that the
// settings say, from the tables and from the files under them.
package retention

import (
	"context"
	"fmt"
	"time"
)

// batch is how much is erased at once: turns must not wait for long behind it.
const batch = 200

// Store is what is erased from.
type Store interface {
	Now(ctx context.Context) (time.Time, error)
	Purge(ctx context.Context, before time.Time, limit int) (int, error)
	PurgeJobs(ctx context.Context, before time.Time, limit int) (int, error)
	Scrub(ctx context.Context) error
}

// Policy says how long things are kept. Zero means for ever.
type Policy struct {
	Conversations time.Duration // after the last turn
	Work          time.Duration // after a delivery was caused, once it is done or given up
}

// Erased counts what was erased.
type Erased struct {
	Conversations, Jobs int
}

// Keeper erases again and again.
type Keeper struct {
	Store    Store
	Policy   Policy
	Interval time.Duration
	Observe  func(erased Erased, err error) // called after every round that erased something or failed
}

// Run erases at once and then at every interval, until ctx is done.
func (k *Keeper) Run(ctx context.Context) {
	ticks := time.NewTicker(k.Interval)
	defer ticks.Stop()
	for {
		if erased, err := Once(ctx, k.Store, k.Policy); ctx.Err() == nil && (err != nil || erased != Erased{}) {
			k.Observe(erased, err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
		}
	}
}

// Once erases everything that is old enough now.
func Once(ctx context.Context, s Store, p Policy) (Erased, error) {
	var erased Erased
	now, err := s.Now(ctx)
	if err != nil {
		return erased, fmt.Errorf("ask the store's clock: %w", err)
	}
	if erased.Conversations, err = all(ctx, s.Purge, now, p.Conversations); err != nil {
		return erased, fmt.Errorf("erase conversations: %w", err)
	}
	if erased.Jobs, err = all(ctx, s.PurgeJobs, now, p.Work); err != nil {
		return erased, fmt.Errorf("erase deliveries: %w", err)
	}
	if erased == (Erased{}) {
		return erased, nil
	}
	if err := s.Scrub(ctx); err != nil {
		return erased, fmt.Errorf("scrub the database: %w", err)
	}
	return erased, nil
}

type purge func(ctx context.Context, before time.Time, limit int) (int, error)

func all(ctx context.Context, some purge, now time.Time, age time.Duration) (int, error) {
	total := 0
	for age > 0 {
		n, err := some(ctx, now.Add(-age), batch)
		total += n
		if err != nil || n < batch {
			return total, err
		}
	}
	return total, nil
}
