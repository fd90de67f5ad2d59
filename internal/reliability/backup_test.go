//go:build linux

package reliability_test

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

// TestBackup makes a backup under load and restores it into a new directory and into PostgreSQL (row
// 29): it holds whole turns, all of those from before, and what had not gone out does not go out
// until an operator says so.
func TestBackup(t *testing.T) {
	t.Parallel()
	eachDatabase(t, func(t *testing.T, d database) {
		received := receive(t)
		s := serve(t, d.settings.with(received.settings()))
		received.refuse.Store(true)
		l := torrent(t, clients, s.at)
		l.more(t, 4*clients)
		before := l.snapshot()
		file := filepath.Join(t.TempDir(), "backup.db")
		mustOperate(t, d.settings, "backup", file)
		l.more(t, clients)
		l.stop()
		if code, _ := s.stop(); code != 0 {
			t.Errorf("exit code %d", code)
		}
		verify(t, l.ledger, d.look(t))
		if out, code := operate(t, d.settings, "backup", file); code == 0 {
			t.Errorf("a backup replaced another: %s", out)
		}
		restores(t, inDirectory(filepath.Join(t.TempDir(), "restored")), file, before)
		restores(t, onPostgres(cluster.Database(t)), file, before)
	})
}

// restores restores a backup and expects what was acknowledged before it was made.
func restores(t *testing.T, d database, file string, before *ledger) {
	t.Helper()
	received := receive(t)
	t.Log(strings.ReplaceAll(strings.TrimSpace(mustOperate(t, d.settings, "restore", file)), "\n", "; "))
	if lost := lost(t, before, sentSince(before, d.look(t))); lost > 0 {
		t.Errorf("%d messages from before the backup are not in it", lost)
	}
	s := serve(t, d.settings.with(received.settings()))
	before.again(t, newClient(t, s.at), 50)
	fresh, c := 0, newClient(t, s.at)
	begun := c.mustBegin(t)
	c.mustSay(t, begun, "m", `{"command":"human"}`)
	eventually(t, "a new hand-over goes out", func() bool { fresh = received.count(); return fresh > 0 })
	held := strings.Count(mustOperate(t, d.settings, "outbox", "list", "--state", "held", "--format", "json"), "\n")
	if fresh != 1 || held == 0 {
		t.Errorf("%d deliveries went out, %d are held; want only the new one to go out", fresh, held)
	}
	mustOperate(t, d.settings, "outbox", "release")
	eventually(t, "what was held goes out", func() bool { return received.count() == fresh+held })
	if out, code := operate(t, d.settings, "restore", file); code == 0 {
		t.Errorf("restored into a database that is in use: %s", out)
	}
	if status := c.status("/readyz"); status != http.StatusOK {
		t.Errorf("/readyz: %d", status)
	}
}

// sentSince lets messages be in a backup that were sent between the snapshot of a ledger and it.
func sentSince(l *ledger, k kept) kept {
	for id, t := range l.talks {
		for _, turn := range k.turns[id] {
			if _, known := t.sent[turn.message]; !known {
				t.sent[turn.message] = "?"
			}
		}
	}
	return k
}
