package sqlstore

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// future is what the next release would bring.
func future(t *testing.T, text string) fs.FS {
	t.Helper()
	files, err := migrations()
	if err != nil {
		t.Fatal(err)
	}
	all := fstest.MapFS{"00099_future.sql": {Data: []byte("-- +goose Up\n" + text)}}
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		content, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = &fstest.MapFile{Data: content}
	}
	return all
}

func mustOpen(t *testing.T, file string, files fs.FS) *Store {
	t.Helper()
	d, err := openSQLite(t.Context(), file, Options{}.withDefaults(), files)
	if err != nil {
		t.Fatal(err)
	}
	return &Store{database: d}
}

func mustClose(t *testing.T, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func insert(t *testing.T, s *Store, name string) {
	t.Helper()
	if err := s.database.write(context.Background(), add(name).statements...); err != nil {
		t.Fatal(err)
	}
}

func conversations(t *testing.T, s *Store) (n int) {
	t.Helper()
	err := s.database.read(context.Background(), statement{text: `SELECT COUNT(*) FROM conversations`, each: func(r row) error { return r.Scan(&n) }})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestCopyBeforeMigration(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.db")
	today, err := migrations()
	if err != nil {
		t.Fatal(err)
	}
	s := mustOpen(t, file, today)
	insert(t, s, "old")
	mustClose(t, s)
	beside := func() []string {
		t.Helper()
		found, err := filepath.Glob(file + ".*")
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	if found := beside(); len(found) != 0 {
		t.Errorf("a new database was copied: %q", found)
	}
	if _, err := openSQLite(t.Context(), file, Options{}.withDefaults(), future(t, "THIS IS NO SQL;")); err == nil {
		t.Fatal("a broken migration was applied")
	}
	s = mustOpen(t, file, today) // nothing of it was kept
	insert(t, s, "newer")
	mustClose(t, s)
	s = mustOpen(t, file, future(t, "ALTER TABLE turns ADD COLUMN mood TEXT NOT NULL DEFAULT '';"))
	insert(t, s, "newest")
	mustClose(t, s)
	copied := file + ".before-99"
	if found := beside(); len(found) != 1 || found[0] != copied {
		t.Fatalf("beside the database: %q", found)
	}
	if about, err := os.Stat(copied); err != nil || about.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", about, err)
	}
	s = mustOpen(t, copied, today)
	if n := conversations(t, s); n != 2 {
		t.Errorf("the copy has %d conversations, want 2", n)
	}
	mustClose(t, s)
	if _, err := openSQLite(t.Context(), file, Options{}.withDefaults(), today); err == nil || !strings.Contains(err.Error(), "newer version") {
		t.Errorf("yesterday's program: %v", err)
	}
}

// TestRestoreOldBackup brings a backup of an older version up to date first. As there is none yet,
// the tables are made as they are and the version is turned back.
func TestRestoreOldBackup(t *testing.T) {
	directory := t.TempDir()
	today, err := migrations()
	if err != nil {
		t.Fatal(err)
	}
	old := filepath.Join(directory, "old.db")
	s := mustOpen(t, old, today)
	insert(t, s, "old")
	mustClose(t, s)
	copied, remove, err := migrated(t.Context(), old)
	if err != nil {
		t.Fatal(err)
	}
	target := mustOpen(t, filepath.Join(directory, "new.db"), today)
	defer mustClose(t, target)
	if restored, err := target.Restore(t.Context(), copied); err != nil || restored.Conversations != 1 {
		t.Errorf("Restore: %+v, %v", restored, err)
	}
	if err := remove(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(copied); err == nil {
		t.Error("the copy is still there")
	}
}

// TestByteOrder: goose must see every text column ordered by bytes.
func TestByteOrder(t *testing.T) {
	files, err := migrations()
	if err != nil {
		t.Fatal(err)
	}
	plain, err := fs.ReadFile(files, "00002_conversations.sql")
	if err != nil {
		t.Fatal(err)
	}
	changed, err := fs.ReadFile(byteOrder{files}, "00002_conversations.sql")
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.Count(string(plain), " TEXT "); want < 10 || strings.Count(string(changed), ` TEXT COLLATE "C" `) != want {
		t.Errorf("%d text columns became:\n%s", want, changed)
	}
}
