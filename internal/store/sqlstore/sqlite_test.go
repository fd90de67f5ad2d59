package sqlstore_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"passdesk/internal/redact"
	"passdesk/internal/store"
	"passdesk/internal/store/sqlstore"
)

func newTurn(tb testing.TB, conversation string, sequence int64, said string) store.Turn {
	tb.Helper()
	var text redact.Text
	if err := text.Scan(said); err != nil {
		tb.Fatal(err)
	}
	return store.Turn{
		Conversation: conversation, Channel: "web", Sequence: sequence, Message: fmt.Sprint("m", sequence),
		At: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Said: text, Reply: `{"step":"ask"}`, Content: "v1",
	}
}

func newWork(turn store.Turn) store.Work {
	return store.Work{ID: fmt.Sprintf("%s/%d", turn.Conversation, turn.Sequence), Kind: "handover", Conversation: turn.Conversation, Sequence: turn.Sequence, Details: "{}"}
}

func commit(tb testing.TB, s store.Store, turn store.Turn, work ...store.Work) {
	tb.Helper()
	if err := s.Commit(context.Background(), turn, "{}", work...); err != nil {
		tb.Fatal(err)
	}
}

// execute runs SQL on a file behind the store's back.
func execute(tb testing.TB, file string, texts ...string) {
	tb.Helper()
	database, err := sql.Open("sqlite", file)
	if err != nil {
		tb.Fatal(err)
	}
	defer closing(tb, database)
	for _, text := range texts {
		if _, err := database.Exec(text); err != nil {
			tb.Fatal(err)
		}
	}
}

func TestSQLiteSettings(t *testing.T) {
	file := newFile(t)
	s := openSQLite(t, file, sqlstore.Options{})
	defer closeStore(t, s)
	commit(t, s, newTurn(t, "c", 1, "hello"))
	if about, err := os.Stat(filepath.Dir(file)); err != nil || about.Mode().Perm() != 0o700 {
		t.Errorf("directory: %v, %v", about.Mode(), err)
	}
	for _, name := range []string{file, file + "-wal", file + "-shm"} {
		if about, err := os.Stat(name); err != nil || about.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, about, err)
		}
	}
}

// TestErasedMeansErased looks for texts in the bytes of the files: small ones in the rows, long ones
// that fill pages of their own, and ones that were pushed around by others.
func TestErasedMeansErased(t *testing.T) {
	file := newFile(t)
	s := openSQLite(t, file, sqlstore.Options{})
	defer closeStore(t, s)
	const conversations = 60
	for c := range conversations {
		for sequence := int64(1); sequence <= 5; sequence++ {
			turn := newTurn(t, fmt.Sprint("c", c), sequence, "CANARY-TEXT "+strings.Repeat("x", int(sequence*sequence*sequence*400)))
			turn.Message = fmt.Sprint("CANARY-MESSAGE", c, sequence)
			commit(t, s, turn, newWork(turn))
		}
	}
	if found := canaries(t, file); found < conversations*5 {
		t.Fatalf("found %d canaries before anything was erased; this test looks in the wrong place", found)
	}
	for c := range conversations {
		if err := s.Forget(t.Context(), fmt.Sprint("c", c)); err != nil {
			t.Fatal(err)
		}
	}
	if canaries(t, file) == 0 {
		t.Error("nothing left before scrubbing: the test would pass without it")
	}
	if err := s.Scrub(t.Context()); err != nil {
		t.Fatal(err)
	}
	if found := canaries(t, file); found != 0 {
		t.Errorf("%d canaries are left", found)
	}
}

func canaries(tb testing.TB, file string) int {
	tb.Helper()
	found := 0
	for _, name := range []string{file, file + "-wal"} {
		content, err := os.ReadFile(name)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			tb.Fatal(err)
		}
		found += bytes.Count(content, []byte("CANARY"))
	}
	return found
}

