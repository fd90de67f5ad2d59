//go:build linux

package reliability_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"passdesk/internal/store/postgrestest"
)

// TestPowerCut cuts the power of the disk under load (row 2): nothing acknowledged is lost.
func TestPowerCut(t *testing.T) {
	t.Parallel()
	d := newDisk(t, 64)
	kept := inDirectory(filepath.Join(d.mounted, "data"))
	s := serve(t, kept.settings)
	l := torrent(t, clients, s.at)
	for range rounds(2) {
		l.more(t, 10*clients)
		s.signal(syscall.SIGSTOP)
		image := d.cut()
		s.kill()
		d.plug(image)
		s.start()
	}
	l.more(t, clients)
	l.stop()
	verify(t, l.ledger, kept.look(t))
	s.kill()
}

// TestPowerCutCanLose shows that TestPowerCut would notice: a writer that does not wait for the
// disk loses what it has confirmed.
func TestPowerCutCanLose(t *testing.T) {
	t.Parallel()
	d := newDisk(t, 32)
	opened, err := sql.Open("sqlite", "file:"+filepath.Join(d.mounted, "a.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)")
	must(t, err)
	defer func() { must(t, opened.Close()) }()
	_, err = opened.ExecContext(t.Context(), `CREATE TABLE turns (id INTEGER PRIMARY KEY, said TEXT); PRAGMA wal_checkpoint(TRUNCATE)`)
	must(t, err)
	const confirmed = 500
	for range confirmed {
		_, err = opened.ExecContext(t.Context(), `INSERT INTO turns (said) VALUES ($1)`, "a message")
		must(t, err)
	}
	image := d.cut()
	must(t, opened.Close())
	d.plug(image)
	if found := countTurns(t, filepath.Join(d.mounted, "a.db")); found >= confirmed {
		t.Errorf("all %d rows that did not wait for the disk are on it: this disk cannot lose anything, so the test shows nothing", found)
	} else {
		t.Logf("of %d rows confirmed without waiting for the disk %d are left", confirmed, found)
	}
}

// countTurns counts rows, 0 if even their table is lost.
func countTurns(t *testing.T, file string) int {
	t.Helper()
	if _, err := os.Stat(file); err != nil {
		return 0
	}
	opened, err := sql.Open("sqlite", "file:"+file)
	must(t, err)
	defer func() { must(t, opened.Close()) }()
	found := 0
	if err := opened.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM turns`).Scan(&found); err != nil {
		return 0
	}
	return found
}

// TestPowerCutPostgres is TestPowerCut with the directory of a PostgreSQL server on the disk, and its
// control: with synchronous_commit off the same loses something. They run alone, since the place of
// temporary files is one for all.
func TestPowerCutPostgres(t *testing.T) {
	t.Run("on", func(t *testing.T) {
		if lost := cutPostgres(t, rounds(1), settings{}); lost > 0 {
			t.Errorf("%d acknowledged messages are lost", lost)
		}
	})
	t.Run("off", func(t *testing.T) {
		lost := cutPostgres(t, 1, settings{"database.allow-unsafe": "true"}, "synchronous_commit=off", "wal_writer_delay=10s", "wal_writer_flush_after=100MB")
		if t.Logf("%d acknowledged messages are lost", lost); lost == 0 {
			t.Error("a server that does not wait for its disk lost nothing, so the test shows nothing")
		}
	})
}

// cutPostgres counts what is lost.
func cutPostgres(t *testing.T, cuts int, s settings, options ...string) int {
	program(t) // before the place of temporary files changes
	usual, d := os.TempDir(), newDisk(t, 256)
	own := postgrestest.New(os.Getenv, options...)
	t.Cleanup(func() { must(t, own.Stop()) })
	t.Setenv("TMPDIR", d.mounted)
	kept := onPostgres(own.Database(t))
	t.Setenv("TMPDIR", usual)
	run(t, "sync", "-f", d.mounted) // initdb does not
	desk := serve(t, kept.settings.with(s))
	_, err := kept.open(t).ExecContext(t.Context(), `CHECKPOINT`) // so that the control does not even lose its tables
	must(t, err)
	l := torrent(t, clients, desk.at)
	for range cuts {
		l.more(t, 10*clients)
		desk.signal(syscall.SIGSTOP)
		own.Pause(t)
		image := d.cut()
		own.Kill(t)
		desk.kill()
		d.plug(image)
		own.Restart(t)
		if len(options) == 0 {
			desk.start()
		}
	}
	l.stop()
	return lost(t, l.ledger, kept.look(t))
}
