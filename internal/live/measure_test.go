package live_test

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"passdesk/internal/live"
	"passdesk/internal/store"
	"passdesk/internal/store/sqlstore"
)

// many is how many streams must be bearable.
const many = 10_000

// TestMemory: ten thousand subscribers, each to a conversation of their own, are small.
func TestMemory(t *testing.T) {
	h := live.New(newShop().Versions, live.Options{})
	ids := make([]string, many) // they exist anyhow: the callers hold them
	for i := range ids {
		ids[i] = fmt.Sprintf("web/%064d", i)
	}
	before, goroutines := heap(), runtime.NumGoroutine()
	stops := make([]func(), many)
	wakes := make([]<-chan struct{}, many)
	for i, id := range ids {
		wakes[i], stops[i] = h.Subscribe(id)
	}
	used := float64(heap()-before) / (1 << 20)
	t.Logf("%d subscribers take %.1f MB", many, used)
	if used > 20 {
		t.Errorf("%d subscribers take %.1f MB", many, used)
	}
	if more := runtime.NumGoroutine() - goroutines; more > 0 {
		t.Errorf("they take %d goroutines", more)
	}
	for _, stop := range stops {
		stop()
	}
	if left := heap() - before; left > 4<<20 {
		t.Errorf("%d bytes are left of them", left)
	}
	runtime.KeepAlive(wakes)
	runtime.KeepAlive(ids)
}

func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// BenchmarkPoll is one question about ten thousand conversations, to SQLite.
func BenchmarkPoll(b *testing.B) {
	s, err := sqlstore.OpenSQLite(b.Context(), filepath.Join(b.TempDir(), "a.db"), sqlstore.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	}()
	ids := fill(b, s)
	b.ResetTimer()
	for b.Loop() {
		versions, err := s.Versions(context.Background(), ids)
		if err != nil || len(versions) != many {
			b.Fatal(len(versions), err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/poll")
}

// fill makes many conversations with a state and a reply as the desk keeps them.
func fill(b *testing.B, s store.Store) []string {
	b.Helper()
	ids := make([]string, many)
	state, reply := fmt.Sprintf(`{"filler":"%0400d"}`, 0), fmt.Sprintf(`{"filler":"%02000d"}`, 0)
	const writers = 50 // they share commits
	errs := make(chan error, writers)
	for w := range writers {
		go func() {
			var failed error
			for i := w; i < many && failed == nil; i += writers {
				ids[i] = fmt.Sprintf("web/%064d", i*7919%many)
				failed = s.Commit(context.Background(), store.Turn{
					Conversation: ids[i], Channel: "web", Sequence: 1, Message: "m", At: time.Now(), Reply: reply,
				}, state)
			}
			errs <- failed
		}()
	}
	for range writers {
		if err := <-errs; err != nil {
			b.Fatal(err)
		}
	}
	return ids
}
