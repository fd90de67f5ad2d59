// Package live tells whoever has a conversation open that it went on, whichever replica kept the turn.
// It exists so that ten thousand open pages cost one question to the store a second and no
// goroutine, and so that nothing but the store stands between two replicas.
package live

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// Versions asks the store for the versions of conversations; one that is not there is left out. It is
// store.Cases.Versions.
type Versions func(ctx context.Context, conversations []string) (map[string]int64, error)

// Options say how a hub works. What is left zero gets the value in brackets.
type Options struct {
	Every   time.Duration // between two looks into the store [1 second]
	Longest time.Duration // between two looks while the store does not answer [30 seconds]
	Timeout time.Duration // of one question to the store [3 seconds]
	Chunk   int           // conversations in one question [512]
	Logger  *slog.Logger  // is told when the store stops answering and when it answers again [none]
}

// Hub knows who listens to which conversation. It is safe for concurrent use.
type Hub struct {
	versions Versions
	options  Options
	mutex    sync.Mutex
	rooms    map[string]*room // conversations that somebody listens to
}

// New makes a hub. Until Run is called it tells of this process's own turns only.
func New(versions Versions, o Options) *Hub {
	o.Every = orElse(o.Every, time.Second)
	o.Longest = orElse(o.Longest, 30*time.Second)
	o.Timeout = orElse(o.Timeout, 3*time.Second)
	o.Chunk = orElse(o.Chunk, 512)
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return &Hub{versions: versions, options: o, rooms: map[string]*room{}}
}

func orElse[T int | time.Duration](value, otherwise T) T {
	if value <= 0 {
		return otherwise
	}
	return value
}

// room is a conversation that somebody listens to.
type room struct {
	version   int64 // as it was when the store was asked last
	listeners map[chan struct{}]struct{}
}

// unknown is the version of a room that the store has not been asked about.
const unknown = -1

// Subscribe returns a channel that holds a token once the conversation may have gone on. Whoever
// subscribes first and reads the conversation then misses nothing. Tokens do not pile up, and one may
// come when nothing has changed. stop ends it; the channel is never closed. It may be called again.
func (h *Hub) Subscribe(conversation string) (wake <-chan struct{}, stop func()) {
	listener := make(chan struct{}, 1)
	h.mutex.Lock()
	defer h.mutex.Unlock()
	r := h.rooms[conversation]
	if r == nil {
		r = &room{version: unknown, listeners: make(map[chan struct{}]struct{}, 1)}
		h.rooms[conversation] = r
	}
	r.listeners[listener] = struct{}{}
	return listener, func() { h.leave(conversation, r, listener) }
}

func (h *Hub) leave(conversation string, r *room, listener chan struct{}) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	delete(r.listeners, listener)
	if len(r.listeners) == 0 && h.rooms[conversation] == r {
		delete(h.rooms, conversation)
	}
}

// Committed wakes whoever listens to a conversation in which this process has just kept a turn.
func (h *Hub) Committed(conversation string) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if r := h.rooms[conversation]; r != nil {
		r.wake()
	}
}

// wake gives each listener a token who has none. The caller holds Hub.mutex.
func (r *room) wake() {
	for listener := range r.listeners {
		select {
		case listener <- struct{}{}:
		default: // it has yet to look
		}
	}
}
