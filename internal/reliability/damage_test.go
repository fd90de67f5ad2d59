//go:build linux

package reliability_test

import (
	"os"
	"path/filepath"
	"testing"
)

func dataIsFile(t *testing.T, _ database) settings {
	file := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(file, []byte("x"), 0o600))
	return settings{"data": file}
}

// unwritable is a place where not even root can write.
func unwritable(*testing.T, database) settings { return settings{"data": "/proc/passdesk"} }

func misspelt(*testing.T, database) settings { return settings{"listne": "127.0.0.1:0"} }

func databaseFile(d database) string { return filepath.Join(d.settings["data"], "passdesk.db") }

func corruptWholly(t *testing.T, d database) settings {
	must(t, os.WriteFile(databaseFile(d), make([]byte, 100_000), 0o600))
	return settings{}
}

// corruptInside leaves the first page, which makes the file a database, and little else.
func corruptInside(t *testing.T, d database) settings {
	content, err := os.ReadFile(databaseFile(d))
	must(t, err)
	for i := 200; i < len(content); i++ {
		content[i] ^= 0x5a
	}
	must(t, os.WriteFile(databaseFile(d), content, 0o600))
	return settings{}
}

// newerVersion is what a program of next year leaves behind.
func newerVersion(t *testing.T, d database) settings {
	opened := d.open(t)
	_, err := opened.ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, true)`)
	must(t, err)
	if d.driver == "sqlite" {
		_, err = opened.ExecContext(t.Context(), `PRAGMA wal_checkpoint(TRUNCATE)`)
		must(t, err)
	}
	must(t, opened.Close())
	return settings{}
}

func newerPostgres(t *testing.T, _ database) settings {
	d := onPostgres(cluster.Database(t))
	fillSome(t, d)
	newerVersion(t, d)
	return d.settings
}

func noPostgres(*testing.T, database) settings {
	return settings{"database.url": "postgres://somebody:hunter2@127.0.0.1:1/passdesk"}
}

func noDatabase(t *testing.T, _ database) settings {
	cluster.Database(t) // so that there is a server
	return settings{"database.url": "postgres://postgres@" + cluster.Address() + "/nowhere?sslmode=disable"}
}
