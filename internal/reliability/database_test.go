//go:build linux

package reliability_test

import (
	"database/sql"
	"path/filepath"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // PostgreSQL, for looking behind the server's back
	_ "modernc.org/sqlite"             // and SQLite
)

// database is where a server keeps things.
type database struct {
	settings     settings
	driver, name string
}

// inDirectory is SQLite in a data directory. Tests that write to it leave as little behind as the server.
func inDirectory(directory string) database {
	return database{settings{"data": directory}, "sqlite", "file:" + filepath.Join(directory, "passdesk.db") + "?_pragma=busy_timeout(5000)&_pragma=secure_delete(1)"}
}

// onPostgres is a database of a PostgreSQL server.
func onPostgres(url string) database { return database{settings{"database.url": url}, "pgx", url} }

// open looks into the database beside the server.
func (d database) open(tb testing.TB) *sql.DB {
	tb.Helper()
	opened, err := sql.Open(d.driver, d.name)
	must(tb, err)
	tb.Cleanup(func() { must(tb, opened.Close()) })
	return opened
}

// eachDatabase runs a test on SQLite and on PostgreSQL.
func eachDatabase(t *testing.T, test func(t *testing.T, d database)) {
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		test(t, inDirectory(t.TempDir()))
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		test(t, onPostgres(cluster.Database(t)))
	})
}

// turn is one row of the table of turns.
type turn struct {
	conversation, message, said, reply, content string
	sequence                                    int64
}

// kept is all that a database holds.
type kept struct {
	versions map[string]int64            // of conversations
	turns    map[string][]turn           // of conversations, in order
	work     map[string]map[int64]string // states of work by conversation and sequence
}

// look reads everything as of one moment.
func (d database) look(tb testing.TB) kept {
	tb.Helper()
	k := kept{versions: map[string]int64{}, turns: map[string][]turn{}, work: map[string]map[int64]string{}}
	opened := d.open(tb)
	var id, state string
	var number int64
	each(tb, opened, `SELECT id, version FROM conversations`, []any{&id, &number}, func() { k.versions[id] = number })
	var one turn
	each(tb, opened, `SELECT conversation, sequence, message, said, reply, content FROM turns ORDER BY conversation, sequence`,
		[]any{&one.conversation, &one.sequence, &one.message, &one.said, &one.reply, &one.content},
		func() { k.turns[one.conversation] = append(k.turns[one.conversation], one) })
	each(tb, opened, `SELECT conversation, sequence, state FROM outbox`, []any{&id, &number, &state}, func() {
		if k.work[id] == nil {
			k.work[id] = map[int64]string{}
		}
		k.work[id][number] = state
	})
	return k
}

// each reads rows into targets, one after the other.
func each(tb testing.TB, opened *sql.DB, query string, targets []any, do func()) {
	tb.Helper()
	rows, err := opened.QueryContext(tb.Context(), query)
	must(tb, err)
	for rows.Next() {
		must(tb, rows.Scan(targets...))
		do()
	}
	must(tb, rows.Err())
	must(tb, rows.Close())
}

// count is the number that a query counts.
func (d database) count(tb testing.TB, query string) (number int) {
	tb.Helper()
	opened, err := sql.Open(d.driver, d.name)
	must(tb, err)
	must(tb, opened.QueryRowContext(tb.Context(), query).Scan(&number))
	must(tb, opened.Close())
	return number
}
