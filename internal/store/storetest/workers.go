package storetest

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"passdesk/internal/store"
)

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
				claimed = takeSome(t, s, owner, func(j store.Job) {
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

// takeSome claims a few jobs and does them; it returns how many.
func takeSome(t *testing.T, s store.Store, owner string, do func(store.Job)) int {
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
