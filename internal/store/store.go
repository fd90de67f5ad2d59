// Package store says what is kept of conversations and how it is asked for, for every database alike.
// It exists so that the desk, the outbox and the operator's commands share one set of records and one
// set of errors, and so that no transaction handle leaves the code that knows databases.
package store

import (
	"context"
	"errors"
	"time"

	"passdesk/internal/redact"
)

// Errors that callers act upon. A store wraps them with the operation.
var (
	// ErrNotFound: there is no such conversation or work.
	ErrNotFound = errors.New("not found")
	// ErrConflict: somebody else changed it first, or the message has been answered already. Load
	// again and decide anew.
	ErrConflict = errors.New("changed meanwhile")
	// ErrUnavailable: the database is down, full, read-only or too busy. What was asked for may or
	// may not have happened; asking again with the same ids is safe.
	ErrUnavailable = errors.New("store unavailable")
	// ErrClosed: the store was closed.
	ErrClosed = errors.New("store closed")
)

// Conversation is what is remembered between two turns.
type Conversation struct {
	ID      string
	Channel string    // channel of its first message
	Version int64     // number of turns; 0 for a conversation that is not there
	State   string    // JSON of the desk's state: ids and counters, never customer text
	Created time.Time // of the first turn
	Updated time.Time // of the last turn
}

// Turn is one message and the reply to it. It never changes once kept.
type Turn struct {
	Conversation string
	Channel      string
	Sequence     int64     // 1, 2, …: the conversation's version after this turn
	Message      string    // the message's id, unique within its conversation
	At           time.Time // kept to the microsecond, UTC
	Said         redact.Text
	Pressed      string // JSON of what was pressed instead, or of who else said it: never customer text; "" for text
	Reply        string // JSON of the reply, which never quotes the customer
	Content      string // version of the content that made the reply
}

// Work is something to be done in the outside world because of a turn. It is kept with the turn or
// not at all.
type Work struct {
	ID           string // what a receiver may tell repetitions by; unique
	Kind         string // who does it, for example "handover"
	Conversation string
	Sequence     int64   // of the turn; work of one kind and conversation is done in this order
	Details      string  // JSON of ids, never customer text
	Case         Opening // of a case for people, which is kept with the work; a Job does not tell it
}

// JobState is how far a piece of work has come.
type JobState string

// The states of a job.
const (
	Waiting JobState = "waiting" // to be done when due
	Held    JobState = "held"    // came from a backup: an operator must release it
	Done    JobState = "done"
	Dead    JobState = "dead" // given up: somebody must look at it
)

// Job is a piece of work in the outbox. Times are those of Outbox.Now.
type Job struct {
	Work
	State   JobState
	Tries   int // started so far, this one included
	Created time.Time
	Due     time.Time
	Reason  string // why the last try failed: codes and host names, never customer text
}

// Conversations is what the desk needs.
type Conversations interface {
	// Load returns a conversation, with Version 0 if it is not there, and the turn that answered
	// the message if there is one already.
	Load(ctx context.Context, conversation, message string) (Conversation, *Turn, error)
	// Commit keeps a turn, the conversation's state after it and the work it causes: all or
	// nothing, durable when it returns nil. ErrConflict unless the conversation's version is
	// turn.Sequence-1 and the message is new. After ErrUnavailable or the context's error it is
	// unknown whether the turn was kept; Load tells.
	Commit(ctx context.Context, turn Turn, state string, work ...Work) error
	// Turns returns a conversation's turns in order, those after `after` and at most `limit`.
	Turns(ctx context.Context, conversation string, after int64, limit int) ([]Turn, error)
}

// Outbox is what the worker needs that does the work.
type Outbox interface {
	// Now is the clock that due times and leases are measured by: one for all replicas.
	Now(ctx context.Context) (time.Time, error)
	// Claim leases up to limit jobs that are due to owner for the time given and counts a try.
	// Of one conversation only the first job that is waiting can be claimed, so order is kept.
	// A lease that ran out counts as free. A due time or lease further away than a day counts as
	// a clock that jumped, and so as now.
	Claim(ctx context.Context, owner string, now time.Time, lease time.Duration, limit int) ([]Job, error)
	// Settle ends a try of a job: Done, Waiting until due, or Dead. ErrConflict if the lease is no
	// longer owner's.
	Settle(ctx context.Context, id, owner string, state JobState, due time.Time, reason string) error
}

// Operation is what operators and the clock need.
type Operation interface {
	// Ping reports whether the database answers and, if the last write failed, whether it can write.
	Ping(ctx context.Context) error
	// Depth counts the jobs of each state and tells when the oldest waiting one was created (zero
	// if none waits).
	Depth(ctx context.Context) (map[JobState]int, time.Time, error)
	// States lists conversations by their ids, those after `after` and at most `limit`.
	States(ctx context.Context, after string, limit int) ([]Conversation, error)
	// Jobs lists jobs of a state, oldest first.
	Jobs(ctx context.Context, state JobState, limit int) ([]Job, error)
	// Release makes jobs wait again that are held or dead; no ids means all that are held.
	// It returns how many. They count as tried once: of what was tried before, or has been done since a
	// backup was made, whoever does it makes sure first that it is not done twice.
	Release(ctx context.Context, ids ...string) (int, error)
	// Purge erases up to limit conversations last changed before the time given, with all that
	// belongs to them, but none with work that still waits or is held. It returns how many.
	Purge(ctx context.Context, before time.Time, limit int) (int, error)
	// PurgeJobs erases up to limit jobs that were created before the time given and are done or dead.
	PurgeJobs(ctx context.Context, before time.Time, limit int) (int, error)
	// Forget erases a conversation and all that belongs to it, its waiting work too.
	// ErrNotFound if it is not there.
	Forget(ctx context.Context, conversation string) error
	// Scrub makes sure that nothing erased is left in the database's files (in PostgreSQL: as far
	// as VACUUM goes).
	Scrub(ctx context.Context) error
	// Close waits for what is being written and lets go of the database.
	Close() error
}

// Store is all of it, as the databases implement it.
type Store interface {
	Conversations
	Outbox
	Operation
	Cases
	Access
	Marks
}
