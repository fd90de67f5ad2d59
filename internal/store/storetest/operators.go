package storetest

import (
	"testing"
	"time"

	"passdesk/internal/store"
)

func operatorTests() map[string]func(*testing.T, *fixture) {
	return map[string]func(*testing.T, *fixture){"Depth": depth, "Jobs": listJobs, "Release": release, "States": states}
}

func depth(t *testing.T, f *fixture) {
	count := func(waiting, done, dead int) time.Time {
		t.Helper()
		got, oldest, err := f.Depth(bg())
		if err != nil {
			t.Fatal(err)
		}
		same(t, "depth", map[store.JobState]int{store.Waiting: waiting, store.Held: 0, store.Done: done, store.Dead: dead}, got)
		if oldest.IsZero() != (waiting == 0) {
			t.Errorf("oldest %v with %d waiting", oldest, waiting)
		}
		return oldest
	}
	count(0, 0, 0)
	f.cause("a", "1")
	f.cause("b", "2")
	f.cause("c", "3")
	first := count(3, 0, 0)
	now := f.clock()
	f.claim("me", now, 1)
	f.settle("1", "me", store.Done, now)
	if second := count(2, 1, 0); second.Before(first) {
		t.Errorf("the oldest is from %v, before there was %v", second, first)
	}
	f.claim("me", now, 2)
	f.settle("2", "me", store.Dead, now)
	f.settle("3", "me", store.Done, now)
	count(0, 2, 1)
}

func listJobs(t *testing.T, f *fixture) {
	f.cause("b", "5", "4")
	f.cause("a", "3")
	f.cause("b", "1")
	same(t, "waiting", []string{"5", "4", "3", "1"}, f.jobs(store.Waiting))
	for limit, want := range map[int][]string{-1: nil, 0: nil, 1: {"5"}, 3: {"5", "4", "3"}} {
		jobs, err := f.Jobs(bg(), store.Waiting, limit)
		same(t, "limited", want, ids(jobs))
		if err != nil {
			t.Error(err)
		}
	}
	same(t, "done", []string(nil), f.jobs(store.Done))
}

func release(t *testing.T, f *fixture) {
	for _, c := range []string{"a", "b", "c"} {
		f.cause(c, c+"1")
	}
	now := f.clock()
	f.claim("me", now, 3)
	f.settle("a1", "me", store.Dead, now.Add(time.Hour))
	f.settle("b1", "me", store.Dead, now.Add(time.Hour))
	f.settle("c1", "me", store.Done, now)
	released := func(want int, ids ...string) {
		t.Helper()
		if n, err := f.Release(bg(), ids...); n != want || err != nil {
			t.Errorf("Release(%q) = %d, %v; want %d", ids, n, err, want)
		}
	}
	released(0)         // nothing is held; what is dead must be named
	released(0, "c1")   // done
	released(0, "none") // unknown
	released(1, "a1", "c1", "none")
	released(0, "a1") // waits already
	jobs, err := f.Jobs(bg(), store.Waiting, 10)
	if err != nil || len(jobs) != 1 {
		t.Fatalf("Jobs: %+v, %v", jobs, err)
	}
	if j := jobs[0]; j.Tries != 1 || j.Reason != "" || j.Due.Before(now) || j.Due.After(f.clock()) {
		t.Errorf("released job %+v does not start afresh", j)
	}
	same(t, "claimed", []string{"a1"}, f.claim("me", f.clock(), 10))
	released(1, "b1")
}

func states(t *testing.T, f *fixture) {
	want := []string{"B", "a", "b", "\u3042"} // by their bytes, whatever a database's collation is
	for _, id := range []string{"b", "\u3042", "B", "a"} {
		f.cause(id, "job of "+id)
	}
	for _, limit := range []int{1, 3, 4, 9} {
		var got []string
		for after := ""; ; after = got[len(got)-1] {
			some, err := f.States(bg(), after, limit)
			if err != nil {
				t.Fatal(err)
			}
			for _, one := range some {
				got = append(got, one.ID)
				if stored, _, err := f.Load(bg(), one.ID, ""); err != nil || stored != one {
					t.Errorf("listed is %+v, loaded %+v, %v", one, stored, err)
				}
			}
			if len(some) == 0 {
				break
			}
		}
		same(t, "listed", want, got)
	}
	none, err := f.States(bg(), "", 0)
	same(t, "none", []store.Conversation(nil), none)
	if err != nil {
		t.Error(err)
	}
}
