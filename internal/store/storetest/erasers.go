package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"passdesk/internal/store"
)

// duplicateRaces delivers the same message to two replicas, of which one is late.
func duplicateRaces(t *testing.T, f *fixture) {
	other := f.second()
	defer func() {
		if err := other.Close(); err != nil {
			t.Error(err)
		}
	}()
	for race := range 100 {
		f.talk("c", 0)
		first, late := f.turn("c", int64(race+1)), f.turn("c", int64(race+2))
		first.Message, late.Message = fmt.Sprint("m", race), fmt.Sprint("m", race)
		var won, lost error
		together(func() { won = f.Commit(bg(), first, "{}") }, func() { lost = other.Commit(bg(), late, "{}", work("w", late)) })
		if won != nil || !errors.Is(lost, store.ErrConflict) {
			t.Fatalf("race %d: %v and %v", race, won, lost)
		}
	}
	same(t, "turns", 100, len(f.turns("c")))
	same(t, "work", []string(nil), f.jobs(store.Waiting))
}

// forgetRaces forgets conversations while two replicas go on with them: what is left must be whole.
func forgetRaces(t *testing.T, f *fixture) {
	other := f.second()
	defer func() {
		if err := other.Close(); err != nil {
			t.Error(err)
		}
	}()
	for race := range 200 {
		f.talk("c", 2)
		commits := func(s store.Store, from int64) func() {
			return func() {
				for sequence := from; sequence <= 4; sequence++ {
					turn := f.turn("c", sequence)
					turn.Message = fmt.Sprint(race, from, sequence)
					if err := s.Commit(bg(), turn, state(sequence)); err != nil && !errors.Is(err, store.ErrConflict) {
						t.Errorf("Commit: %v", err)
					}
				}
			}
		}
		together(commits(f.Store, 3), commits(other, 1), func() {
			if err := other.Forget(bg(), "c"); err != nil {
				t.Errorf("Forget: %v", err)
			}
		})
		c, _ := f.load("c", "none")
		f.whole(t, c.Version)
		if err := f.Forget(bg(), "c"); err != nil && !errors.Is(err, store.ErrNotFound) {
			t.Fatal(err)
		}
	}
}

// purgeSparesNewTurn purges conversations while they go on.
func purgeSparesNewTurn(t *testing.T, f *fixture) {
	other := f.second()
	defer func() {
		if err := other.Close(); err != nil {
			t.Error(err)
		}
	}()
	for race := range 100 {
		name := fmt.Sprint("c", race)
		f.talk(name, 1)
		next := f.turn(name, 2)
		next.At = noon().Add(-time.Hour) // as old as can be
		var committed error
		together(func() { committed = f.Commit(bg(), next, state(2), work(name, next)) }, func() {
			if _, err := other.Purge(bg(), noon().Add(time.Hour), 1000); err != nil {
				t.Errorf("Purge: %v", err)
			}
		})
		turns := len(f.turns(name))
		if committed == nil && turns != 2 || committed != nil && (!errors.Is(committed, store.ErrConflict) || turns != 0) {
			t.Fatalf("race %d: commit %v, %d turns left", race, committed, turns)
		}
	}
}
