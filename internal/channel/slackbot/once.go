package slackbot

import (
	"sync"
	"time"
)

// twiceWithin is how soon the same button pressed again is a slip of the finger.
const twiceWithin = time.Minute

// once knows what was begun a short while ago.
type once struct {
	now   func() time.Time
	mutex sync.Mutex
	begun map[string]time.Time
}

func newOnce(now func() time.Time) *once { return &once{now: now, begun: map[string]time.Time{}} }

// begin reports whether something is begun for the first time.
func (o *once) begin(key string) bool {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	now := o.now()
	for other, at := range o.begun {
		if now.Sub(at) > twiceWithin {
			delete(o.begun, other)
		}
	}
	if _, before := o.begun[key]; before {
		return false
	}
	o.begun[key] = now
	return true
}

// failed lets it be begun again.
func (o *once) failed(key string) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	delete(o.begun, key)
}
