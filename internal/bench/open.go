package bench

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"
)

// keepOpen opens all conversations and then spreads turns over them at a steady rate. Durations count
// from when a turn was due, so that a server that stalls cannot hide how many had to wait.
func (m *measurement) keepOpen(ctx context.Context, s *server) ([]*tally, usage, error) {
	talks, tallies := m.openAll(ctx, s)
	if len(talks) == 0 {
		return tallies, usage{}, ctx.Err()
	}
	began := time.Now().Add(m.options.warmUp())
	w := window{began, began.Add(m.options.For)}
	due := make(chan appointment, m.options.Clients)
	free := newRest(talks)
	var all sync.WaitGroup
	for range m.options.Clients {
		t := newTally(w)
		tallies = append(tallies, t)
		c := newConnection(ctx, s.address)
		defer c.close() // not before the server has been looked at
		all.Go(func() {
			for next := range due {
				m.keep(c, t, next)
				free.give(next.with)
			}
		})
	}
	missed := newTally(w)
	all.Go(func() {
		defer close(due)
		m.appoint(ctx, missed, free, due)
	})
	taken, err := m.observe(ctx, s, w)
	all.Wait()
	return append(tallies, missed), taken, err
}

// openAll begins the conversations. Its tallies hold failures only: beginning is not what is measured.
func (m *measurement) openAll(ctx context.Context, s *server) ([]*talk, []*tally) {
	numbers := make(chan int)
	var mutex sync.Mutex
	var talks []*talk
	var tallies []*tally
	var all sync.WaitGroup
	for range min(m.options.Clients, openers) {
		t := newTally(window{})
		tallies = append(tallies, t)
		all.Go(func() {
			c := newConnection(ctx, s.address)
			defer c.close()
			for number := range numbers {
				if begun, ok := m.begin(c, t, number%len(m.script.Conversations)); ok {
					mutex.Lock()
					talks = append(talks, begun)
					mutex.Unlock()
				}
			}
		})
	}
	for number := 0; number < m.options.Conversations && ctx.Err() == nil; number++ {
		numbers <- number
	}
	close(numbers)
	all.Wait()
	return talks, tallies
}

// openers is how many open conversations side by side: as many as keep a server busy, and not so many
// that it has to refuse some.
const openers = 32

// appointment is a turn that is due in a conversation.
type appointment struct {
	with *talk
	at   time.Time
}

// appoint makes turns due until the window is over. Where all connections are busy it waits, and the
// turn counts from when it was due nevertheless.
func (m *measurement) appoint(ctx context.Context, t *tally, free *rest, due chan<- appointment) {
	interval := time.Duration(float64(time.Second) / m.options.Rate)
	for at := time.Now(); at.Before(t.window.end); at = at.Add(interval) {
		if sleepUntil(ctx, at) != nil {
			return
		}
		with := free.take()
		if with == nil {
			t.fail("every conversation waits for an answer") // nobody speaks twice at once
			continue
		}
		select {
		case due <- appointment{with, at}:
		case <-ctx.Done():
			return
		}
	}
}

// keep takes the next step of a conversation; after its last one it begins anew.
func (m *measurement) keep(c *connection, t *tally, next appointment) {
	with := next.with
	with.step++
	if with.step > m.script.steps(with.scripted) {
		with.step = 1
	}
	m.say(c, t, with, with.step, next.at)
}

// rest are the conversations that do not wait for an answer.
type rest struct {
	mutex sync.Mutex
	talks []*talk
}

func newRest(talks []*talk) *rest { return &rest{talks: talks} }

// take takes one out by chance, or nil.
func (r *rest) take() *talk {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if len(r.talks) == 0 {
		return nil
	}
	last := len(r.talks) - 1
	chosen := rand.IntN(len(r.talks))
	with := r.talks[chosen]
	r.talks[chosen] = r.talks[last]
	r.talks = r.talks[:last]
	return with
}

func (r *rest) give(with *talk) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.talks = append(r.talks, with)
}
