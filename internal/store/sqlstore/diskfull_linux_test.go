package sqlstore_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"passdesk/internal/store"
	"passdesk/internal/store/sqlstore"
)

// TestDiskFull fills a small file system, makes it larger and expects everything to go on.
func TestDiskFull(t *testing.T) {
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=3m"); err != nil {
		t.Skipf("only root can make a small disk: %v", err)
	}
	defer func() {
		if err := syscall.Unmount(disk, 0); err != nil {
			t.Error(err)
		}
	}()
	s := openSQLite(t, filepath.Join(disk, "a.db"), sqlstore.Options{})
	defer closeStore(t, s)
	var mutex sync.Mutex
	kept := map[string]int64{}
	fill := func(sequence int64) error {
		var last error
		var group sync.WaitGroup
		for c := range 8 {
			group.Go(func() {
				name := fmt.Sprint("c", c)
				for i := range int64(400) {
					turn := newTurn(t, name, sequence+i, strings.Repeat("x", 2000))
					err := s.Commit(context.Background(), turn, "{}", newWork(turn))
					mutex.Lock()
					if err == nil {
						kept[name] = turn.Sequence
					} else {
						last = err
					}
					mutex.Unlock()
					if err != nil {
						return
					}
				}
			})
		}
		group.Wait()
		return last
	}
	if err := fill(1); !errors.Is(err, store.ErrUnavailable) {
		t.Fatalf("on a full disk: %v", err)
	}
	whole(t, s, kept)
	if _, err := s.Release(t.Context(), "none"); err != nil {
		t.Errorf("Release of nothing: %v; it needs no room", err)
	}
	if err := s.Ping(t.Context()); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("Ping with a full disk: %v, want ErrUnavailable: nothing can be kept", err)
	}
	if err := syscall.Mount("", disk, "", syscall.MS_REMOUNT, "size=300m"); err != nil {
		t.Fatal(err)
	}
	if err := s.Ping(t.Context()); err != nil {
		t.Errorf("Ping with room again: %v", err)
	}
	for name, last := range kept {
		commit(t, s, newTurn(t, name, last+1, "goes on"))
		kept[name]++
	}
	whole(t, s, kept)
}

// whole wants the turns that were answered and no others.
func whole(t *testing.T, s store.Store, kept map[string]int64) {
	t.Helper()
	for name, last := range kept {
		turns, err := s.Turns(context.Background(), name, 0, 10_000)
		if err != nil || int64(len(turns)) != last {
			t.Errorf("%s has %d turns, want %d; %v", name, len(turns), last, err)
		}
	}
}
