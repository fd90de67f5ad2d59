package sqlstore

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"passdesk/internal/store"
)

// groupSize is how many changes share one transaction at most: one flush of the disk for all of them.
const groupSize = 64

// change is what somebody waits for the writer to do.
type change struct {
	statements []statement
	alone      func(*session) error // done outside any transaction, instead of statements
	progress   atomic.Int32
	done       chan error
}

// The progress of a change: it is begun or given up, never both.
const (
	waits int32 = iota
	begun
	givenUp
)

// writer is the one goroutine that writes to a file. SQLite lets one connection write at a time, so
// that several would only wait for each other, and flush the disk once each.
type writer struct {
	name  string // data source
	clock func() time.Time
	queue chan *change
	ended chan struct{}

	mutex  sync.RWMutex // held for writing while the queue is being closed
	closed bool

	session *session // nil before the first change and after a failure; of the goroutine alone
}

func newWriter(name string, clock func() time.Time, queue int) *writer {
	w := &writer{name: name, clock: clock, queue: make(chan *change, queue), ended: make(chan struct{})}
	go w.run()
	return w
}

// do waits until a change is done. While it has not been begun the context can end the waiting; what
// has been begun is waited for, so that its result is known.
func (w *writer) do(ctx context.Context, c *change) error {
	c.done = make(chan error, 1)
	if err := w.enqueue(c); err != nil {
		return err
	}
	select {
	case err := <-c.done:
		return err
	case <-ctx.Done():
	}
	if c.progress.CompareAndSwap(waits, givenUp) {
		return ctx.Err()
	}
	return <-c.done
}

func (w *writer) enqueue(c *change) error {
	w.mutex.RLock()
	defer w.mutex.RUnlock()
	if w.closed {
		return store.ErrClosed
	}
	select {
	case w.queue <- c:
		return nil
	default:
		return fmt.Errorf("%w: %d are waiting to be written", store.ErrUnavailable, cap(w.queue))
	}
}

// close refuses what comes, does what waits, and returns when all is written.
func (w *writer) close() error {
	w.mutex.Lock()
	if !w.closed {
		w.closed = true
		close(w.queue)
	}
	w.mutex.Unlock()
	<-w.ended
	return w.drop()
}

func (w *writer) run() {
	defer close(w.ended)
	for first := range w.queue {
		w.group(w.collect(first))
	}
}

// collect takes what waits already; it never waits for more, so a lone change is not delayed.
func (w *writer) collect(first *change) []*change {
	group := append(make([]*change, 0, groupSize), first)
	for len(group) < groupSize {
		select {
		case c, open := <-w.queue:
			if !open {
				return group
			}
			group = append(group, c)
		default:
			return group
		}
	}
	return group
}

// group does changes in their order, those with statements in as few transactions as can be.
func (w *writer) group(all []*change) {
	var together []*change
	for _, c := range all {
		if !c.progress.CompareAndSwap(waits, begun) {
			continue
		}
		if c.alone == nil {
			together = append(together, c)
			continue
		}
		w.commit(together)
		together = nil
		c.done <- w.alone(c)
	}
	w.commit(together)
}

// alone does a change that wants no transaction around it.
func (w *writer) alone(c *change) error {
	s, err := w.open()
	if err == nil {
		err = c.alone(s)
	}
	return w.failed(err)
}

// commit does changes in one transaction and answers only when it is on the disk.
func (w *writer) commit(group []*change) {
	if len(group) == 0 {
		return
	}
	s, err := w.open()
	var results []error
	if err == nil {
		results, err = s.transact(group, micros(w.clock()))
	}
	err = unavailable(w.failed(err))
	for i, c := range group {
		if err != nil {
			c.done <- err
		} else {
			c.done <- results[i]
		}
	}
}

func (w *writer) open() (*session, error) {
	if w.session != nil {
		return w.session, nil
	}
	s, err := newSession(w.name)
	if err == nil {
		w.session = s
	}
	return s, err
}

// failed gives a connection up that something went wrong with: a new one is in no odd state, and so
// the writer heals as soon as the disk does.
func (w *writer) failed(err error) error {
	if err == nil {
		return nil
	}
	_ = w.drop() // why it failed matters more than how closing it went
	return sqliteError(err)
}

// unavailable names an error that was that of a whole transaction and of nobody's statement.
func unavailable(err error) error {
	if err == nil || isNamed(err) {
		return err
	}
	return fmt.Errorf("%w: %w", store.ErrUnavailable, err)
}

func (w *writer) drop() error {
	s := w.session
	w.session = nil
	if s == nil {
		return nil
	}
	return s.close()
}
