//go:build linux

package reliability_test

import (
	"testing"
	"time"
)

// marked are conversations that can be found again in the files of a database.
func marked(t *testing.T, c *client, count int) (all []conversation, marks []string) {
	t.Helper()
	for range count {
		begun := c.mustBegin(t)
		mark := "mark-" + begun.Token[:20] // of the message; the token itself is nowhere
		c.mustSay(t, begun, mark, "VPNのパスワードを忘れました")
		c.mustSay(t, begun, mark+"-2", `{"command":"human"}`)
		all, marks = append(all, begun), append(marks, begun.ID, mark)
	}
	return all, marks
}

// TestErase forgets conversations and lets others grow too old, under load (row 24): afterwards none
// of their bytes is in the files of the database, and nothing else is gone.
func TestErase(t *testing.T) {
	t.Parallel()
	d := inDirectory(t.TempDir())
	s := serve(t, d.settings.with(settings{"retention.interval": "1s", "retention.conversations": "1", "handover.target": "log"}))
	l := torrent(t, 8, s.at)
	for range rounds(1) {
		l.more(t, clients)
		forgotten, marks := marked(t, l.client, 10)
		present(t, d, marks)
		for _, c := range forgotten {
			mustOperate(t, d.settings, "forget", c.ID)
			if a, err := l.transcript(t.Context(), c); err != nil || a.status != 404 {
				t.Errorf("a forgotten conversation: %v, %v", a, err)
			}
		}
		absent(t, d, marks, "forgotten", time.Second)

		old, marks := marked(t, l.client, 20)
		present(t, d, marks)
		age(t, d, old)
		absent(t, d, marks, "too old", 5*time.Second)
	}
	l.more(t, clients)
	l.stop()
	verify(t, l.ledger, d.look(t))
}

// present is the control: what is to be erased is in the files.
func present(t *testing.T, d database, marks []string) {
	t.Helper()
	if found := countIn(bytesOf(t, d.settings["data"]), marks); found != len(marks) {
		t.Fatalf("%d of %d marks are in the files before they are erased: the test looks in the wrong place", found, len(marks))
	}
}

func absent(t *testing.T, d database, marks []string, what string, promise time.Duration) {
	t.Helper()
	took := eventually(t, "nothing that is "+what+" is left in the files", func() bool { return countIn(bytesOf(t, d.settings["data"]), marks) == 0 })
	promised(t, "erasing what is "+what+" from the files", took, promise)
}

// age makes conversations as old as if they had ended the day before yesterday.
func age(t *testing.T, d database, all []conversation) {
	t.Helper()
	opened := d.open(t)
	for _, c := range all {
		_, err := opened.ExecContext(t.Context(), `UPDATE conversations SET updated = $2 WHERE id = $1`, c.ID, time.Now().Add(-48*time.Hour).UnixMicro())
		must(t, err)
	}
}
