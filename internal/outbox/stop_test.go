package outbox_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"passdesk/internal/outbox"
	"passdesk/internal/store"
)

// TestStop: what can be finished within the grace time is, the rest is due at once for another worker.
func TestStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(work("quick", 1), work("quick", 2), work("slow", 1))
		_, j, stop := start(t, q, func(ctx context.Context, job store.Job) error {
			takes := 4 * time.Second
			if job.Conversation == "slow" {
				takes = 20 * time.Second
			}
			select {
			case <-time.After(takes):
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}, outbox.Options{Grace: 5 * time.Second})
		time.Sleep(time.Second)
		synctest.Wait()
		began := time.Now()
		stop()
		if took := time.Since(began); took != 5*time.Second {
			t.Errorf("stopped after %s, want the grace time", took)
		}
		slow := q.job("slow/1")
		if q.job("quick/1").State != store.Done || q.job("quick/2").Tries != 0 || slow.State != store.Waiting {
			t.Errorf("quick %+v, slow %+v", q.job("quick/1"), slow)
		}
		if slow.Due.After(time.Now()) || slow.Reason != "stopped: cancelled" || !slices.Equal(j.outcomes, []string{"done", "returned"}) {
			t.Errorf("slow is due %s, now %s; reason %q; outcomes %v", slow.Due, time.Now(), slow.Reason, j.outcomes)
		}
		_, _, stop = start(t, q, func(context.Context, store.Job) error { return nil }, outbox.Options{Owner: "two"})
		defer stop()
		synctest.Wait()
		if q.count(store.Done) != 3 {
			t.Errorf("the next worker has done %d jobs at once, want all 3", q.count(store.Done))
		}
	})
}

func TestStopWhenIdle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, _, stop := start(t, newQueue(), nil, outbox.Options{})
		time.Sleep(time.Hour)
		synctest.Wait()
		began := time.Now()
		stop()
		if took := time.Since(began); took != 0 {
			t.Errorf("an idle worker stops after %s", took)
		}
	})
}

// TestStopWhileTheStoreIsDown: nothing can be put back, and the worker goes all the same.
func TestStopWhileTheStoreIsDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(work("a", 1))
		_, j, stop := start(t, q, func(ctx context.Context, _ store.Job) error { <-ctx.Done(); return ctx.Err() }, outbox.Options{})
		synctest.Wait()
		q.setFail(func(string) failure { return failure{before: store.ErrUnavailable} })
		began := time.Now()
		stop()
		if took := time.Since(began); took > 8*time.Second {
			t.Errorf("stopped after %s, want at most grace and one question to the store", took)
		}
		if !slices.Equal(j.outcomes, []string{"lost"}) || !strings.Contains(j.String(), "store unavailable") {
			t.Errorf("outcomes %v, log %s", j.outcomes, j)
		}
	})
}

// TestStoreDownForHours: the worker goes on looking, says so now and then, and settles what it did.
func TestStoreDownForHours(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(work("a", 1))
		down := func(string) failure { return failure{before: errors.Join(store.ErrUnavailable, errors.New("hunter2"))} }
		q.setFail(down)
		_, j, stop := start(t, q, func(context.Context, store.Job) error { return nil }, outbox.Options{})
		defer stop()
		time.Sleep(6 * time.Hour)
		synctest.Wait()
		if calls := q.called("now"); calls < 700 || calls > 2000 {
			t.Errorf("looked %d times in 6 hours, want about every 15 to 30 seconds", calls)
		}
		if lines := strings.Count(j.String(), "\n"); lines > 150 {
			t.Errorf("%d lines of log about one outage", lines)
		}
		q.setFail(nil)
		time.Sleep(31 * time.Second)
		synctest.Wait()
		if q.count(store.Done) != 1 || !strings.Contains(j.String(), "can be read again") || strings.Contains(j.String(), "hunter2") {
			t.Errorf("%d done; log %s", q.count(store.Done), j)
		}
	})
}

