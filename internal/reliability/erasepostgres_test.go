//go:build linux

package reliability_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestErasePostgres is TestErase on PostgreSQL with two replicas that both erase. What is gone from the
// tables can still be in files until the server reuses their place, so that is measured only.
func TestErasePostgres(t *testing.T) {
	t.Parallel()
	d := onPostgres(cluster.Database(t))
	d.settings = d.settings.with(settings{"retention.interval": "1s", "retention.conversations": "1"})
	both := replicas(t, d)
	l := torrent(t, 8, either(both))
	l.more(t, clients)
	e := remarkable(t, l.client, 20)
	for _, c := range e.all[:4] {
		mustOperate(t, d.settings, "forget", c.ID)
	}
	age(t, d, e.all[4:])
	took := eventually(t, "what is too old is gone", func() bool { return d.mentions(t, e.ids) == 0 })
	promised(t, "erasing what is too old from the tables", took, 5*time.Second)
	l.more(t, clients)
	l.stop()
	verify(t, l.ledger, d.look(t))
	var directory string
	each(t, d.open(t), `SHOW data_directory`, []any{&directory}, func() {})
	for _, part := range []string{"base", "pg_wal"} {
		t.Logf("still in %s: %d of %d texts, %d of %d ids", part, d.inFiles(t, directory, part, e.said), len(e.said), d.inFiles(t, directory, part, e.ids), len(e.ids))
	}
}

// mentions counts how often marks are in any table.
func (d database) mentions(t *testing.T, marks []string) (found int) {
	t.Helper()
	k := d.look(t)
	for _, mark := range marks {
		for id, turns := range k.turns {
			if id == mark || len(turns) > 1 && turns[1].message == mark {
				found++
			}
		}
		if k.versions[mark] > 0 || len(k.work[mark]) > 0 {
			found++
		}
	}
	return found
}

// inFiles counts marks in the files below a directory of a PostgreSQL server.
func (d database) inFiles(t *testing.T, directory, below string, marks []string) int {
	t.Helper()
	_, err := d.open(t).ExecContext(t.Context(), `CHECKPOINT`)
	must(t, err)
	files := map[string]string{}
	must(t, filepath.WalkDir(filepath.Join(directory, below), func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return nil // it has gone meanwhile, or nobody may read it
		}
		if content, err := os.ReadFile(name); err == nil {
			files[name] = string(content)
		}
		return nil
	}))
	return countIn(files, marks)
}
