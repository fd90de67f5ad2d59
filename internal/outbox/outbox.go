// Package outbox does the work that turns caused in the outside world, until it is done or given up.
// It exists so that a target that is down for hours costs nothing but time, and so that the code
// that sends things knows nothing of leases, tries and clocks.
package outbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"passdesk/internal/store"
)

// Queue is what the worker needs of a store; its methods are those of store.Outbox.
type Queue interface {
	Now(ctx context.Context) (time.Time, error)
	Claim(ctx context.Context, owner string, now time.Time, lease time.Duration, limit int) ([]store.Job, error)
	Settle(ctx context.Context, id, owner string, state store.JobState, due time.Time, reason string) error
}

// Do does one job. It must return soon after its context ends, and it must bear being called again
// with a job that it has done before: a process may die between doing and noting it. Errors that
// are neither Permanent nor RetryAfter make the worker try again later.
type Do func(ctx context.Context, job store.Job) error

// What became of a try, as Options.Observe is told.
const (
	OutcomeDone     = "done"
	OutcomeRetry    = "retry"    // it failed and is tried again later
	OutcomeDead     = "dead"     // it failed for good
	OutcomeReturned = "returned" // the worker was stopped; the job is due at once for another
	OutcomeLost     = "lost"     // it is unknown how the job stands: its lease ran out, or the store did not answer
)

// Options say how a worker works. What is left zero gets the value in brackets.
type Options struct {
	Owner        string        // tells the workers of all replicas apart; must be given
	Lease        time.Duration // how long nobody else takes a job after this process died [2 minutes, or twice Timeout]
	Poll         time.Duration // between two looks into the outbox, if nothing wakes the worker [2 seconds]
	Timeout      time.Duration // of one try; at most half of Lease [30 seconds]
	Grace        time.Duration // that running tries are left when the worker is stopped [5 seconds]
	Attempts     int           // tries before a job is dead [200: three days with the delays below]
	FirstDelay   time.Duration // before the second try; doubles from try to try [5 seconds]
	LongestDelay time.Duration // at most a day, the longest that a store believes [30 minutes]
	Concurrency  int           // tries at the same time; as many may hang before others wait [32]
	Logger       *slog.Logger  // gets ids, counts and reasons, no customer text [none]
	// Observe is told of every try: what became of it, which try it was and how old the job is.
	Observe func(kind, outcome string, tries int, age time.Duration)
}

// Worker does jobs. Any number of workers may share a queue if their owners differ.
type Worker struct {
	queue   Queue
	kinds   map[string]Do
	options Options
	slots   chan struct{} // one token for each try that runs
	running sync.Map      // of the ids of jobs that are being tried
	wake    chan struct{}
}

// New makes a worker. kinds says who does work of which kind; work of other kinds is tried again
// later, since a newer replica may have left it. The error names the options that do not fit.
func New(queue Queue, kinds map[string]Do, options Options) (*Worker, error) {
	o := options.withDefaults()
	if err := o.check(); err != nil {
		return nil, fmt.Errorf("make outbox worker: %w", err)
	}
	return &Worker{queue: queue, kinds: kinds, options: o, slots: make(chan struct{}, o.Concurrency), wake: make(chan struct{}, 1)}, nil
}

// Wake makes the worker look into the outbox now. It is called after work was kept by this
// process; it never waits.
func (w *Worker) Wake() {
	select {
	case w.wake <- struct{}{}:
	default: // a look is due already
	}
}

func (o Options) withDefaults() Options {
	o.Timeout = orElse(o.Timeout, 30*time.Second)
	o.Lease = orElse(o.Lease, max(2*time.Minute, 2*o.Timeout))
	o.Poll = orElse(o.Poll, 2*time.Second)
	o.Grace = orElse(o.Grace, 5*time.Second)
	o.Attempts = orElse(o.Attempts, 200)
	o.FirstDelay = orElse(o.FirstDelay, 5*time.Second)
	o.LongestDelay = orElse(o.LongestDelay, 30*time.Minute)
	o.Concurrency = orElse(o.Concurrency, 32)
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Observe == nil {
		o.Observe = func(string, string, int, time.Duration) {}
	}
	return o
}

func orElse[T int | time.Duration](value, otherwise T) T {
	if value == 0 {
		return otherwise
	}
	return value
}

func (o Options) check() error {
	const day = 24 * time.Hour
	switch {
	case o.Owner == "":
		return errors.New("no owner")
	case o.Lease < 0 || o.Poll < 0 || o.Timeout < 0 || o.Grace < 0 || o.Attempts < 0 || o.FirstDelay < 0 || o.Concurrency < 0:
		return errors.New("an option is negative")
	case o.Timeout > o.Lease/2:
		return fmt.Errorf("timeout %s is more than half of the lease %s", o.Timeout, o.Lease)
	case o.Lease > day || o.LongestDelay > day:
		return errors.New("lease or longest delay is more than a day")
	case o.LongestDelay < o.FirstDelay:
		return fmt.Errorf("longest delay %s is less than the first %s", o.LongestDelay, o.FirstDelay)
	}
	return nil
}