// TestStoreDownWhenSettling: what was done is noted once the store answers, and so is done once only.
func TestStoreDownWhenSettling(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(work("a", 1))
		done := 0
		_, _, stop := start(t, q, func(context.Context, store.Job) error {
			done++
			q.setFail(func(string) failure { return failure{before: store.ErrUnavailable} })
			return nil
		}, outbox.Options{})
		defer stop()
		time.Sleep(time.Minute)
		synctest.Wait()
		q.setFail(nil)
		time.Sleep(3 * time.Minute)
		synctest.Wait()
		if done != 1 || q.count(store.Done) != 1 {
			t.Errorf("done %d times; %d jobs done", done, q.count(store.Done))
		}
	})
}

// TestClocks: due times are the store's, whatever this process's own clock says, and a store's clock
// that jumps makes nothing wait for ever.
func TestClocks(t *testing.T) {
	for _, skew := range []time.Duration{0, time.Hour, -time.Hour, 87600 * time.Hour, -87600 * time.Hour} {
		for _, jump := range []time.Duration{0, time.Hour, -time.Hour, 87600 * time.Hour, -87600 * time.Hour} {
			synctest.Test(t, func(t *testing.T) {
				q := newQueue()
				q.jump(skew)
				q.add(work("a", 1))
				tries := 0
				_, _, stop := start(t, q, func(context.Context, store.Job) error {
					if tries++; tries < 3 {
						return outbox.Reason("down")
					}
					return nil
				}, outbox.Options{FirstDelay: 10 * time.Second})
				defer stop()
				synctest.Wait()
				if wait := q.job("a/1").Due.Sub(q.job("a/1").Created); wait < 5*time.Second || wait > 10*time.Second {
					t.Errorf("skew %s: due after %s", skew, wait)
				}
				q.jump(jump)
				time.Sleep(2 * time.Hour)
				synctest.Wait()
				if q.count(store.Done) != 1 || tries != 3 {
					t.Errorf("skew %s, jump %s: %d tries, %d done", skew, jump, tries, q.count(store.Done))
				}
			})
		}
	}
}

// TestClockJumpsDuringATry: a lease that a jump of the store's clock ended is claimed again by the same
// worker, which knows that the try still runs.
func TestClockJumpsDuringATry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(work("a", 1))
		tries := 0
		_, _, stop := start(t, q, func(context.Context, store.Job) error {
			tries++
			time.Sleep(20 * time.Second)
			return nil
		}, outbox.Options{})
		defer stop()
		synctest.Wait()
		q.jump(10 * time.Minute)
		time.Sleep(time.Hour)
		synctest.Wait()
		if tries != 1 || q.count(store.Done) != 1 {
			t.Errorf("%d tries, %d done; want one", tries, q.count(store.Done))
		}
	})
}

// slowClaim is a queue whose claims take effect while the worker is being stopped.
type slowClaim struct {
	outbox.Queue
	stop func()
}

func (s slowClaim) Claim(ctx context.Context, owner string, now time.Time, lease time.Duration, limit int) ([]store.Job, error) {
	s.stop()
	return s.Queue.Claim(ctx, owner, now, lease, limit)
}

// TestStopWhileClaiming: what was claimed too late is not begun.
func TestStopWhileClaiming(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(work("a", 1))
		ctx, cancel := context.WithCancel(t.Context())
		j := &journal{}
		w, err := outbox.New(slowClaim{q, cancel}, map[string]outbox.Do{"test": func(context.Context, store.Job) error {
			t.Error("it was begun")
			return nil
		}}, outbox.Options{Owner: "one", Observe: j.observe})
		if err != nil {
			t.Fatal(err)
		}
		w.Run(ctx)
		if job := q.job("a/1"); job.State != store.Waiting || job.Due.After(time.Now()) || !slices.Equal(j.outcomes, []string{"returned"}) {
			t.Errorf("%+v, outcomes %v; want it due at once for the next worker", job, j.outcomes)
		}
	})
}
