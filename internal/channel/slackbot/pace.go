package slackbot

import (
	"context"
	"sync"
	"time"
)

// Slack takes about one message a second in a channel, and a few at once.
const (
	between = 1100 * time.Millisecond // a little more, for what the network adds
	burst   = 3
)

// pace spaces messages by channel.
type pace struct {
	between time.Duration
	now     func() time.Time
	mutex   sync.Mutex
	next    map[string]time.Time // when a channel takes the next message, had it taken none at once
}

func newPace(between time.Duration, now func() time.Time) *pace {
	return &pace{between: between, now: now, next: map[string]time.Time{}}
}

// longestWait is how long a message waits for its place before it is put off.
const longestWait = 5 * time.Second

// wait takes the next place in a channel and waits for it. If that is too far off, it takes none and
// tells when to come again.
func (p *pace) wait(ctx context.Context, channel string) error {
	wait, ok := p.place(channel)
	if !ok {
		return Refused{Code: "too many messages in this channel", Wait: wait}
	}
	if pause(ctx, wait) != nil {
		return Refused{Code: "no answer in time"}
	}
	return nil
}

// place takes the next place in a channel and returns how long it is until then.
func (p *pace) place(channel string) (wait time.Duration, ok bool) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	now := p.now()
	if len(p.next) > 10_000 {
		for name, at := range p.next {
			if at.Before(now) {
				delete(p.next, name)
			}
		}
	}
	at := p.next[channel]
	if earliest := now.Add(-(burst - 1) * p.between); at.Before(earliest) {
		at = earliest
	}
	if wait = max(0, at.Sub(now)); wait > longestWait {
		return wait, false
	}
	p.next[channel] = at.Add(p.between)
	return wait, true
}

// hold lets a channel rest, because Slack said so.
func (p *pace) hold(channel string, rest time.Duration) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if at := p.now().Add(rest); p.next[channel].Before(at) {
		p.next[channel] = at
	}
}
