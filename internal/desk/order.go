package desk

import (
	"context"
	"sync"
)

// order lets the messages of one conversation through one at a time, those of others beside them.
// It spares this process conflicts with itself; between replicas the store's version decides.
type order struct {
	mutex  sync.Mutex
	queues map[string]*queue // of the conversations that somebody is in or waits for
}

type queue struct {
	turn  chan struct{} // holds one token while nobody is in
	users int           // in or waiting; guarded by order.mutex
}

func newOrder() *order { return &order{queues: map[string]*queue{}} }

// enter waits until nobody else is in the conversation. The caller must call leave.
func (o *order) enter(ctx context.Context, conversation string) (leave func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err // select would choose at random
	}
	q := o.join(conversation)
	select {
	case <-q.turn:
		return func() { q.turn <- struct{}{}; o.part(conversation, q) }, nil
	case <-ctx.Done():
		o.part(conversation, q)
		return nil, ctx.Err()
	}
}

func (o *order) join(conversation string) *queue {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	q := o.queues[conversation]
	if q == nil {
		q = &queue{turn: make(chan struct{}, 1)}
		q.turn <- struct{}{}
		o.queues[conversation] = q
	}
	q.users++
	return q
}

func (o *order) part(conversation string, q *queue) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if q.users--; q.users == 0 {
		delete(o.queues, conversation)
	}
}
