package outbox_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"passdesk/internal/outbox"
	"passdesk/internal/store"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func work(conversation string, sequence int64) store.Work {
	return store.Work{ID: fmt.Sprintf("%s/%d", conversation, sequence), Kind: "test", Conversation: conversation, Sequence: sequence}
}

// journal is a log and a metric that tests can read.
type journal struct {
	mutex    sync.Mutex
	text     bytes.Buffer
	outcomes []string
}

func (j *journal) Write(line []byte) (int, error) {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	return j.text.Write(line)
}

func (j *journal) observe(_, outcome string, _ int, _ time.Duration) {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	j.outcomes = append(j.outcomes, outcome)
}

func (j *journal) String() string {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	return j.text.String()
}

// receiver notes what reaches a target.
type receiver struct {
	mutex sync.Mutex
	ids   []string
}

func (r *receiver) take(id string) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.ids = append(r.ids, id)
}

func (r *receiver) all() []string {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return slices.Clone(r.ids)
}

// start runs a worker until the function returned is called.
func start(t *testing.T, q outbox.Queue, do outbox.Do, o outbox.Options) (*outbox.Worker, *journal, func()) {
	t.Helper()
	j := &journal{}
	if o.Owner == "" {
		o.Owner = "one"
	}
	o.Logger, o.Observe = slog.New(slog.NewJSONHandler(j, &slog.HandlerOptions{Level: slog.LevelDebug})), j.observe
	w, err := outbox.New(q, map[string]outbox.Do{"test": do}, o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); w.Run(ctx) }()
	return w, j, func() { cancel(); <-done }
}

func TestDoneAtOnceWhenWoken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue()
		var done []time.Duration
		began := time.Now()
		w, _, stop := start(t, q, func(context.Context, store.Job) error {
			done = append(done, time.Since(began))
			return nil
		}, outbox.Options{Poll: time.Hour})
		defer stop()
		synctest.Wait()
		time.Sleep(time.Minute)
		synctest.Wait()
		q.add(work("a", 1))
		q.add(work("a", 2))
		w.Wake()
		w.Wake()
		synctest.Wait()
		if want := []time.Duration{time.Minute, time.Minute}; !slices.Equal(done, want) {
			t.Errorf("done after %v, want %v: the next job of a conversation need not wait for a look", done, want)
		}
	})
}

// TestHoursOfOutage: a target that is down for a day loses nothing and gets everything once.
func TestHoursOfOutage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const outage = 24 * time.Hour
		q := newQueue(work("a", 1), work("a", 2), work("b", 1))
		began := time.Now()
		target := &receiver{}
		_, _, stop := start(t, q, func(_ context.Context, job store.Job) error {
			if time.Since(began) < outage {
				return outbox.Reason("target is down")
			}
			target.take(job.ID)
			return nil
		}, outbox.Options{})
		defer stop()
		time.Sleep(outage - time.Second)
		synctest.Wait()
		if got := target.all(); len(got) != 0 || q.count(store.Waiting) != 3 || q.job("a/1").Reason != "target is down" {
			t.Fatalf("during the outage: delivered %v, %d wait, reason %q", got, q.count(store.Waiting), q.job("a/1").Reason)
		}
		if tries := q.called("settle"); tries > 250 {
			t.Errorf("%d tries for two conversations in a day", tries)
		}
		time.Sleep(31 * time.Minute)
		synctest.Wait()
		got := target.all()
		slices.Sort(got)
		if want := []string{"a/1", "a/2", "b/1"}; !slices.Equal(got, want) || q.count(store.Done) != 3 {
			t.Errorf("after the outage: delivered %v, want %v; %d done", got, want, q.count(store.Done))
		}
	})
}

// TestHangingJobsHoldUpNobodyElse: one job that hangs to its time limit leaves the others their slots.
func TestHangingJobsHoldUpNobodyElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(work("hangs", 1), work("hangs", 2), work("fine", 1), work("fine", 2))
		_, _, stop := start(t, q, func(ctx context.Context, job store.Job) error {
			if job.Conversation == "hangs" {
				<-ctx.Done()
				return ctx.Err()
			}
			return nil
		}, outbox.Options{Concurrency: 2})
		defer stop()
		synctest.Wait()
		if q.count(store.Done) != 2 {
			t.Errorf("%d jobs done beside the one that hangs, want 2", q.count(store.Done))
		}
		time.Sleep(31 * time.Second)
		synctest.Wait()
		if job := q.job("hangs/1"); job.Tries != 1 || job.Reason != "timed out" {
			t.Errorf("the job that hangs: try %d, reason %q; want 1, timed out", job.Tries, job.Reason)
		}
		if q.job("hangs/2").Tries != 0 {
			t.Error("the second job of the conversation did not wait for the first")
		}
	})
}

