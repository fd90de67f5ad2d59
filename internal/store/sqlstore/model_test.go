package sqlstore_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"passdesk/internal/store"
	"passdesk/internal/store/memstore"
	"passdesk/internal/store/sqlstore"
)

// TestLikeTheModel does the same to SQLite and to memory, in any order, and compares all answers.
func TestLikeTheModel(t *testing.T) {
	directory, runs := t.TempDir(), 0
	rapid.Check(t, func(r *rapid.T) {
		runs++
		m := &machine{now: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)}
		clock := func() time.Time { return m.now }
		s, err := sqlstore.OpenSQLite(context.Background(), filepath.Join(directory, fmt.Sprint(runs, ".db")), sqlstore.Options{Clock: clock})
		if err != nil {
			r.Fatal(err)
		}
		m.stores = [2]store.Store{s, memstore.NewWithClock(clock)}
		defer closeStore(t, s)
		r.Repeat(rapid.StateMachineActions(m))
	})
}

// machine is both stores with the clock they share.
type machine struct {
	now    time.Time
	stores [2]store.Store
}

// both does something to both stores and compares what they say.
func (m *machine) both(r *rapid.T, do func(store.Store) (any, error)) {
	r.Helper()
	var said [2]string
	for i, s := range m.stores {
		answer, err := do(s)
		said[i] = fmt.Sprintf("%+v, %s", answer, kind(err))
	}
	if said[0] != said[1] {
		r.Fatalf("SQLite says %s\nmemory says %s", said[0], said[1])
	}
}

