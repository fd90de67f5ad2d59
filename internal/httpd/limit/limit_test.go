package limit_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"passdesk/internal/httpd/limit"
)

func TestAllow(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	k, err := limit.New[string](2, time.Minute, 8, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	steps := []struct {
		after time.Duration
		key   string
		ok    bool
		wait  time.Duration
	}{
		{0, "a", true, 0},
		{0, "a", true, 0},
		{0, "a", false, 30 * time.Second},
		{0, "b", true, 0},                                // somebody else is not held up
		{10 * time.Second, "a", false, 20 * time.Second}, // to have asked in vain did not count
		{20 * time.Second, "a", true, 0},
		{0, "a", false, 30 * time.Second},
		{time.Hour, "a", true, 0},
		{0, "a", true, 0},
		{0, "a", false, 30 * time.Second}, // what was not used in an hour is not saved up
	}
	for i, step := range steps {
		now = now.Add(step.after)
		if ok, wait := k.Allow(step.key); ok != step.ok || wait.Round(time.Millisecond) != step.wait {
			t.Errorf("step %d: %v, %s; want %v, %s", i, ok, wait, step.ok, step.wait)
		}
	}
}

func TestUnlimited(t *testing.T) {
	k, err := limit.New[int](-1, time.Minute, 8, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	for range 10_000 {
		if ok, _ := k.Allow(1); !ok {
			t.Fatal("refused")
		}
	}
}

// TestAtOnce: however many come in the same moment, no more than allowed get through.
func TestAtOnce(t *testing.T) {
	now := time.Now()
	k, err := limit.New[int](10, time.Hour, 8, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	var allowed atomic.Int32
	var all sync.WaitGroup
	for range 100 {
		all.Go(func() {
			if ok, _ := k.Allow(1); ok {
				allowed.Add(1)
			}
		})
	}
	all.Wait()
	if got := allowed.Load(); got != 10 {
		t.Errorf("%d allowed, want 10", got)
	}
}

// TestBounded: a flood of keys makes it forget, not grow.
func TestBounded(t *testing.T) {
	k, err := limit.New[int](1, time.Hour, 100, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	for key := range 1000 {
		if ok, _ := k.Allow(key); !ok {
			t.Fatalf("key %d refused", key)
		}
	}
	if ok, _ := k.Allow(999); ok {
		t.Error("the last key was forgotten")
	}
	if ok, _ := k.Allow(0); !ok {
		t.Error("the first key is still remembered")
	}
	if _, err := limit.New[int](1, time.Hour, 0, time.Now); err == nil {
		t.Error("a limit that remembers nobody was made")
	}
}