func TestWhatBecomesOfErrors(t *testing.T) {
	canary := errors.New("hunter2 https://example.com/secret-path")
	tests := []struct {
		name   string
		err    error
		state  store.JobState
		reason string
		least  time.Duration // until the next try
		most   time.Duration
	}{
		{"none", nil, store.Done, "", 0, 0},
		{"some", canary, store.Waiting, "error of type *errors.errorString", 5 * time.Second, 10 * time.Second},
		{"with a reason", fmt.Errorf("send to hunter2: %w", outbox.Reason("status 503")), store.Waiting, "status 503", 5 * time.Second, 10 * time.Second},
		{"reason of two lines", outbox.Reason("a\nb\x1b[31mü"), store.Waiting, "a?b?[31m?", 5 * time.Second, 10 * time.Second},
		{"endless reason", outbox.Reason(strings.Repeat("x", 9999)), store.Waiting, strings.Repeat("x", 200), 5 * time.Second, 10 * time.Second},
		{"permanent", fmt.Errorf("send: %w", outbox.Permanent{Err: outbox.Reason("status 400")}), store.Dead, "status 400", 0, 0},
		{"permanent without a reason", outbox.Permanent{Err: canary}, store.Dead, "error of type *errors.errorString", 0, 0},
		{"retry after", fmt.Errorf("send: %w", outbox.RetryAfter{Err: outbox.Reason("status 429"), Wait: time.Minute}), store.Waiting, "status 429", time.Minute, time.Minute},
		{"retry after too long", outbox.RetryAfter{Err: canary, Wait: 1000 * time.Hour}, store.Waiting, "error of type *errors.errorString", time.Hour, time.Hour},
		{"retry at once", outbox.RetryAfter{Err: canary, Wait: 0}, store.Waiting, "error of type *errors.errorString", 5 * time.Second, 10 * time.Second},
		{"retry in the past", outbox.RetryAfter{Err: canary, Wait: -time.Hour}, store.Waiting, "error of type *errors.errorString", 5 * time.Second, 10 * time.Second},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				q := newQueue(work("a", 1))
				_, j, stop := start(t, q, func(context.Context, store.Job) error { return test.err },
					outbox.Options{FirstDelay: 10 * time.Second, LongestDelay: time.Hour})
				synctest.Wait()
				stop()
				job := q.job("a/1")
				if job.State != test.state || job.Reason != test.reason {
					t.Errorf("%s, %q; want %s, %q", job.State, job.Reason, test.state, test.reason)
				}
				if wait := job.Due.Sub(job.Created); wait < test.least || wait > test.most {
					t.Errorf("due after %s, want %s to %s", wait, test.least, test.most)
				}
				if strings.Contains(j.String(), "hunter2") || strings.Contains(j.String(), "secret-path") {
					t.Errorf("the text of an error is in the log: %s", j)
				}
				if dead := strings.Contains(j.String(), `"level":"ERROR"`); dead != (test.state == store.Dead) {
					t.Errorf("log at level error: %v for state %s", dead, test.state)
				}
			})
		})
	}
}

func TestGivenUpAfterAttempts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(work("a", 1), work("a", 2))
		_, j, stop := start(t, q, func(_ context.Context, job store.Job) error {
			if job.Sequence == 1 {
				return outbox.Reason("down")
			}
			return nil
		}, outbox.Options{Attempts: 3})
		defer stop()
		time.Sleep(time.Hour)
		synctest.Wait()
		if job := q.job("a/1"); job.State != store.Dead || job.Tries != 3 {
			t.Errorf("%s after %d tries, want dead after 3", job.State, job.Tries)
		}
		if q.job("a/2").State != store.Done {
			t.Error("what is given up holds up what comes after it")
		}
		if want := []string{"retry", "retry", "dead", "done"}; !slices.Equal(j.outcomes, want) {
			t.Errorf("outcomes %v, want %v", j.outcomes, want)
		}
		for _, id := range []string{`"job":"a/1"`, `"conversation":"a"`, `"kind":"test"`, `"reason":"down"`} {
			if !strings.Contains(j.String(), id) {
				t.Errorf("the log does not say %s: %s", id, j)
			}
		}
	})
}

// TestJobThatEndsTheProcess: such a job is started again after every restart, but not for ever.
func TestJobThatEndsTheProcess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(work("a", 1))
		for range 3 { // starts that never came to an end
			q.seize("one")
			q.jump(time.Hour)
		}
		q.jump(time.Hour)
		called := false
		_, _, stop := start(t, q, func(context.Context, store.Job) error { called = true; return nil }, outbox.Options{Owner: "two", Attempts: 3})
		synctest.Wait()
		stop()
		if job := q.job("a/1"); called || job.State != store.Dead || job.Reason != "no try came to an end" {
			t.Errorf("called %v, %s, %q", called, job.State, job.Reason)
		}
	})
}

