package httpd

import (
	"context"
	"strings"
	"sync"
	"time"
)

const (
	probeTimeout = 2 * time.Second
	probeFresh   = time.Second // however often it is asked, a check runs no more often than that
)

// Check looks whether something that the service needs is well. Look may be called by several
// goroutines of one server one after the other, and must return soon after its context ends.
type Check struct {
	Name string
	Look func(ctx context.Context) Health
}

// Health is what a check found. Everybody may read it.
type Health struct {
	Reason  string         // id of what is wrong, such as "unavailable"; "" if nothing is
	Details map[string]any // counts, ages and versions, for people
}

// probe runs a check and remembers what it found.
type probe struct {
	check   Check
	mutex   sync.Mutex
	running chan struct{} // closed when the run under way ends; nil if none is
	found   Health
	at      time.Time
}

func newProbe(check Check) *probe { return &probe{check: check} }

// health is what the check found just now. A check that does not return makes nobody wait for long,
// and is not run a second time beside itself.
func (p *probe) health() Health {
	p.mutex.Lock()
	if p.running == nil && time.Since(p.at) < probeFresh {
		defer p.mutex.Unlock()
		return p.found
	}
	if p.running == nil {
		p.running = make(chan struct{})
		go p.run(p.running)
	}
	running := p.running
	p.mutex.Unlock()

	late := time.NewTimer(probeTimeout)
	defer late.Stop()
	select {
	case <-running:
		p.mutex.Lock()
		defer p.mutex.Unlock()
		return p.found
	case <-late.C:
		return Health{Reason: "timeout"}
	}
}

// run looks once. A check that panics is not well.
func (p *probe) run(done chan struct{}) {
	found := Health{Reason: "panic"}
	defer func() {
		_ = recover() // the reason tells
		p.mutex.Lock()
		defer p.mutex.Unlock()
		p.found, p.at, p.running = found, time.Now(), nil
		close(done)
	}()
	ctx, cancel := context.WithTimeout(context.Background(), probeTimeout)
	defer cancel()
	looked := p.check.Look(ctx)
	if !isReason(looked.Reason) {
		looked.Reason = "failed"
	}
	found = looked
}

// isReason reports whether a reason is an id and not, say, an error with a password in it.
func isReason(reason string) bool {
	return len(reason) <= 64 && strings.Trim(reason, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}
