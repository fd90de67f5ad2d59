package bench

import (
	"context"
	"strconv"
	"sync"
	"time"
)

// talkOnAndOn lets every client hold one conversation after the other, as fast as it is answered.
func (m *measurement) talkOnAndOn(ctx context.Context, s *server) ([]*tally, usage, error) {
	began := time.Now().Add(m.options.warmUp())
	w := window{began, began.Add(m.options.For)}
	tallies := make([]*tally, m.options.Clients)
	var all sync.WaitGroup
	for i := range tallies {
		tallies[i] = newTally(w)
		all.Go(func() {
			c := newConnection(ctx, s.address)
			defer c.close()
			m.customer(ctx, c, tallies[i], i)
		})
	}
	taken, err := m.observe(ctx, s, w)
	all.Wait()
	return tallies, taken, err
}

// customer holds conversations until the window is over. Different customers begin at different
// places of the script.
func (m *measurement) customer(ctx context.Context, c *connection, t *tally, number int) {
	for next := number; time.Now().Before(t.window.end) && ctx.Err() == nil; next++ {
		which := next % len(m.script.Conversations)
		talk, ok := m.begin(c, t, which)
		for step := 1; ok && step < m.script.steps(which) && time.Now().Before(t.window.end); step++ {
			ok = m.say(c, t, talk, step, time.Now())
		}
		if !ok {
			_ = sleepUntil(ctx, time.Now().Add(pauseAfterFailure)) // the loop looks at ctx
		}
	}
}

// pauseAfterFailure keeps a client of a server that refuses everything from doing nothing but fail.
const pauseAfterFailure = 10 * time.Millisecond

// talk is one conversation that is being held.
type talk struct {
	scripted  int // which one of the script
	id, token string
	step      int // the last that was taken
	said      int // messages so far
}

// begin begins a conversation. Failures are in the tally.
func (m *measurement) begin(c *connection, t *tally, which int) (*talk, bool) {
	sent := time.Now()
	body, failure := c.post(beginPath, "", "", m.script.body(which, 0))
	t.add(sent, failure)
	if failure != "" {
		return nil, false
	}
	begun := &talk{scripted: which, id: field(body, "conversation"), token: field(body, "token")}
	if begun.id == "" || begun.token == "" {
		t.fail("answer without conversation and token")
		return nil, false
	}
	return begun, true
}

// say takes a step of a conversation. It counts from when it was due.
func (m *measurement) say(c *connection, t *tally, with *talk, step int, due time.Time) bool {
	with.said++
	key := messageKey{with.scripted, step, with.said}.String()
	_, failure := c.post(beginPath+"/"+with.id+"/messages", with.token, key, m.script.body(with.scripted, step))
	t.add(due, failure)
	return failure == ""
}

// beginPath is where conversations are begun.
const beginPath = "/api/v1/conversations"

// messageKey is the idempotency key of a message. It tells the floor which of the recorded rows it
// has to write.
type messageKey struct{ scripted, step, number int }

func (k messageKey) String() string {
	key := strconv.AppendInt(make([]byte, 0, 16), int64(k.scripted), 10)
	key = strconv.AppendInt(append(key, '.'), int64(k.step), 10)
	return string(strconv.AppendInt(append(key, '.'), int64(k.number), 10))
}
