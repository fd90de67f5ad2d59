// Package storetest says what every store must do, as tests.
// It exists so that memory, SQLite and PostgreSQL keep the same promises: each of them runs this one
// suite.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"passdesk/internal/redact"
	"passdesk/internal/store"
)

// Opener makes an empty store. What it returns as again opens another store on the same data, as a
// second replica does; it is nil where that cannot be. The test closes what it opens, so the opener
// registers no closing.
type Opener func(tb testing.TB) (s store.Store, again func() store.Store)

// Run tries every sentence of the contract.
func Run(t *testing.T, open Opener) {
	for _, group := range []map[string]func(*testing.T, *fixture){
		conversationTests(), conflictTests(), textTests(), outboxTests(), operatorTests(), eraseTests(), raceTests(), caseTests(), versionTests(), accessTests(), markTests(),
	} {
		for name, test := range group {
			t.Run(name, func(t *testing.T) {
				s, again := open(t)
				f := &fixture{TB: t, Store: s, again: again}
				defer f.close()
				test(t, f)
			})
		}
	}
}

// fixture is a store with what tests do to it again and again.
type fixture struct {
	testing.TB
	store.Store
	again func() store.Store
}

func (f *fixture) close() {
	f.Helper()
	if err := f.Close(); err != nil {
		f.Errorf("Close: %v", err)
	}
}

// second is another replica; the test is skipped where there can be none.
func (f *fixture) second() store.Store {
	f.Helper()
	if f.again == nil {
		f.Skip("one store has its data for itself")
	}
	return f.again()
}

// bg is the context of a caller who stays.
func bg() context.Context { return context.Background() }

// noon is a time with microseconds, in UTC, as stores return it.
func noon() time.Time { return time.Date(2026, 3, 4, 12, 0, 0, 123456000, time.UTC) }

// text brings customer text back as a database would; no other way leads to one.
func text(tb testing.TB, s string) redact.Text {
	tb.Helper()
	var t redact.Text
	if err := t.Scan(s); err != nil {
		tb.Fatal(err)
	}
	return t
}

// turn is a turn with everything in it.
func (f *fixture) turn(conversation string, sequence int64) store.Turn {
	return store.Turn{
		Conversation: conversation, Channel: "web", Sequence: sequence, Message: fmt.Sprintf("message %d", sequence),
		At: noon().Add(time.Duration(sequence) * time.Minute), Said: text(f, fmt.Sprintf("what was said in turn %d", sequence)),
		Pressed: `{"fact":"prompt"}`, Reply: fmt.Sprintf(`{"turn":%d}`, sequence), Content: "v1",
	}
}

// state is what the desk remembers after a turn.
func state(sequence int64) string { return fmt.Sprintf(`{"after":%d}`, sequence) }

func (f *fixture) commit(turn store.Turn, work ...store.Work) {
	f.Helper()
	if err := f.Commit(bg(), turn, state(turn.Sequence), work...); err != nil {
		f.Fatalf("Commit of turn %d: %v", turn.Sequence, err)
	}
}

// talk commits the turns from 1 to the last one.
func (f *fixture) talk(conversation string, last int64) {
	f.Helper()
	for sequence := int64(1); sequence <= last; sequence++ {
		f.commit(f.turn(conversation, sequence))
	}
}

// work is a piece of work of a turn.
func work(id string, turn store.Turn) store.Work {
	return store.Work{ID: id, Kind: "handover", Conversation: turn.Conversation, Sequence: turn.Sequence, Details: `{"id":"` + id + `"}`}
}

func (f *fixture) turns(conversation string) []store.Turn {
	f.Helper()
	turns, err := f.Turns(bg(), conversation, 0, 10_000)
	if err != nil {
		f.Fatalf("Turns: %v", err)
	}
	return turns
}

func (f *fixture) load(conversation, message string) (store.Conversation, *store.Turn) {
	f.Helper()
	c, turn, err := f.Load(bg(), conversation, message)
	if err != nil {
		f.Fatalf("Load: %v", err)
	}
	return c, turn
}

func (f *fixture) jobs(state store.JobState) []string {
	f.Helper()
	jobs, err := f.Jobs(bg(), state, 1000)
	if err != nil {
		f.Fatalf("Jobs: %v", err)
	}
	return ids(jobs)
}

func ids(jobs []store.Job) []string {
	var all []string
	for _, j := range jobs {
		all = append(all, j.ID)
	}
	return all
}

func (f *fixture) clock() time.Time {
	f.Helper()
	now, err := f.Now(bg())
	if err != nil {
		f.Fatalf("Now: %v", err)
	}
	return now
}

func (f *fixture) claim(owner string, now time.Time, limit int) []string {
	f.Helper()
	jobs, err := f.Claim(bg(), owner, now, time.Minute, limit)
	if err != nil {
		f.Fatalf("Claim: %v", err)
	}
	return ids(jobs)
}

func (f *fixture) settle(id, owner string, state store.JobState, due time.Time) {
	f.Helper()
	if err := f.Settle(bg(), id, owner, state, due, "because"); err != nil {
		f.Fatalf("Settle %s: %v", id, err)
	}
}

// same compares, telling texts by what is in them.
func same(tb testing.TB, what string, want, got any) {
	tb.Helper()
	texts := cmp.Comparer(func(a, b redact.Text) bool { return a.String() == b.String() })
	if diff := cmp.Diff(want, got, texts, cmpopts.EquateEmpty()); diff != "" {
		tb.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// fails wants an error that a caller can act upon, and that says nothing secret.
func fails(tb testing.TB, what string, err, want error) {
	tb.Helper()
	if !errors.Is(err, want) {
		tb.Errorf("%s: error %v, want %v", what, err, want)
	}
	if err != nil && strings.Contains(err.Error(), "what was said") {
		tb.Errorf("%s: the error quotes the customer: %v", what, err)
	}
}
