package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"
)

func markTests() map[string]func(*testing.T, *fixture) {
	return map[string]func(*testing.T, *fixture){"MarksAreKept": marksAreKept, "FirstMarkStays": firstMarkStays, "MarksArePurged": marksArePurged, "MarksAreRenewed": marksAreRenewed}
}

func marksAreKept(t *testing.T, f *fixture) {
	ctx := context.Background()
	for _, key := range []string{"a", "A", "\u65e5/\u8a9e", "a "} {
		if kept, err := f.Marked(ctx, key); err != nil || kept != "" {
			t.Errorf("%q before: %q, %v", key, kept, err)
		}
		if kept, err := f.Mark(ctx, key, "to "+key); err != nil || kept != "to "+key {
			t.Errorf("%q: kept %q, %v", key, kept, err)
		}
		if kept, err := f.Mark(ctx, key, "other"); err != nil || kept != "to "+key {
			t.Errorf("%q again: kept %q, %v", key, kept, err)
		}
		if kept, err := f.Marked(ctx, key); err != nil || kept != "to "+key {
			t.Errorf("%q after: %q, %v", key, kept, err)
		}
	}
	for _, key := range []string{"", "a\x00b", "\xff"} {
		if _, err := f.Mark(ctx, key, "x"); err == nil {
			t.Errorf("key %q is taken", key)
		}
	}
}

// firstMarkStays: of many who come at once all learn who was first.
func firstMarkStays(t *testing.T, f *fixture) {
	kept := make([]string, 20)
	var group sync.WaitGroup
	for i := range kept {
		group.Go(func() {
			var err error
			if kept[i], err = f.Mark(context.Background(), "one", fmt.Sprint(i)); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	for i, value := range kept {
		if value != kept[0] || value == "" {
			t.Errorf("%d was told %q, the first %q", i, value, kept[0])
		}
	}
}

func marksArePurged(t *testing.T, f *fixture) {
	ctx := context.Background()
	for i := range 5 {
		if _, err := f.Mark(ctx, fmt.Sprint("m", i), "x"); err != nil {
			t.Fatal(err)
		}
	}
	now, err := f.Now(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for i, step := range []struct {
		before time.Time
		limit  int
		want   int
	}{{now.Add(-time.Hour), 10, 0}, {now.Add(time.Hour), 0, 0}, {now.Add(time.Hour), 3, 3}, {now.Add(time.Hour), 3, 2}, {now.Add(time.Hour), 3, 0}} {
		if n, err := f.PurgeMarks(ctx, step.before, step.limit); err != nil || n != step.want {
			t.Errorf("step %d: %d purged, %v; want %d", i, n, err, step.want)
		}
	}
}

// marksAreRenewed: what is marked again was made then.
func marksAreRenewed(t *testing.T, f *fixture) {
	ctx := context.Background()
	mark := func(key string) {
		t.Helper()
		if _, err := f.Mark(ctx, key, "x"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(20 * time.Millisecond)
	}
	mark("renewed")
	mark("old")
	between, err := f.Now(ctx)
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(20 * time.Millisecond)
	mark("renewed")
	if n, err := f.PurgeMarks(ctx, between, 10); err != nil || n != 1 {
		t.Errorf("%d purged, %v; want the old one", n, err)
	}
	if kept, err := f.Marked(ctx, "renewed"); kept != "x" || err != nil {
		t.Errorf("renewed: %q, %v", kept, err)
	}
}
