package storetest

import (
	"testing"
	"time"

	"passdesk/internal/store"
)

func eraseTests() map[string]func(*testing.T, *fixture) {
	return map[string]func(*testing.T, *fixture){"Forget": forget, "Purge": purge, "PurgeLimit": purgeLimit, "PurgeJobs": purgeJobs, "Scrub": scrub}
}

func forget(t *testing.T, f *fixture) {
	fails(t, "unknown", f.Forget(bg(), "c"), store.ErrNotFound)
	f.cause("c", "w1")
	f.cause("c", "w2")
	f.cause("d", "w3")
	f.claim("me", f.clock(), 10)
	if err := f.Forget(bg(), "c"); err != nil {
		t.Fatal(err)
	}
	same(t, "jobs", []string{"w3"}, f.jobs(store.Waiting))
	fails(t, "settle of what was forgotten", f.Settle(bg(), "w1", "me", store.Done, noon(), ""), store.ErrConflict)
	fails(t, "twice", f.Forget(bg(), "c"), store.ErrNotFound)
	same(t, "turns", 0, len(f.turns("c")))
	f.cause("c", "w1") // ids are free again
	same(t, "the other one", 1, len(f.turns("d")))
}

// purge spares what is young and what has something left to do.
func purge(t *testing.T, f *fixture) {
	f.talk("old", 3)
	f.cause("waits", "w1")
	f.cause("done", "w2")
	f.cause("dead", "w3")
	now := f.clock()
	f.claim("me", now, 10)
	f.settle("w2", "me", store.Done, now)
	f.settle("w3", "me", store.Dead, now)
	f.talk("young", 4)
	purged := func(want int, before time.Time) {
		t.Helper()
		if n, err := f.Purge(bg(), before, 100); n != want || err != nil {
			t.Errorf("Purge = %d, %v; want %d", n, err, want)
		}
	}
	purged(0, f.turn("", 1).At)
	purged(2, f.turn("", 1).At.Add(time.Microsecond))
	purged(1, f.turn("", 4).At)
	for name, turns := range map[string]int{"old": 0, "done": 0, "dead": 0, "waits": 1, "young": 4} {
		same(t, "turns of "+name, turns, len(f.turns(name)))
	}
	same(t, "dead jobs", []string(nil), f.jobs(store.Dead))
	f.settle("w1", "me", store.Done, now)
	purged(1, f.turn("", 4).At)
	purged(1, f.clock().Add(87600*time.Hour))
	purged(0, f.clock().Add(87600*time.Hour))
}

func purgeLimit(t *testing.T, f *fixture) {
	for _, c := range []string{"a", "b", "c", "d", "e"} {
		f.talk(c, 2)
	}
	for _, step := range []struct{ limit, want int }{{0, 0}, {-1, 0}, {2, 2}, {2, 2}, {2, 1}, {2, 0}} {
		if n, err := f.Purge(bg(), f.turn("", 3).At, step.limit); n != step.want || err != nil {
			t.Errorf("Purge with limit %d = %d, %v; want %d", step.limit, n, err, step.want)
		}
	}
}

func purgeJobs(t *testing.T, f *fixture) {
	for _, c := range []string{"a", "b", "c", "d"} {
		f.cause(c, c+"1")
	}
	now := f.clock()
	f.claim("me", now, 3)
	f.settle("a1", "me", store.Done, now)
	f.settle("b1", "me", store.Dead, now)
	f.settle("c1", "me", store.Done, now)
	purged := func(want, limit int, before time.Time) {
		t.Helper()
		if n, err := f.PurgeJobs(bg(), before, limit); n != want || err != nil {
			t.Errorf("PurgeJobs = %d, %v; want %d", n, err, want)
		}
	}
	later := f.clock().Add(time.Second)
	purged(0, 10, now.Add(-time.Hour))
	purged(0, 0, later)
	purged(0, -1, later)
	purged(2, 2, later)
	same(t, "oldest first", []string{"c1"}, append(f.jobs(store.Done), f.jobs(store.Dead)...))
	purged(1, 10, later)
	same(t, "waiting", []string{"d1"}, f.jobs(store.Waiting))
	same(t, "the conversation stays", 1, len(f.turns("a")))
}

func scrub(t *testing.T, f *fixture) {
	f.talk("c", 2)
	if err := f.Forget(bg(), "c"); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := f.Scrub(bg()); err != nil {
			t.Errorf("Scrub: %v", err)
		}
	}
	f.talk("c", 2)
}
