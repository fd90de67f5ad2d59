package sqlstore_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/redact"
	"passdesk/internal/store"
	"passdesk/internal/store/sqlstore"
)

// everything is what a store has of a few conversations and of all jobs.
func everything(tb testing.TB, s store.Store, conversations int) string {
	tb.Helper()
	var all strings.Builder
	for c := range conversations {
		name := fmt.Sprint("c", c)
		conversation, _, err := s.Load(context.Background(), name, "none")
		if err != nil {
			tb.Fatal(err)
		}
		turns, err := s.Turns(context.Background(), name, 0, 1000)
		if err != nil {
			tb.Fatal(err)
		}
		fmt.Fprintf(&all, "%+v\n%+v\n", conversation, turns)
	}
	for _, state := range []store.JobState{store.Waiting, store.Held, store.Done, store.Dead} {
		jobs, err := s.Jobs(context.Background(), state, 1000)
		if err != nil {
			tb.Fatal(err)
		}
		for _, j := range jobs {
			fmt.Fprintf(&all, "%+v\n", j)
		}
	}
	for _, state := range []store.CaseState{store.CaseOpen, store.CaseClaimed, store.CaseClosed} {
		cases, err := s.Cases(context.Background(), store.CaseFilter{State: state}, 0, 1000)
		if err != nil {
			tb.Fatal(err)
		}
		for _, c := range cases {
			fmt.Fprintf(&all, "%+v\n", c)
		}
	}
	return all.String()
}

// furnish fills a store: 20 conversations of 3 turns, 18 jobs waiting, one done, one dead; 17 cases
// open, two claimed, one closed.
func furnish(tb testing.TB, s store.Store) {
	tb.Helper()
	for c := range 20 {
		for sequence := int64(1); sequence <= 3; sequence++ {
			turn := newTurn(tb, fmt.Sprint("c", c), sequence, "\u3053\u3093\u306B\u3061\u306F \U0001F600 \r")
			if sequence == 2 {
				w := newWork(turn)
				w.Case = store.Opening{Reference: "H-" + turn.Conversation, Language: "ja"}
				commit(tb, s, turn, w)
			} else {
				commit(tb, s, turn)
			}
		}
	}
	now, err := s.Now(context.Background())
	if err != nil {
		tb.Fatal(err)
	}
	jobs, err := s.Claim(context.Background(), "me", now, time.Hour, 3) // the third stays leased
	if err != nil || len(jobs) != 3 {
		tb.Fatal(jobs, err)
	}
	for i, state := range []store.JobState{store.Done, store.Dead} {
		if err := s.Settle(context.Background(), jobs[i].ID, "me", state, now, "because"); err != nil {
			tb.Fatal(err)
		}
		id := jobs[i].ID
		if err := errors.Join(s.TakeCase(context.Background(), id, "me", "\u4F50\u85E4"), s.TakeCase(context.Background(), jobs[2].ID, "you", "")); err != nil {
			tb.Fatal(err)
		}
		if i == 0 {
			if err := s.CloseCase(context.Background(), id, "me", store.Solved); err != nil {
				tb.Fatal(err)
			}
		}
	}
}

type opener func(testing.TB) *sqlstore.Store

func openers() map[string]opener {
	return map[string]opener{
		"SQLite":     func(tb testing.TB) *sqlstore.Store { return openSQLite(tb, newFile(tb), sqlstore.Options{}) },
		"PostgreSQL": func(tb testing.TB) *sqlstore.Store { return openPostgres(tb, cluster.Database(tb), sqlstore.Options{}) },
	}
}

func TestBackupAndRestore(t *testing.T) {
	for from, source := range openers() {
		for to, target := range openers() {
			t.Run(from+" to "+to, func(t *testing.T) { backupAndRestore(t, source(t), target(t)) })
		}
	}
}