func TestPanicIsAnError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(work("a", 1), work("b", 1))
		_, j, stop := start(t, q, func(_ context.Context, job store.Job) error {
			if job.Conversation == "a" && job.Tries == 1 {
				panic("hunter2")
			}
			return nil
		}, outbox.Options{})
		defer stop()
		time.Sleep(time.Minute)
		synctest.Wait()
		if q.count(store.Done) != 2 {
			t.Errorf("%d done, want 2", q.count(store.Done))
		}
		if !strings.Contains(j.String(), "worker_test.go") || strings.Contains(j.String(), "hunter2") {
			t.Errorf("the log should tell the place of the panic, not its value: %s", j)
		}
	})
}

func TestUnknownKindWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := work("a", 1)
		of.Kind = "newer"
		q := newQueue(of)
		_, _, stop := start(t, q, func(context.Context, store.Job) error { return nil }, outbox.Options{})
		synctest.Wait()
		stop()
		if job := q.job("a/1"); job.State != store.Waiting || job.Reason != "nobody does work of this kind" {
			t.Errorf("%s, %q; want waiting for a replica that knows the kind", job.State, job.Reason)
		}
	})
}

func TestLostLeaseIsOnlyLogged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(work("a", 1))
		_, j, stop := start(t, q, func(context.Context, store.Job) error { q.seize("two"); return nil }, outbox.Options{})
		synctest.Wait()
		stop()
		if job := q.job("a/1"); job.State != store.Waiting || !slices.Equal(j.outcomes, []string{"lost"}) || strings.Contains(j.String(), "ERROR") {
			t.Errorf("%s, outcomes %v, log %s", job.State, j.outcomes, j)
		}
	})
}

// late is a queue that answers a second after it has settled a job.
type late struct{ *queue }

func (l late) Settle(ctx context.Context, id, owner string, state store.JobState, due time.Time, reason string) error {
	err := l.queue.Settle(ctx, id, owner, state, due, reason)
	time.Sleep(time.Second)
	return err
}

// A job may be due and claimed again before the worker knows that it was settled. It must not wait for the
// end of that lease.
func TestClaimedAgainBeforeSettleReturns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(work("a", 1))
		began, tries := time.Now(), 0
		var done time.Duration
		_, _, stop := start(t, late{q}, func(context.Context, store.Job) error {
			if tries++; tries == 1 {
				return outbox.Reason("not now")
			}
			done = time.Since(began)
			return nil
		}, outbox.Options{FirstDelay: 10 * time.Millisecond, Poll: 50 * time.Millisecond})
		time.Sleep(10 * time.Second)
		stop()
		if q.job("a/1").State != store.Done || done > time.Second {
			t.Errorf("after %d tries it is %s, done after %v", tries, q.job("a/1").State, done)
		}
	})
}

func TestOptionsAreChecked(t *testing.T) {
	tests := []struct {
		options outbox.Options
		want    string
	}{
		{outbox.Options{}, "no owner"},
		{outbox.Options{Owner: "one", Timeout: 61 * time.Second, Lease: 2 * time.Minute}, "more than half of the lease"},
		{outbox.Options{Owner: "one", LongestDelay: 25 * time.Hour}, "more than a day"},
		{outbox.Options{Owner: "one", Lease: 25 * time.Hour}, "more than a day"},
		{outbox.Options{Owner: "one", FirstDelay: time.Hour}, "less than the first"},
		{outbox.Options{Owner: "one", Poll: -1}, "negative"},
	}
	for _, test := range tests {
		if _, err := outbox.New(newQueue(), nil, test.options); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%+v: %v, want %q", test.options, err, test.want)
		}
	}
}

// TestNoMoreIsClaimedThanCanBeDone: a job that waited for a slot would use up its lease.
func TestNoMoreIsClaimedThanCanBeDone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(work("a", 1), work("b", 1), work("c", 1), work("d", 1), work("e", 1))
		_, _, stop := start(t, q, func(ctx context.Context, _ store.Job) error { <-ctx.Done(); return ctx.Err() }, outbox.Options{Concurrency: 2})
		defer stop()
		time.Sleep(10 * time.Second)
		synctest.Wait()
		claimed := 0
		for _, conversation := range []string{"a", "b", "c", "d", "e"} {
			claimed += q.job(conversation + "/1").Tries
		}
		if claimed != 2 {
			t.Errorf("%d jobs claimed, want 2", claimed)
		}
	})
}
