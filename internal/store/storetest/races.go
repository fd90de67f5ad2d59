package storetest

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"passdesk/internal/store"
)

func raceTests() map[string]func(*testing.T, *fixture) {
	return map[string]func(*testing.T, *fixture){
		"ManyWriters":        manyWriters,
		"FirstTurnRaces":     func(t *testing.T, f *fixture) { turnRaces(t, f, 1) },
		"LaterTurnRaces":     func(t *testing.T, f *fixture) { turnRaces(t, f, 2) },
		"DuplicateRaces":     duplicateRaces,
		"ForgetRaces":        forgetRaces,
		"NobodyClaimsTwice":  nobodyClaimsTwice,
		"PurgeSparesNewTurn": purgeSparesNewTurn,
	}
}

// together runs functions at the same time, as nearly as can be.
func together(all ...func()) {
	var ready, done sync.WaitGroup
	start := make(chan struct{})
	for _, f := range all {
		ready.Add(1)
		done.Go(func() {
			ready.Done()
			<-start
			f()
		})
	}
	ready.Wait()
	close(start)
	done.Wait()
}

// manyWriters: each has a conversation of its own, and all write to a shared one.
func manyWriters(t *testing.T, f *fixture) {
	const writers, turns = 32, 50
	var shared atomic.Int64
	var all []func()
	for writer := range writers {
		all = append(all, func() {
			name := fmt.Sprint("conversation ", writer)
			for sequence := int64(1); sequence <= turns; sequence++ {
				turn := f.turn(name, sequence)
				if err := f.Commit(bg(), turn, state(sequence), work(fmt.Sprintf("%s/%d", name, sequence), turn)); err != nil {
					t.Errorf("Commit: %v", err)
				}
			}
			if f.insist(t, "shared", fmt.Sprint("from ", writer)) {
				shared.Add(1)
			}
		})
	}
	together(all...)
	for writer := range writers {
		same(t, "turns", turns, len(f.turns(fmt.Sprint("conversation ", writer))))
	}
	depth, _, err := f.Depth(bg())
	if err != nil || depth[store.Waiting] != writers*turns || shared.Load() != writers {
		t.Errorf("%v waiting, %d in the shared conversation, %v", depth, shared.Load(), err)
	}
	for i, turn := range f.turns("shared") {
		same(t, "sequence", int64(i+1), turn.Sequence)
	}
	same(t, "turns of the shared one", writers, len(f.turns("shared")))
}

// insist adds a turn to a conversation that others add to, as the desk does.
func (f *fixture) insist(t *testing.T, conversation, message string) bool {
	for range 1000 {
		c, _, err := f.Load(bg(), conversation, message)
		if err != nil {
			t.Errorf("Load: %v", err)
			return false
		}
		turn := f.turn(conversation, c.Version+1)
		turn.Message = message
		if err = f.Commit(bg(), turn, state(turn.Sequence)); err == nil {
			return true
		}
		if !errors.Is(err, store.ErrConflict) {
			t.Errorf("Commit: %v", err)
			return false
		}
	}
	t.Error("never got through")
	return false
}

// turnRaces lets two replicas commit the same turn of a conversation: exactly one may win.
func turnRaces(t *testing.T, f *fixture, sequence int64) {
	other := f.second()
	defer func() {
		if err := other.Close(); err != nil {
			t.Error(err)
		}
	}()
	for race := range 300 {
		name := fmt.Sprint("race ", race)
		f.talk(name, sequence-1)
		errs := make([]error, 2)
		commit := func(i int, s store.Store) func() {
			turn := f.turn(name, sequence)
			turn.Message = fmt.Sprint("from ", i)
			return func() { errs[i] = s.Commit(bg(), turn, state(sequence), work(fmt.Sprintf("%s/%d", name, i), turn)) }
		}
		together(commit(0, f.Store), commit(1, other))
		winner := 0
		if errs[0] != nil {
			winner = 1
		}
		if errs[winner] != nil || !errors.Is(errs[1-winner], store.ErrConflict) {
			t.Fatalf("race %d ended with %v and %v", race, errs[0], errs[1])
		}
		turns := f.turns(name)
		if int64(len(turns)) != sequence || turns[sequence-1].Message != fmt.Sprint("from ", winner) {
			t.Fatalf("race %d left %+v", race, turns)
		}
	}
	same(t, "work of the winners", 300, len(f.jobs(store.Waiting)))
}