// TestScrubWaitsForReaders: the log cannot be cut off under somebody who reads it.
func TestScrubWaitsForReaders(t *testing.T) {
	file := newFile(t)
	s := openSQLite(t, file, sqlstore.Options{})
	defer closeStore(t, s)
	commit(t, s, newTurn(t, "c", 1, "CANARY"))
	reader, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer closing(t, reader)
	reading, err := reader.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if err := reading.QueryRow(`SELECT COUNT(*) FROM turns`).Scan(new(int)); err != nil {
		t.Fatal(err)
	}
	if err := s.Forget(t.Context(), "c"); err != nil {
		t.Fatal(err)
	}
	scrubbed := make(chan error)
	go func() { scrubbed <- s.Scrub(context.Background()) }()
	select {
	case err := <-scrubbed:
		t.Fatalf("Scrub returned %v while the log was being read", err)
	case <-time.After(300 * time.Millisecond):
	}
	commit(t, s, newTurn(t, "d", 1, "hello")) // nobody waits behind it
	if err := reading.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := <-scrubbed; err != nil {
		t.Errorf("Scrub: %v", err)
	}
	if found := canaries(t, file); found != 0 {
		t.Errorf("%d canaries are left", found)
	}
}

func TestExclusive(t *testing.T) {
	file := newFile(t)
	s := openSQLite(t, file, sqlstore.Options{Exclusive: true})
	if _, err := sqlstore.OpenSQLite(t.Context(), file, sqlstore.Options{Exclusive: true}); err == nil || !strings.Contains(err.Error(), file+" is being used by another process") {
		t.Errorf("second opener: %v", err)
	}
	closeStore(t, openSQLite(t, file, sqlstore.Options{})) // an operator's command
	closeStore(t, s)
	closeStore(t, openSQLite(t, file, sqlstore.Options{Exclusive: true}))
}

