package outbox_test

import (
	"context"
	"fmt"
	"sync"
	"time"

	"passdesk/internal/store"
	"passdesk/internal/store/memstore"
)

// queue is a store in memory that can fail. Its clock is that of the process plus a skew.
type queue struct {
	*memstore.Store
	mutex sync.Mutex
	skew  time.Duration
	fail  func(operation string) failure // nil for a store that never fails
	calls map[string]int
}

// failure is how an operation fails: with an error before or after it had its effect.
type failure struct {
	before, after error
}

func newQueue(work ...store.Work) *queue {
	q := &queue{calls: map[string]int{}}
	q.Store = memstore.NewWithClock(q.clock)
	for _, w := range work {
		q.add(w)
	}
	return q
}

// add keeps a turn that causes the work. Work of one conversation must be added in order.
func (q *queue) add(w store.Work) {
	turn := store.Turn{
		Conversation: w.Conversation, Channel: "test", Sequence: w.Sequence, Message: fmt.Sprint(w.Sequence),
		At: time.Now(), Reply: "{}", Content: "test",
	}
	if err := q.Commit(context.Background(), turn, "{}", w); err != nil {
		panic(err)
	}
}

func (q *queue) clock() time.Time {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	return time.Now().Add(q.skew)
}

func (q *queue) failing(operation string) failure {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	q.calls[operation]++
	if q.fail == nil {
		return failure{}
	}
	return q.fail(operation)
}

func (q *queue) Now(ctx context.Context) (time.Time, error) {
	if f := q.failing("now"); f.before != nil {
		return time.Time{}, f.before
	}
	return q.Store.Now(ctx)
}

func (q *queue) Claim(ctx context.Context, owner string, now time.Time, lease time.Duration, limit int) ([]store.Job, error) {
	f := q.failing("claim")
	if f.before != nil {
		return nil, f.before
	}
	jobs, err := q.Store.Claim(ctx, owner, now, lease, limit)
	if f.after != nil {
		return nil, f.after
	}
	return jobs, err
}

func (q *queue) Settle(ctx context.Context, id, owner string, state store.JobState, due time.Time, reason string) error {
	f := q.failing("settle")
	if f.before != nil {
		return f.before
	}
	if err := q.Store.Settle(ctx, id, owner, state, due, reason); err != nil {
		return err
	}
	return f.after
}

// seize gives the jobs to another owner, as if their leases had run out.
func (q *queue) seize(owner string) {
	later := q.clock().Add(10 * time.Minute)
	if _, err := q.Store.Claim(context.Background(), owner, later, time.Hour, 100); err != nil {
		panic(err)
	}
}

func (q *queue) all(state store.JobState) []store.Job {
	jobs, err := q.Jobs(context.Background(), state, 1000)
	if err != nil {
		panic(err)
	}
	return jobs
}

func (q *queue) job(id string) store.Job {
	for _, state := range []store.JobState{store.Waiting, store.Done, store.Dead} {
		for _, job := range q.all(state) {
			if job.ID == id {
				return job
			}
		}
	}
	return store.Job{}
}

func (q *queue) count(state store.JobState) int { return len(q.all(state)) }

func (q *queue) setFail(fail func(string) failure) {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	q.fail = fail
}

func (q *queue) jump(by time.Duration) {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	q.skew += by
}

func (q *queue) called(operation string) int {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	return q.calls[operation]
}
