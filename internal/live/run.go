package live

import (
	"context"
	"fmt"
	"log/slog"
	"time"
)

// Run looks for turns that other replicas kept, until ctx ends. Nothing else ends it: while the store
// does not answer it asks less and less often, and once it answers wakes everybody, since those who
// wanted to read meanwhile could not.
func (h *Hub) Run(ctx context.Context) {
	timer := time.NewTimer(h.options.Every)
	defer timer.Stop()
	for failures := 0; ; {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		err := h.poll(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			failures++
			h.logFailure(ctx, failures, err)
		case failures > 0:
			h.options.Logger.InfoContext(ctx, "changes of conversations can be read again", slog.Int("failures", failures))
			failures = 0
			h.wakeAll()
		}
		timer.Reset(h.pause(failures))
	}
}

// pause is the time until the next look: twice as long after each that failed.
func (h *Hub) pause(failures int) time.Duration {
	const doublings = 10 // no longest pause is as long as that
	return max(h.options.Every, min(h.options.Every<<min(failures, doublings), h.options.Longest))
}

// logFailure tells of the first failure only, so that a long outage does not fill the log.
func (h *Hub) logFailure(ctx context.Context, failures int, err error) {
	if failures == 1 {
		h.options.Logger.WarnContext(ctx, "changes of conversations cannot be read", slog.String("error", err.Error()))
	}
}

// poll asks for all conversations that somebody listens to and wakes those who listen to one that has
// changed.
func (h *Hub) poll(ctx context.Context) error {
	for rest := h.conversations(); len(rest) > 0; {
		some := rest[:min(h.options.Chunk, len(rest))]
		rest = rest[len(some):]
		versions, err := h.ask(ctx, some)
		if err != nil {
			return err
		}
		h.compare(some, versions)
	}
	return nil
}

func (h *Hub) ask(ctx context.Context, conversations []string) (map[string]int64, error) {
	ctx, cancel := context.WithTimeout(ctx, h.options.Timeout)
	defer cancel()
	versions, err := h.versions(ctx, conversations)
	if err != nil {
		return nil, fmt.Errorf("read versions: %w", err)
	}
	return versions, nil
}

func (h *Hub) conversations() []string {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	all := make([]string, 0, len(h.rooms))
	for conversation := range h.rooms {
		all = append(all, conversation)
	}
	return all
}

// compare wakes whoever listens to a conversation that is not as it was. Of one that nobody has asked
// about before it is not known how it was when its listeners read it.
func (h *Hub) compare(conversations []string, versions map[string]int64) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	for _, conversation := range conversations {
		r := h.rooms[conversation]
		if r == nil || r.version == versions[conversation] {
			continue // nobody listens any more, or nothing has changed
		}
		r.version = versions[conversation]
		r.wake()
	}
}

func (h *Hub) wakeAll() {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	for _, r := range h.rooms {
		r.wake()
	}
}