func backupAndRestore(t *testing.T, source, target *sqlstore.Store) {
	defer closeStore(t, source)
	defer closeStore(t, target)
	furnish(t, source)
	file := filepath.Join(t.TempDir(), "backup.db")
	if err := source.Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	if about, err := os.Stat(file); err != nil || about.Mode().Perm() != 0o600 {
		t.Errorf("backup: %v, %v", about, err)
	}
	if err := source.Backup(t.Context(), file); !errors.Is(err, fs.ErrExist) {
		t.Errorf("second backup into the same file: %v", err)
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(file), "*")); err != nil || len(left) != 1 {
		t.Errorf("beside the backup: %q, %v", left, err)
	}
	commit(t, source, newTurn(t, "after", 1, "hello"))
	restored, err := target.Restore(t.Context(), file)
	if want := (sqlstore.Restored{Conversations: 20, Turns: 60, Jobs: 20, Held: 18}); err != nil || restored != want {
		t.Errorf("restored %+v, %v; want %+v", restored, err, want)
	}
	sent := everything(t, source, 20)
	want := strings.ReplaceAll(sent, " State:waiting Tries:1 ", " State:held Tries:1 ")
	want = strings.ReplaceAll(want, " State:waiting ", " State:held ")
	if diff := cmp.Diff(want, everything(t, target, 20)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, err := target.Restore(t.Context(), file); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("restore into a store that is not empty: %v", err)
	}
	now, err := target.Now(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if jobs, err := target.Claim(t.Context(), "me", now.Add(time.Hour), time.Minute, 100); err != nil || len(jobs) != 0 {
		t.Errorf("claimed %v, %v before an operator said yes", jobs, err)
	}
	if n, err := target.Release(t.Context()); n != 18 || err != nil {
		t.Errorf("released %d, %v", n, err)
	}
	commit(t, target, newTurn(t, "c0", 4, "goes on"))
}

// TestBackupUnderLoad: a backup holds whole turns only, and those without gaps.
func TestBackupUnderLoad(t *testing.T) {
	for name, open := range openers() {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			defer closeStore(t, s)
			stop := make(chan struct{})
			var writers sync.WaitGroup
			for c := range 8 {
				writers.Go(func() {
					for sequence := int64(1); ; sequence++ {
						select {
						case <-stop:
							return
						default:
							turn := newTurn(t, fmt.Sprint("c", c), sequence, "hello")
							commit(t, s, turn, newWork(turn))
						}
					}
				})
			}
			for i := range 3 {
				time.Sleep(50 * time.Millisecond)
				file := filepath.Join(t.TempDir(), fmt.Sprint(i, ".db"))
				if err := s.Backup(context.Background(), file); err != nil {
					t.Error(err)
				}
				wholeTurns(t, file)
			}
			close(stop)
			writers.Wait()
		})
	}
}

func wholeTurns(t *testing.T, file string) {
	t.Helper()
	copied := openSQLite(t, file, sqlstore.Options{})
	defer closeStore(t, copied)
	total := 0
	for c := range 8 {
		conversation, _, err := copied.Load(context.Background(), fmt.Sprint("c", c), "none")
		if err != nil {
			t.Fatal(err)
		}
		turns, err := copied.Turns(context.Background(), conversation.ID, 0, 1e6)
		if err != nil || int64(len(turns)) != conversation.Version {
			t.Errorf("%d turns at version %d, %v", len(turns), conversation.Version, err)
		}
		total += len(turns)
	}
	depth, _, err := copied.Depth(context.Background())
	if err != nil || depth[store.Waiting] != total || total == 0 {
		t.Errorf("%v jobs of %d turns, %v", depth, total, err)
	}
}

func TestRestoreRefuses(t *testing.T) {
	directory := t.TempDir()
	path := func(name string) string { return filepath.Join(directory, name) }
	write := func(name string, content []byte) {
		t.Helper()
		if err := os.WriteFile(path(name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("empty", nil)
	write("text", []byte(strings.Repeat("no database ", 1000)))
	execute(t, path("foreign"), `CREATE TABLE t (x)`)
	s := openSQLite(t, path("good"), sqlstore.Options{})
	furnish(t, s)
	if err := s.Backup(t.Context(), path("newer")); err != nil {
		t.Fatal(err)
	}
	closeStore(t, s)
	good, err := os.ReadFile(path("newer"))
	if err != nil {
		t.Fatal(err)
	}
	write("cut", good[:len(good)/2])
	execute(t, path("newer"), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, 1)`)
	target := openSQLite(t, path("target"), sqlstore.Options{})
	defer closeStore(t, target)
	for name, want := range map[string]string{
		"none": "no such file", "empty": "no backup", "text": "no database", "foreign": "no backup", "newer": "newer version", "cut": "malformed",
	} {
		if _, err := target.Restore(t.Context(), path(name)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
	}
	if left := everything(t, target, 0); left != "" {
		t.Errorf("left behind: %s", left)
	}
}

// Texts print, so that everything compares them.
var _ fmt.Stringer = redact.Text{}
