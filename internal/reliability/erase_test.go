//go:build linux

package reliability_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// erasable are conversations that can be found again in the files of a database: by what was said,
// and by ids, which are in indexes too.
type erasable struct {
	all       []conversation
	said, ids []string
}

// remarkable makes conversations in which something is said that nobody else says.
func remarkable(t *testing.T, c *client, count int) (e erasable) {
	t.Helper()
	words := strings.Fields("window page account update install app password portal Mac screen button menu")
	for range count {
		begun := c.mustBegin(t)
		var said []string
		for range 12 {
			said = append(said, words[rand.IntN(len(words))])
		}
		message := "mark-" + begun.Token[:20] // the token itself is nowhere
		c.mustSay(t, begun, message, strings.Join(said, " "))
		c.mustSay(t, begun, message+"-2", `{"command":"human"}`)
		e.all, e.said, e.ids = append(e.all, begun), append(e.said, strings.Join(said, " ")), append(e.ids, begun.ID, message)
	}
	return e
}

// TestErase forgets conversations and lets others grow too old, under load (row 24): afterwards none
// of their bytes is in the files of the database, and nothing else is gone.
func TestErase(t *testing.T) {
	t.Parallel()
	d := inDirectory(t.TempDir())
	s := serve(t, d.settings.with(settings{"retention.interval": "1s", "retention.conversations": "1", "handover.target": "log"}))
	l := torrent(t, 4, s.at)
	var ids []string
	for range rounds(1) {
		l.more(t, clients)
		forgotten := remarkable(t, l.client, 4)
		present(t, d, forgotten)
		for _, c := range forgotten.all {
			mustOperate(t, d.settings, "forget", c.ID)
			if a, err := l.transcript(t.Context(), c); err != nil || a.status != 404 {
				t.Errorf("a forgotten conversation: %v, %v", a, err)
			}
			for _, message := range []string{"mark-" + c.Token[:20], "another"} { // one that was answered, and one that was not
				if a, err := l.say(t.Context(), c, message, "VPN"); err != nil || a.status != 404 {
					t.Errorf("message %s to a forgotten conversation: %v, %v", message, a, err)
				}
			}
		}
		absent(t, d, forgotten.said, "forgotten", time.Second)

		old := remarkable(t, l.client, 20)
		present(t, d, old)
		age(t, d, old.all)
		absent(t, d, old.said, "too old", 5*time.Second)
		ids = append(append(ids, forgotten.ids...), old.ids...)
	}
	left := countIn(bytesOf(t, d.settings["data"]), ids)
	t.Logf("%d of %d ids of what was erased are still in the files", left, len(ids))
	if left > len(ids)/20 || left > 0 && *roundsFlag > 0 {
		t.Error("SQLite leaves copies of entries that it moved within an index; only VACUUM gets rid of them")
	}
	l.more(t, clients)
	l.stop()
	verify(t, l.ledger, d.look(t))
}

// present is the control: what is to be erased is in the files.
func present(t *testing.T, d database, e erasable) {
	t.Helper()
	marks := append(slices.Clone(e.said), e.ids...)
	eventually(t, "all marks are in the files before they are erased", func() bool { // they move between files while those are read
		return countIn(bytesOf(t, d.settings["data"]), marks) == len(marks)
	})
}

func absent(t *testing.T, d database, marks []string, what string, promise time.Duration) {
	t.Helper()
	began := time.Now()
	for clean := 0; clean < 2; { // twice, since bytes move between files while those are read
		if clean++; countIn(bytesOf(t, d.settings["data"]), marks) > 0 {
			clean = 0
		}
		if time.Since(began) > patience {
			for name, content := range bytesOf(t, d.settings["data"]) {
				t.Logf("%s: %d of %d marks", name, countIn(map[string]string{name: content}, marks), len(marks))
			}
			t.Fatalf("what is %s is still in the files", what)
		}
		time.Sleep(10 * time.Millisecond) // until the next look
	}
	promised(t, "erasing what is "+what+" from the files", time.Since(began), promise)
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
