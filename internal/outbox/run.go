package outbox

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"passdesk/internal/store"
)

// storeTimeout bounds one question to the store, so that a database that hangs stops nobody.
const storeTimeout = 3 * time.Second

// longestPause is the longest time between two looks while the store does not answer.
const longestPause = 30 * time.Second

// Run does jobs until ctx ends. It then takes no more, leaves those that run the time of
// Options.Grace, puts back what is not done by then and returns, at most storeTimeout later.
// Nothing else ends it: while the store does not answer it looks again, less and less often.
func (w *Worker) Run(ctx context.Context) {
	work, stop := w.stopAfterGrace(ctx)
	defer stop()
	var running sync.WaitGroup
	defer running.Wait()
	for failures := 0; ctx.Err() == nil; {
		pause := w.options.Poll
		if err := w.look(ctx, work, &running); err != nil {
			failures++
			pause = min(backoff(failures, w.options.Poll, longestPause), longestPause)
			w.logStore(failures, err)
		} else {
			w.logRecovery(failures)
			failures = 0
		}
		w.rest(ctx, pause)
	}
}

// stopAfterGrace returns the context of the tries. It outlives ctx by the grace time.
func (w *Worker) stopAfterGrace(ctx context.Context) (context.Context, func()) {
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	var over sync.WaitGroup
	over.Go(func() {
		select {
		case <-ctx.Done():
		case <-work.Done():
			return
		}
		select {
		case <-time.After(w.options.Grace):
		case <-work.Done():
		}
		cancel()
	})
	return work, func() { cancel(); over.Wait() }
}

// rest waits until it is time for another look.
func (w *Worker) rest(ctx context.Context, pause time.Duration) {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-w.wake:
	case <-ctx.Done():
	}
}

// look claims as many jobs as there are free slots and starts them. When one ends, the worker is
// woken: its slot is free, and the next job of its conversation can be claimed. What was claimed while
// ctx ended is put back.
func (w *Worker) look(ctx, work context.Context, running *sync.WaitGroup) error {
	free := cap(w.slots) - len(w.slots)
	if free == 0 {
		return nil
	}
	// The lease is measured from before the store was asked for the time, on this process's own
	// clock, which no one sets: so it never ends later here than there.
	expiry := time.Now().Add(w.options.Lease)
	jobs, err := w.claim(work, free)
	for _, job := range jobs {
		if _, twice := w.running.LoadOrStore(job.ID, true); twice {
			continue // a clock that jumped ended its lease; the try that runs settles it
		}
		w.slots <- struct{}{}
		running.Go(func() {
			defer func() { <-w.slots; w.Wake() }()
			v := verdict{OutcomeReturned, store.Waiting, 0, "stopped before it began"}
			if ctx.Err() == nil {
				v = w.try(work, job)
			}
			w.running.Delete(job.ID) // first: it may be claimed again before settle returns
			w.settle(work, job, v, expiry)
		})
	}
	return err
}

func (w *Worker) claim(ctx context.Context, limit int) ([]store.Job, error) {
	ctx, cancel := context.WithTimeout(ctx, storeTimeout)
	defer cancel()
	now, err := w.queue.Now(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	jobs, err := w.queue.Claim(ctx, w.options.Owner, now, w.options.Lease, limit)
	if err != nil {
		return nil, fmt.Errorf("claim jobs: %w", err)
	}
	return jobs, nil
}

// logStore tells of the first failure and of every tenth, so that a long outage does not fill the log.
func (w *Worker) logStore(failures int, err error) {
	if failures%10 == 1 {
		w.options.Logger.Warn("outbox cannot be read", slog.Int("failures", failures), slog.String("reason", reasonOf(err)))
	}
}

func (w *Worker) logRecovery(failures int) {
	if failures > 0 {
		w.options.Logger.Info("outbox can be read again", slog.Int("failures", failures))
	}
}