// kind is what a caller can tell of an error.
func kind(err error) string {
	for _, known := range []error{store.ErrConflict, store.ErrNotFound, store.ErrInvalid, store.ErrClosed, store.ErrUnavailable} {
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	return fmt.Sprint(err)
}

func conversation(r *rapid.T) string {
	return rapid.SampledFrom([]string{"a", "A", "b", "\u3042"}).Draw(r, "conversation")
}

func (m *machine) due(r *rapid.T) time.Time {
	return m.now.Add(time.Duration(rapid.SampledFrom([]int{-3600, 0, 1, 60, 86400, 86401, 1e7}).Draw(r, "due")) * time.Second)
}

func owner(r *rapid.T) string { return rapid.SampledFrom([]string{"me", "you"}).Draw(r, "owner") }

func (m *machine) Wait(r *rapid.T) {
	m.now = m.now.Add(time.Duration(rapid.SampledFrom([]int{1, 30, 3600, 100_000}).Draw(r, "seconds")) * time.Second)
}

func (m *machine) Commit(r *rapid.T) {
	name, message := conversation(r), rapid.SampledFrom([]string{"1", "2", "3", "4", "5", "6"}).Draw(r, "message")
	kept, _, err := m.stores[1].Load(context.Background(), name, message)
	if err != nil {
		r.Fatal(err)
	}
	turn := store.Turn{
		Conversation: name, Channel: "web", Message: message, At: m.now, Reply: "{}",
		Sequence: kept.Version + 1 + rapid.SampledFrom([]int64{0, 0, 0, 0, -1, 1}).Draw(r, "off by"),
	}
	var work []store.Work
	for _, id := range rapid.SliceOfN(rapid.SampledFrom([]string{"u", "v", "w", "x", "y", "z"}), 0, 3).Draw(r, "work") {
		reference := rapid.SampledFrom([]string{"", "H-1", "H-2"}).Draw(r, "reference")
		work = append(work, store.Work{ID: id, Kind: "k", Conversation: name, Sequence: turn.Sequence, Case: store.Opening{Reference: reference}})
	}
	m.both(r, func(s store.Store) (any, error) { return nil, s.Commit(context.Background(), turn, message, work...) })
}

func (m *machine) Load(r *rapid.T) {
	name, message := conversation(r), rapid.SampledFrom([]string{"1", "2", "3", "4", "5", "6", "7"}).Draw(r, "message")
	m.both(r, func(s store.Store) (any, error) {
		c, turn, err := s.Load(context.Background(), name, message)
		if turn == nil {
			turn = new(store.Turn)
		}
		return []any{c, *turn}, err
	})
}

func (m *machine) Claim(r *rapid.T) {
	who, limit := owner(r), rapid.IntRange(0, 3).Draw(r, "limit")
	lease := time.Duration(rapid.SampledFrom([]int{1, 60, 86400, 1e6}).Draw(r, "lease")) * time.Second
	m.both(r, func(s store.Store) (any, error) { return s.Claim(context.Background(), who, m.now, lease, limit) })
}

func (m *machine) Settle(r *rapid.T) {
	id, who := rapid.SampledFrom([]string{"u", "v", "w", "x", "y", "z"}).Draw(r, "id"), owner(r)
	state := rapid.SampledFrom([]store.JobState{store.Done, store.Waiting, store.Waiting, store.Dead, store.Held}).Draw(r, "state")
	due := m.due(r)
	m.both(r, func(s store.Store) (any, error) { return nil, s.Settle(context.Background(), id, who, state, due, "r") })
}

func (m *machine) Release(r *rapid.T) {
	ids := rapid.SliceOfN(rapid.SampledFrom([]string{"u", "v", "w", "x", "y", "z"}), 0, 3).Draw(r, "ids")
	m.both(r, func(s store.Store) (any, error) { return s.Release(context.Background(), ids...) })
}

func (m *machine) Purge(r *rapid.T) {
	before, limit := m.due(r), rapid.IntRange(-1, 3).Draw(r, "limit")
	m.both(r, func(s store.Store) (any, error) { return s.Purge(context.Background(), before, limit) })
}

func (m *machine) PurgeJobs(r *rapid.T) {
	before, limit := m.due(r), rapid.IntRange(-1, 3).Draw(r, "limit")
	m.both(r, func(s store.Store) (any, error) { return s.PurgeJobs(context.Background(), before, limit) })
}

func (m *machine) Forget(r *rapid.T) {
	name := conversation(r)
	m.both(r, func(s store.Store) (any, error) { return nil, s.Forget(context.Background(), name) })
}

func caseID(r *rapid.T) string {
	return rapid.SampledFrom([]string{"u", "v", "w", "x", "y", "z"}).Draw(r, "case")
}

func (m *machine) TakeCase(r *rapid.T) {
	id, who := caseID(r), owner(r)
	m.both(r, func(s store.Store) (any, error) {
		return nil, s.TakeCase(context.Background(), id, who, "name of "+who)
	})
}

func (m *machine) ReturnCase(r *rapid.T) {
	id, who := caseID(r), owner(r)
	m.both(r, func(s store.Store) (any, error) { return nil, s.ReturnCase(context.Background(), id, who) })
}

func (m *machine) CloseCase(r *rapid.T) {
	id, who := caseID(r), owner(r)
	outcome := rapid.SampledFrom([]store.CaseOutcome{store.Solved, store.Other}).Draw(r, "outcome")
	m.both(r, func(s store.Store) (any, error) { return nil, s.CloseCase(context.Background(), id, who, outcome) })
}

// everyCase is all that can be seen of cases.
func everyCase(s store.Store) []any {
	var all []any
	for _, state := range []store.CaseState{store.CaseOpen, store.CaseClaimed, store.CaseClosed} {
		for _, agent := range []string{"", "me"} {
			found, err := s.Cases(context.Background(), store.CaseFilter{State: state, Agent: agent}, 0, 100)
			all = append(all, slices.Clone(found), err)
		}
	}
	found, err := s.CasesOf(context.Background(), "H-1", 100)
	counts, oldest, failed := s.CountCases(context.Background())
	versions, unread := s.Versions(context.Background(), []string{"a", "A", "b", "c"})
	return append(all, slices.Clone(found), err, counts, oldest, failed, versions, unread)
}

// Check compares all that can be seen.
func (m *machine) Check(r *rapid.T) {
	m.both(r, func(s store.Store) (any, error) {
		depth, oldest, err := s.Depth(context.Background())
		all := []any{depth, oldest, err}
		for _, name := range []string{"a", "A", "b", "\u3042"} {
			turns, err := s.Turns(context.Background(), name, 0, 100)
			all = append(all, turns, err)
		}
		for _, state := range []store.JobState{store.Waiting, store.Held, store.Done, store.Dead} {
			jobs, err := s.Jobs(context.Background(), state, 100)
			all = append(all, slices.Clone(jobs), err)
		}
		return append(all, everyCase(s)...), nil
	})
}