func TestNewerDatabaseIsNotTouched(t *testing.T) {
	file := newFile(t)
	closeStore(t, openSQLite(t, file, sqlstore.Options{}))
	execute(t, file, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, 1)`)
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, err = sqlstore.OpenSQLite(t.Context(), file, sqlstore.Options{})
	if err == nil || !strings.Contains(err.Error(), "newer version") {
		t.Errorf("OpenSQLite: %v", err)
	}
	after, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file was changed, %v", err)
	}
}

func TestNoDatabase(t *testing.T) {
	file := filepath.Join(t.TempDir(), "notes.txt")
	content := []byte(strings.Repeat("These are notes and no database. ", 100))
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlstore.OpenSQLite(t.Context(), file, sqlstore.Options{}); err == nil || !strings.Contains(err.Error(), "no database") {
		t.Errorf("OpenSQLite: %v", err)
	}
	if after, err := os.ReadFile(file); err != nil || !bytes.Equal(content, after) {
		t.Errorf("the file was changed, %v", err)
	}
	if _, err := sqlstore.OpenSQLite(t.Context(), filepath.Join(file, "in-a-file.db"), sqlstore.Options{}); err == nil {
		t.Error("a directory that cannot be made was made")
	}
}

func TestOddFileNames(t *testing.T) {
	for _, name := range []string{"a b.db", "50%.db", "what?.db", "a#b.db", "日本.db", "a&_pragma=x.db"} {
		file := filepath.Join(t.TempDir(), name)
		s := openSQLite(t, file, sqlstore.Options{})
		commit(t, s, newTurn(t, "c", 1, "hello"))
		if err := s.Backup(t.Context(), file+" backup"); err != nil {
			t.Error(err)
		}
		closeStore(t, s)
		if _, err := os.Stat(file); err != nil {
			t.Error(err)
		}
	}
}

// TestReopenAfterKill opens a copy of the files as they are while the store is being used, which is
// what a killed process leaves.
func TestReopenAfterKill(t *testing.T) {
	file := newFile(t)
	s := openSQLite(t, file, sqlstore.Options{})
	defer closeStore(t, s)
	for sequence := int64(1); sequence <= 20; sequence++ {
		commit(t, s, newTurn(t, "c", sequence, "hello"))
	}
	left := filepath.Join(t.TempDir(), "left.db")
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(file + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(left+suffix, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	again := openSQLite(t, left, sqlstore.Options{})
	defer closeStore(t, again)
	if turns, err := again.Turns(t.Context(), "c", 0, 100); err != nil || len(turns) != 20 {
		t.Errorf("%d turns, %v", len(turns), err)
	}
}

func TestOpenersMeet(t *testing.T) {
	for range 5 {
		file := newFile(t)
		var group sync.WaitGroup
		for range 6 {
			group.Go(func() {
				s, err := sqlstore.OpenSQLite(context.Background(), file, sqlstore.Options{})
				if err != nil {
					t.Error(err)
					return
				}
				closeStore(t, s)
			})
		}
		group.Wait()
	}
}

// A start is patient with whoever holds the file for longer than SQLite itself waits for a lock.
func TestOpenWaitsForALock(t *testing.T) {
	t.Parallel()
	file := newFile(t)
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	holder, err := sql.Open("sqlite", "file:"+file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = holder.Close() }()
	holder.SetMaxOpenConns(1)
	if _, err := holder.ExecContext(t.Context(), `BEGIN EXCLUSIVE`); err != nil {
		t.Fatal(err)
	}
	opened := make(chan error, 1)
	go func() {
		s, err := sqlstore.OpenSQLite(context.Background(), file, sqlstore.Options{})
		if err == nil {
			err = s.Close()
		}
		opened <- err
	}()
	select {
	case err := <-opened:
		t.Fatalf("opened while the file was locked, or gave up: %v", err)
	case <-time.After(6 * time.Second):
	}
	if _, err := holder.ExecContext(t.Context(), `COMMIT`); err != nil {
		t.Fatal(err)
	}
	if err := <-opened; err != nil {
		t.Errorf("after the lock was gone: %v", err)
	}
}

func TestCloseFlushes(t *testing.T) {
	file := newFile(t)
	s := openSQLite(t, file, sqlstore.Options{})
	var kept sync.Map
	var group sync.WaitGroup
	for i := range 200 {
		group.Go(func() {
			turn := newTurn(t, fmt.Sprint("c", i), 1, "hello")
			switch err := s.Commit(context.Background(), turn, "{}"); {
			case err == nil:
				kept.Store(turn.Conversation, true)
			case !errors.Is(err, store.ErrClosed):
				t.Errorf("Commit: %v", err)
			}
		})
	}
	time.Sleep(2 * time.Millisecond)
	closeStore(t, s)
	group.Wait()
	again := openSQLite(t, file, sqlstore.Options{})
	defer closeStore(t, again)
	for i := range 200 {
		name := fmt.Sprint("c", i)
		_, answered := kept.Load(name)
		if c, _, err := again.Load(t.Context(), name, "m1"); err != nil || (c.Version == 1) != answered {
			t.Errorf("%s: version %d, answered %v, %v", name, c.Version, answered, err)
		}
	}
}

// TestKilledWhileTheFileWasMade opens what a program leaves that was killed within the first
// transaction of a new file, when there is no write-ahead log yet but a journal to be rolled back.
func TestKilledWhileTheFileWasMade(t *testing.T) {
	directory := t.TempDir()
	file, left := filepath.Join(directory, "a.db"), filepath.Join(directory, "left.db")
	database, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	database.SetMaxOpenConns(1)
	for _, text := range []string{
		`CREATE TABLE a (x)`, `PRAGMA cache_size = 1`, `PRAGMA cache_spill = 1`, `BEGIN IMMEDIATE`,
		`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 2000) INSERT INTO a SELECT randomblob(500) FROM n`,
	} {
		if _, err := database.Exec(text); err != nil {
			t.Fatal(err)
		}
	}
	for _, suffix := range []string{"", "-journal"} {
		content, err := os.ReadFile(file + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(left+suffix, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	closing(t, database)
	s := openSQLite(t, left, sqlstore.Options{})
	defer closeStore(t, s)
	commit(t, s, newTurn(t, "c", 1, "hello"))
}

// TestCloseWhileReading: reads that meet the closing end with an error of the contract or well.
func TestCloseWhileReading(t *testing.T) {
	for range 20 {
		s := openSQLite(t, newFile(t), sqlstore.Options{})
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				for range 50 {
					if _, _, err := s.Load(context.Background(), "c", "m"); err != nil && !errors.Is(err, store.ErrClosed) {
						t.Errorf("Load: %v", err)
					}
				}
			})
		}
		closeStore(t, s)
		group.Wait()
	}
}
