package storetest

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

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
		f.whole(t, "c", c.Version)
		if err := f.Forget(bg(), "c"); err != nil && !errors.Is(err, store.ErrNotFound) {
			t.Fatal(err)
		}
	}
}

// nobodyClaimsTwice lets many workers of two replicas take jobs.
func nobodyClaimsTwice(t *testing.T, f *fixture) {
	stores := []store.Store{f.Store}
	if f.again != nil {
		other := f.again()
		defer func() {
			if err := other.Close(); err != nil {
				t.Error(err)
			}
		}()
		stores = append(stores, other)
	}
	const conversations, each = 40, 5
	for c := range conversations {
		for job := range each {
			f.cause(fmt.Sprint("c", c), fmt.Sprintf("c%d/%d", c, job))
		}
	}
	var mutex sync.Mutex
	done := map[string][]int64{}
	worker := func(s store.Store, owner string) func() {
		return func() {
			for claimed := 1; claimed > 0; {
				claimed = work1(t, s, owner, func(j store.Job) {
					mutex.Lock()
					defer mutex.Unlock()
					done[j.Conversation] = append(done[j.Conversation], j.Sequence)
				})
			}
		}
	}
	var all []func()
	for i := range 16 {
		all = append(all, worker(stores[i%len(stores)], fmt.Sprint("worker ", i)))
	}
	for range 20 { // a worker stops when all that is left is leased by others
		together(all...)
	}
	for c := range conversations {
		same(t, "work of a conversation, in order", []int64{1, 2, 3, 4, 5}, done[fmt.Sprint("c", c)])
	}
}

// work1 claims a few jobs and does them; it returns how many.
func work1(t *testing.T, s store.Store, owner string, do func(store.Job)) int {
	now, err := s.Now(bg())
	if err != nil {
		t.Errorf("Now: %v", err)
		return 0
	}
	jobs, err := s.Claim(bg(), owner, now, time.Minute, 3)
	if err != nil {
		t.Errorf("Claim: %v", err)
	}
	for _, j := range jobs {
		do(j)
		if err := s.Settle(bg(), j.ID, owner, store.Done, now, ""); err != nil {
			t.Errorf("Settle: %v", err)
		}
	}
	return len(jobs)
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
