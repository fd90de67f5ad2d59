package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"passdesk/internal/store"
)

// stalled is a writer that is busy until it is let go.
func stalled(t *testing.T, queue int) (w *writer, letGo func()) {
	t.Helper()
	d, err := OpenSQLite(t.Context(), filepath.Join(t.TempDir(), "a.db"), Options{Queue: queue})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	w = d.database.(*sqliteDatabase).writer
	started, hold := make(chan struct{}), make(chan struct{})
	ended := make(chan error)
	go func() {
		ended <- w.do(context.Background(), &change{alone: func(*session) error { close(started); <-hold; return nil }})
	}()
	<-started
	return w, func() {
		t.Helper()
		close(hold)
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

func add(name string) *change {
	return &change{statements: []statement{{text: insertConversation, arguments: []any{name, "web", "{}", int64(0)}}}}
}

func count(t *testing.T, w *writer) (n int) {
	t.Helper()
	err := w.do(context.Background(), &change{alone: func(s *session) error {
		return s.connection.QueryRowContext(context.Background(), `SELECT COUNT(*) FROM conversations`).Scan(&n)
	}})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestQueueIsBounded(t *testing.T) {
	w, letGo := stalled(t, 3)
	results := make(chan error, 3)
	for i := range 3 {
		go func() { results <- w.do(context.Background(), add(fmt.Sprint(i))) }()
	}
	for len(w.queue) < 3 {
		time.Sleep(time.Millisecond)
	}
	began := time.Now()
	if err := w.do(context.Background(), add("more")); !errors.Is(err, store.ErrUnavailable) || time.Since(began) > 20*time.Second {
		t.Errorf("a full queue: %v after %v", err, time.Since(began))
	}
	letGo()
	for range 3 {
		if err := <-results; err != nil {
			t.Error(err)
		}
	}
	if n := count(t, w); n != 3 {
		t.Errorf("%d were written, want 3", n)
	}
}

// TestGivenUpIsSkipped: who has gone before it was begun leaves nothing.
func TestGivenUpIsSkipped(t *testing.T) {
	w, letGo := stalled(t, 10)
	ctx, cancel := context.WithCancel(context.Background())
	gone, stays := make(chan error), make(chan error)
	go func() { gone <- w.do(ctx, add("gone")) }()
	go func() { stays <- w.do(context.Background(), add("stays")) }()
	for len(w.queue) < 2 {
		time.Sleep(time.Millisecond)
	}
	cancel()
	if err := <-gone; !errors.Is(err, context.Canceled) {
		t.Errorf("given up: %v", err)
	}
	letGo()
	if err := <-stays; err != nil {
		t.Error(err)
	}
	if n := count(t, w); n != 1 {
		t.Errorf("%d were written, want 1", n)
	}
}

// TestBegunIsWaitedFor: whose turn has been begun is told how it ended.
func TestBegunIsWaitedFor(t *testing.T) {
	w, letGo := stalled(t, 10)
	letGo()
	ctx, cancel := context.WithCancel(context.Background())
	begun := &change{alone: func(*session) error { cancel(); time.Sleep(20 * time.Millisecond); return store.ErrConflict }}
	if err := w.do(ctx, begun); !errors.Is(err, store.ErrConflict) {
		t.Errorf("begun: %v, want its own result", err)
	}
}

// TestNeighbours puts changes into one transaction of which every third fails half-way.
func TestNeighbours(t *testing.T) {
	w, letGo := stalled(t, 64)
	results := make([]chan error, 60)
	for i := range results {
		c := add(fmt.Sprint(i))
		if i%3 == 0 {
			c.statements = append(c.statements, add(fmt.Sprint(i)).statements...) // the same again
		}
		results[i] = make(chan error, 1)
		go func() { results[i] <- w.do(context.Background(), c) }()
	}
	for len(w.queue) < len(results) {
		time.Sleep(time.Millisecond)
	}
	letGo()
	for i, result := range results {
		if err := <-result; errors.Is(err, store.ErrConflict) != (i%3 == 0) || err != nil && i%3 != 0 {
			t.Errorf("change %d: %v", i, err)
		}
	}
	if n := count(t, w); n != 40 {
		t.Errorf("%d were written, want 40", n)
	}
}

// TestWriterHeals breaks the connection and expects the next change to find a new one.
func TestWriterHeals(t *testing.T) {
	w, letGo := stalled(t, 64)
	letGo()
	for i := range 5 {
		err := w.do(context.Background(), &change{alone: func(s *session) error { return s.connection.Close() }})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.do(context.Background(), add(fmt.Sprint("lost ", i))); err == nil {
			t.Error("wrote through a closed connection")
		}
		if err := w.do(context.Background(), add(fmt.Sprint("kept ", i))); err != nil {
			t.Errorf("after a failure: %v", err)
		}
	}
	if n := count(t, w); n != 5 {
		t.Errorf("%d were written, want 5", n)
	}
}

// TestTransactionThatCannotBegin: an error of the transaction is nobody's own, so it says that the
// store is unavailable, whatever its code.
func TestTransactionThatCannotBegin(t *testing.T) {
	w, letGo := stalled(t, 10)
	letGo()
	err := w.do(context.Background(), &change{alone: func(s *session) error { _, err := s.run(`BEGIN`); return err }})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.do(context.Background(), add("a")); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("within another transaction: %v, want ErrUnavailable", err)
	}
	if err := w.do(context.Background(), add("a")); err != nil {
		t.Errorf("after that: %v", err)
	}
}
