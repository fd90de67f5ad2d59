package sqlstore

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"passdesk/internal/store/postgrestest"
)

// TestPingWrites: after a write that failed Ping finds out whether one succeeds, as often as it has to,
// with a row that a database cannot make small.
func TestPingWrites(t *testing.T) {
	open := map[string]func(*testing.T) (*Store, error){
		"SQLite": func(t *testing.T) (*Store, error) {
			return OpenSQLite(t.Context(), filepath.Join(t.TempDir(), "a.db"), Options{})
		},
		"PostgreSQL": func(t *testing.T) (*Store, error) {
			c := postgrestest.New(os.Getenv)
			t.Cleanup(func() {
				if err := c.Stop(); err != nil {
					t.Error(err)
				}
			})
			return OpenPostgres(t.Context(), c.Database(t), Options{})
		},
	}
	size := map[string]string{"SQLite": `SELECT LENGTH(filler) FROM health`, "PostgreSQL": `SELECT pg_column_size(filler) FROM health`}
	for name, open := range open {
		t.Run(name, func(t *testing.T) {
			s, err := open(t)
			if err != nil {
				t.Fatal(err)
			}
			defer mustClose(t, s)
			for range 3 {
				s.failing.Store(true)
				if err := s.Ping(t.Context()); err != nil || s.failing.Load() {
					t.Errorf("Ping: %v, still failing: %t", err, s.failing.Load())
				}
			}
			var wrote int
			err = s.database.read(context.Background(), statement{text: size[name], each: func(r row) error { return r.Scan(&wrote) }})
			if err != nil || wrote < probeSize {
				t.Errorf("%d bytes written, %v; want %d", wrote, err, probeSize)
			}
		})
	}
}
