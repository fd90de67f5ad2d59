package storetest

import (
	"fmt"
	"testing"
	"time"

	"passdesk/internal/store"
)

func outboxTests() map[string]func(*testing.T, *fixture) {
	return map[string]func(*testing.T, *fixture){
		"ClaimAndSettle":       claimAndSettle,
		"OrderOfAConversation": orderOfAConversation,
		"KindsDoNotWait":       kindsDoNotWait,
		"LimitAndFairness":     limitAndFairness,
		"LeaseRunsOut":         leaseRunsOut,
		"ClockJumps":           clockJumps,
		"Strangers":            strangers,
		"TryAgainLater":        tryAgainLater,
	}
}

// cause commits the next turn of a conversation with work.
func (f *fixture) cause(conversation string, works ...string) {
	f.Helper()
	c, _ := f.load(conversation, "none")
	turn := f.turn(conversation, c.Version+1)
	var all []store.Work
	for _, id := range works {
		all = append(all, work(id, turn))
	}
	f.commit(turn, all...)
}

func claimAndSettle(t *testing.T, f *fixture) {
	before := f.clock()
	f.cause("c", "w")
	now := f.clock()
	jobs, err := f.Claim(bg(), "me", now, time.Minute, 10)
	if err != nil || len(jobs) != 1 {
		t.Fatalf("Claim: %v, %v", jobs, err)
	}
	j := jobs[0]
	if j.Created.Before(before) || j.Created.After(now) || !j.Due.Equal(j.Created) {
		t.Errorf("created %v and due %v, want both between %v and %v", j.Created, j.Due, before, now)
	}
	want := store.Job{Work: work("w", f.turn("c", 1)), State: store.Waiting, Tries: 1, Created: j.Created, Due: j.Due}
	same(t, "job", want, j)
	same(t, "claimed by another", []string(nil), f.claim("you", now, 10))
	f.settle("w", "me", store.Done, noon())
	same(t, "after it was done", []string(nil), f.claim("you", now.Add(time.Hour), 10))
	done, err := f.Jobs(bg(), store.Done, 10)
	want.State, want.Due, want.Reason = store.Done, noon(), "because"
	same(t, "done", []store.Job{want}, done)
	fails(t, "settling twice", f.Settle(bg(), "w", "me", store.Done, noon(), ""), store.ErrConflict)
	if err != nil {
		t.Fatal(err)
	}
}

// orderOfAConversation: only the first one that waits, whatever became of those before it.
func orderOfAConversation(t *testing.T, f *fixture) {
	f.cause("c", "z1", "y2")
	f.cause("c")
	f.cause("c", "x3", "b4", "a5")
	now := f.clock()
	for i, state := range []store.JobState{store.Done, store.Dead, store.Done, store.Dead, store.Done} {
		id := []string{"z1", "y2", "x3", "b4", "a5"}[i]
		same(t, "first in line", []string{id}, f.claim("me", now, 10))
		same(t, "while it is leased", []string(nil), f.claim("me", now, 10))
		f.settle(id, "me", store.Waiting, now.Add(time.Second))
		same(t, "while the first waits for its time", []string(nil), f.claim("me", now, 10))
		now = now.Add(time.Second)
		same(t, "again", []string{id}, f.claim("me", now, 10))
		f.settle(id, "me", state, now)
	}
	same(t, "after the last", []string(nil), f.claim("me", now, 10))
}

// kindsDoNotWait: what a customer waits for does not wait for a ticket system that is down.
func kindsDoNotWait(t *testing.T, f *fixture) {
	for i, kind := range []string{"slow", "quick", "quick", "slow"} {
		c, _ := f.load("c", "none")
		turn := f.turn("c", c.Version+1)
		one := work(fmt.Sprint(kind, i), turn)
		one.Kind = kind
		f.commit(turn, one)
	}
	now := f.clock()
	same(t, "the first of each kind", []string{"slow0", "quick1"}, f.claim("me", now, 10))
	f.settle("quick1", "me", store.Done, now)
	f.settle("slow0", "me", store.Waiting, now.Add(time.Hour))
	same(t, "the next of the kind that is done", []string{"quick2"}, f.claim("me", now, 10))
}

