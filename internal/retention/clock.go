package retention

import (
	"errors"
	"time"
)

// ErrClock says that the store's clock has jumped, so nothing was erased by it yet.
var ErrClock = errors.New("the clock of the store has jumped; nothing is erased until it is back or has stayed there for a day")

const (
	jump  = time.Hour      // what no clock goes wrong by on its own between two looks
	proof = 24 * time.Hour // how long a clock must stay where it jumped to
)

// clock compares the store's time with the time that has passed here, so that a wrong year does not
// erase everything.
type clock struct {
	store, here time.Time // taken together; here has a monotonic reading
	jumped      time.Time // here, when the store's clock was first seen to be off; zero while it is not
}

// believe reports whether the store's time follows from what it was before.
func (c *clock) believe(store time.Time) bool {
	here := time.Now()
	if c.here.IsZero() {
		c.store, c.here = store, here
	}
	off := store.Sub(c.store.Add(here.Sub(c.here))).Abs()
	switch {
	case off <= jump:
		c.store, c.here, c.jumped = store, here, time.Time{}
		return true
	case c.jumped.IsZero():
		c.jumped = here
	case here.Sub(c.jumped) >= proof:
		c.store, c.here, c.jumped = store, here, time.Time{}
		return true
	}
	return false
}
