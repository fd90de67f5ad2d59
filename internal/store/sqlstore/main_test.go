package sqlstore_test

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"go.uber.org/goleak"

	"passdesk/internal/store"
	"passdesk/internal/store/postgrestest"
	"passdesk/internal/store/sqlstore"
	"passdesk/internal/store/storetest"
)

// cluster is the PostgreSQL server of all tests here; the first one that needs it starts it.
var cluster = postgrestest.New(os.Getenv)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.Cleanup(func(code int) {
		if err := cluster.Stop(); err != nil {
			panic(err)
		}
		os.Exit(code)
	}), goleak.IgnoreAnyFunction("os/exec.(*Cmd).Wait")) // the server lives as long as the tests
}

func openSQLite(tb testing.TB, file string, o sqlstore.Options) *sqlstore.Store {
	tb.Helper()
	s, err := sqlstore.OpenSQLite(tb.Context(), file, o)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func openPostgres(tb testing.TB, url string, o sqlstore.Options) *sqlstore.Store {
	tb.Helper()
	s, err := sqlstore.OpenPostgres(tb.Context(), url, o)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func closeStore(tb testing.TB, s store.Store) {
	tb.Helper()
	if err := s.Close(); err != nil {
		tb.Error(err)
	}
}

func closing(tb testing.TB, c io.Closer) {
	tb.Helper()
	if err := c.Close(); err != nil {
		tb.Error(err)
	}
}

func newFile(tb testing.TB) string { return filepath.Join(tb.TempDir(), "data", "passdesk.db") }

func TestSQLiteContract(t *testing.T) {
	storetest.Run(t, func(tb testing.TB) (store.Store, func() store.Store) {
		file := newFile(tb)
		again := func() store.Store { return openSQLite(tb, file, sqlstore.Options{}) }
		return again(), again
	})
}

func TestPostgresContract(t *testing.T) {
	storetest.Run(t, func(tb testing.TB) (store.Store, func() store.Store) {
		url := cluster.Database(tb)
		again := func() store.Store { return openPostgres(tb, url, sqlstore.Options{}) }
		return again(), again
	})
}
