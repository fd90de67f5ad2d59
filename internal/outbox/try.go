package outbox

import (
	"context"
	"errors"
	"log/slog"
	"runtime/debug"
	"time"

	"passdesk/internal/store"
)

// verdict is what a try led to.
type verdict struct {
	outcome string
	state   store.JobState
	delay   time.Duration // until the next try
	reason  string
}

// try does a job once.
func (w *Worker) try(work context.Context, job store.Job) verdict {
	// A job that was started too often and never came to an end may be what ends the process.
	var err error = Permanent{Reason("no try came to an end")}
	if job.Tries <= w.options.Attempts {
		err = w.do(work, job)
	}
	return w.judge(job, err, work.Err() != nil)
}

// do calls whoever does this kind of work. A panic is an error of this try alone; what it says may
// be anything, so only the place is logged.
func (w *Worker) do(work context.Context, job store.Job) (err error) {
	defer func() {
		if recover() != nil {
			w.log(slog.LevelError, "outbox job panicked", job, slog.String("stack", string(debug.Stack())))
			err = Reason("panic")
		}
	}()
	do, ok := w.kinds[job.Kind]
	if !ok {
		return Reason("nobody does work of this kind")
	}
	ctx, cancel := context.WithTimeout(work, w.options.Timeout)
	defer cancel()
	return do(ctx, job)
}

func (w *Worker) judge(job store.Job, err error, stopped bool) verdict {
	if err == nil {
		return verdict{outcome: OutcomeDone, state: store.Done}
	}
	reason := reasonOf(err)
	if _, permanent := errors.AsType[Permanent](err); permanent {
		return verdict{OutcomeDead, store.Dead, 0, reason}
	}
	if stopped {
		return verdict{OutcomeReturned, store.Waiting, 0, "stopped: " + reason}
	}
	if job.Tries >= w.options.Attempts {
		return verdict{OutcomeDead, store.Dead, 0, reason}
	}
	delay := backoff(job.Tries, w.options.FirstDelay, w.options.LongestDelay)
	if soon, ok := errors.AsType[RetryWithin](err); ok {
		delay = min(delay, soon.Longest)
	}
	if asked, ok := errors.AsType[RetryAfter](err); ok {
		// Later than asked for is polite, too: a target that always says "in a second" would
		// otherwise see all tries within minutes.
		delay = min(max(delay, asked.Wait), w.options.LongestDelay)
	}
	return verdict{OutcomeRetry, store.Waiting, delay, reason}
}

// settle notes the verdict. expiry is when the lease ends. While the store does not answer it asks again, until the lease is over
// or the worker is stopped; the job is then tried once more by whoever claims it.
func (w *Worker) settle(work context.Context, job store.Job, v verdict, expiry time.Time) {
	for failures := 1; ; failures++ {
		now, err := w.note(work, job, v)
		switch {
		case err == nil:
			w.tell(job, v, now)
			return
		case errors.Is(err, store.ErrConflict), errors.Is(err, store.ErrNotFound):
			w.lose(job, v, "the lease was lost, or the conversation was forgotten")
			return
		case work.Err() != nil || !time.Now().Before(expiry):
			w.lose(job, v, reasonOf(err))
			return
		}
		pause := time.NewTimer(min(backoff(failures, time.Second/4, longestPause), time.Until(expiry)))
		select {
		case <-pause.C:
		case <-work.Done():
		}
		pause.Stop()
	}
}

// note settles the job once. Work that was stopped is noted all the same.
func (w *Worker) note(work context.Context, job store.Job, v verdict) (time.Time, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(work), storeTimeout)
	defer cancel()
	now, err := w.queue.Now(ctx)
	if err != nil {
		return now, err
	}
	return now, w.queue.Settle(ctx, job.ID, w.options.Owner, v.state, now.Add(v.delay), v.reason)
}
