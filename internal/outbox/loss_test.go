package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"passdesk/internal/outbox"
	"passdesk/internal/store"
)

// world is a queue, a target and some replicas, all of which fail at random: the target refuses,
// hangs or does it and loses the answer; the store does not answer before or after it did what it
// was asked; replicas die.
type world struct {
	queue    *queue
	calm     time.Time // when the failures end
	mutex    sync.Mutex
	random   *rand.Rand
	rate     float64
	busy     map[string]bool
	last     map[string]int64
	got      map[string]int
	problems []string
}

func (w *world) chance() bool {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return time.Now().Before(w.calm) && w.random.Float64() < w.rate
}

func (w *world) some(longest time.Duration) time.Duration {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return time.Duration(w.random.Int64N(int64(longest)))
}

func (w *world) enter(job store.Job) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if w.busy[job.Conversation] {
		w.problems = append(w.problems, "two tries of conversation "+job.Conversation+" at the same time")
	}
	w.busy[job.Conversation] = true
}

func (w *world) leave(job store.Job) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.busy[job.Conversation] = false
}

// deliver is the target's side: repetitions are fine, going back is not.
func (w *world) deliver(job store.Job) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if job.Sequence < w.last[job.Conversation] {
		w.problems = append(w.problems, fmt.Sprintf("%s after %d", job.ID, w.last[job.Conversation]))
	}
	w.last[job.Conversation] = job.Sequence
	w.got[job.ID]++
}

func (w *world) do(ctx context.Context, job store.Job) error {
	w.enter(job)
	defer w.leave(job)
	if w.chance() {
		select {
		case <-time.After(w.some(time.Minute)): // longer than the time limit of a try, sometimes
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	if w.chance() {
		return outbox.RetryAfter{Err: errors.New("refused"), Wait: w.some(time.Hour)}
	}
	w.deliver(job)
	if w.chance() {
		return errors.New("the answer was lost")
	}
	return nil
}

// mortal is a queue as one replica sees it; once the replica is dead nothing of it gets through.
type mortal struct {
	outbox.Queue
	dead context.Context
}

func (m mortal) Settle(ctx context.Context, id, owner string, state store.JobState, due time.Time, reason string) error {
	if m.dead.Err() != nil {
		return store.ErrUnavailable
	}
	return m.Queue.Settle(ctx, id, owner, state, due, reason)
}

// replica lives and dies until the world ends.
func (w *world) replica(end context.Context, name int) {
	for life := 0; end.Err() == nil; life++ {
		dead, die := context.WithCancel(end)
		defer die()
		if time.Now().Before(w.calm) {
			time.AfterFunc(w.some(10*time.Minute), die)
		}
		worker, err := outbox.New(mortal{w.queue, dead}, map[string]outbox.Do{"test": w.do}, outbox.Options{
			Owner: fmt.Sprintf("%d-%d", name, life), Grace: time.Nanosecond, Concurrency: 3, Attempts: 1_000_000, Poll: 15 * time.Second,
		})
		if err != nil {
			w.problems = append(w.problems, err.Error())
			return
		}
		worker.Run(dead)
		die()
		time.Sleep(w.some(time.Minute))
	}
}

func (w *world) run(t *testing.T, replicas int) {
	end, stop := context.WithCancel(t.Context())
	var all sync.WaitGroup
	for name := range replicas {
		all.Go(func() { w.replica(end, name) })
	}
	time.Sleep(time.Until(w.calm) + 90*time.Minute)
	stop()
	all.Wait()
}

// TestNothingIsLostAndOrderIsKept is the promise of this package.
func TestNothingIsLostAndOrderIsKept(t *testing.T) {
	repeated := 0
	rapid.Check(t, func(r *rapid.T) {
		seed := rapid.Uint64().Draw(r, "seed")
		replicas := rapid.IntRange(1, 3).Draw(r, "replicas")
		lengths := rapid.SliceOfN(rapid.IntRange(1, 5), 1, 5).Draw(r, "jobs of each conversation")
		rate := rapid.Float64Range(0, 0.7).Draw(r, "rate of failures")
		var w *world
		jobs := 0
		synctest.Test(t, func(t *testing.T) {
			w = &world{
				queue: newQueue(), calm: time.Now().Add(3 * time.Hour), random: rand.New(rand.NewPCG(seed, 1)), rate: rate,
				busy: map[string]bool{}, last: map[string]int64{}, got: map[string]int{},
			}
			w.queue.setFail(func(string) failure {
				switch {
				case !w.chance():
					return failure{}
				case w.some(2) == 0:
					return failure{before: store.ErrUnavailable}
				}
				return failure{after: store.ErrUnavailable}
			})
			for conversation, length := range lengths {
				for sequence := range length {
					w.queue.add(work(fmt.Sprint(conversation), int64(sequence)+1))
					jobs++
				}
			}
			w.run(t, replicas)
		})
		for _, n := range w.got {
			repeated += n - 1
		}
		if done := w.queue.count(store.Done); done != jobs || len(w.got) != jobs || len(w.problems) > 0 {
			r.Fatalf("%d of %d jobs done, %d delivered; problems %q", done, jobs, len(w.got), w.problems)
		}
	})
	if repeated == 0 {
		t.Error("nothing was ever delivered twice, so this test does not try what it should")
	}
}

// TestCrashBetweenDoingAndSettling: the one case in which a target sees a job twice, with the same id.
func TestCrashBetweenDoingAndSettling(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(work("a", 1), work("a", 2))
		target := &receiver{}
		dead, die := context.WithCancel(t.Context())
		_, _, stop := start(t, mortal{q, dead}, func(_ context.Context, job store.Job) error {
			target.take(job.ID)
			die()
			return nil
		}, outbox.Options{})
		synctest.Wait()
		stop()
		_, _, stop = start(t, q, func(_ context.Context, job store.Job) error { target.take(job.ID); return nil }, outbox.Options{Owner: "two"})
		defer stop()
		time.Sleep(3 * time.Minute)
		synctest.Wait()
		if got := fmt.Sprint(target.all()); got != "[a/1 a/1 a/2]" || q.count(store.Done) != 2 {
			t.Errorf("delivered %s, want [a/1 a/1 a/2]; %d done", got, q.count(store.Done))
		}
	})
}