func limitAndFairness(t *testing.T, f *fixture) {
	for _, c := range []string{"c1", "c2", "c3", "c4", "c5"} {
		f.cause(c, c+"/1", c+"/2")
	}
	now := f.clock()
	same(t, "nothing wanted", []string(nil), f.claim("me", now, 0))
	same(t, "less than nothing", []string(nil), f.claim("me", now, -1))
	same(t, "oldest first", []string{"c1/1", "c2/1"}, f.claim("me", now, 2))
	same(t, "the others", []string{"c3/1", "c4/1", "c5/1"}, f.claim("you", now, 10))
	f.settle("c4/1", "you", store.Done, now)
	same(t, "the next", []string{"c4/2"}, f.claim("me", now, 10))
	early, err := f.Claim(bg(), "me", f.clock().Add(-time.Hour), time.Minute, 10)
	same(t, "before anything is due", []string(nil), ids(early))
	if err != nil {
		t.Error(err)
	}
}

func leaseRunsOut(t *testing.T, f *fixture) {
	f.cause("c", "w")
	now := f.clock()
	same(t, "first", []string{"w"}, f.claim("me", now, 10))
	same(t, "just before", []string(nil), f.claim("you", now.Add(time.Minute-time.Microsecond), 10))
	f.settle("w", "me", store.Waiting, now)
	same(t, "again", []string{"w"}, f.claim("me", now, 10))
	same(t, "ran out", []string{"w"}, f.claim("you", now.Add(time.Minute), 10))
	fails(t, "settle of the one who was too slow", f.Settle(bg(), "w", "me", store.Done, now, ""), store.ErrConflict)
	jobs, err := f.Jobs(bg(), store.Waiting, 10)
	if err != nil || len(jobs) != 1 || jobs[0].Tries != 3 {
		t.Errorf("jobs %+v, %v; want one with three tries", jobs, err)
	}
	f.settle("w", "you", store.Done, now)
}

// clockJumps: what is further away than a day was written by a clock that was wrong.
func clockJumps(t *testing.T, f *fixture) {
	f.cause("c", "w")
	now := f.clock()
	decade := now.Add(87600 * time.Hour)
	same(t, "by a clock ten years ahead", []string{"w"}, f.claim("future", decade, 10))
	same(t, "its lease does not count", []string{"w"}, f.claim("me", now, 10))
	f.settle("w", "me", store.Waiting, decade)
	same(t, "nor does its due time", []string{"w"}, f.claim("me", now, 10))
	f.settle("w", "me", store.Waiting, now.Add(24*time.Hour))
	same(t, "a day is meant", []string(nil), f.claim("me", now, 10))
	same(t, "a day later", []string{"w"}, f.claim("me", now.Add(24*time.Hour), 10))
	f.settle("w", "me", store.Waiting, now)
	jobs, err := f.Claim(bg(), "me", now, 1000*time.Hour, 10)
	if err != nil || len(jobs) != 1 {
		t.Fatalf("Claim: %v, %v", jobs, err)
	}
	same(t, "a long lease is a day", []string(nil), f.claim("you", now.Add(time.Second), 10))
}

func strangers(t *testing.T, f *fixture) {
	f.cause("c", "w")
	now := f.clock()
	fails(t, "nobody's", f.Settle(bg(), "w", "me", store.Done, now, ""), store.ErrConflict)
	f.claim("me", now, 1)
	fails(t, "another's", f.Settle(bg(), "w", "you", store.Done, now, ""), store.ErrConflict)
	fails(t, "unknown", f.Settle(bg(), "v", "me", store.Done, now, ""), store.ErrConflict)
	same(t, "still waiting", []string{"w"}, f.jobs(store.Waiting))
	f.settle("w", "me", store.Done, now)
}

func tryAgainLater(t *testing.T, f *fixture) {
	f.cause("c", "w")
	now := f.clock()
	for try := 1; try <= 5; try++ {
		jobs, err := f.Claim(bg(), "me", now, time.Minute, 1)
		if err != nil || len(jobs) != 1 || jobs[0].Tries != try {
			t.Fatalf("try %d: %+v, %v", try, jobs, err)
		}
		now = now.Add(time.Hour)
		f.settle("w", "me", store.Waiting, now)
		same(t, "too early", []string(nil), f.claim("me", now.Add(-time.Microsecond), 1))
	}
}
