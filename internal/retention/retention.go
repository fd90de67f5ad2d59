// Package retention erases what has been kept long enough.
// It exists so that nobody has to remember to: what a customer wrote is gone on the day that the
// settings say, from the tables and from the files under them.
package retention

import (
	"context"
	"errors"
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

	scrubbed bool // nothing has been erased since the last time that the files were scrubbed
	clock    clock
}

// Run erases at once and then at every interval, until ctx is done.
func (k *Keeper) Run(ctx context.Context) {
	ticks := time.NewTicker(k.Interval)
	defer ticks.Stop()
	for {
		if erased, err := k.round(ctx); ctx.Err() == nil && (err != nil || erased != Erased{}) {
			k.Observe(erased, err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
		}
	}
}

// round erases everything that is old enough now, and scrubs the files unless that has been done
// since the last thing was erased: it may have failed, or the process may have died before it.
func (k *Keeper) round(ctx context.Context) (Erased, error) {
	var erased Erased
	now, err := k.Store.Now(ctx)
	if err != nil {
		return erased, fmt.Errorf("ask the store's clock: %w", err)
	}
	if !k.clock.believe(now) {
		return erased, ErrClock
	}
	var faults []error
	erased.Conversations, err = all(ctx, k.Store.Purge, now, k.Policy.Conversations)
	faults = append(faults, wrap("erase conversations", err))
	erased.Jobs, err = all(ctx, k.Store.PurgeJobs, now, k.Policy.Work)
	faults = append(faults, wrap("erase deliveries", err))
	k.scrubbed = k.scrubbed && erased == Erased{} && errors.Join(faults...) == nil
	if !k.scrubbed {
		err = k.Store.Scrub(ctx)
		k.scrubbed = err == nil
		faults = append(faults, wrap("scrub the database", err))
	}
	return erased, errors.Join(faults...)
}

func wrap(operation string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", operation, err)
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
