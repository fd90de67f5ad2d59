//go:build linux

package reliability_test

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/store/postgrestest"
)

// TestCannotStart: what keeps the server from starting is told in one clear line and with exit code
// 2, and nothing that was kept is touched.
func TestCannotStart(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		prepare func(t *testing.T, d database) settings // changes to the settings
		says    string
	}{
		{"port in use", portInUse, "address already in use"},
		{"second server on the same directory", secondServer, "is being used by another process"},
		{"data is a file", dataIsFile, "not a directory"},
		{"directory that cannot be made", unwritable, "/proc/passdesk"},
		{"database is no database", corruptWholly, "is no database"},
		{"database is damaged", corruptInside, "passdesk.db"},
		{"database of a newer version", newerVersion, "newer version of passdesk"},
		{"misspelt setting", misspelt, "PASSDESK_LISTNE"},
		{"no PostgreSQL there", noPostgres, "connection refused"},
		{"PostgreSQL without the database", noDatabase, "does not exist"},
		{"PostgreSQL of a newer version", newerPostgres, "newer version of passdesk"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			directory := filepath.Join(t.TempDir(), "data")
			d := inDirectory(directory)
			fillSome(t, d)
			s := test.prepare(t, d)
			before := filesIn(t, directory)
			refusesToStart(t, d.settings.with(s), test.says)
			if diff := cmp.Diff(before, filesIn(t, directory)); diff != "" {
				t.Errorf("files were changed (-before +after):\n%.1000s", diff)
			}
		})
	}
}

// TestUnsafePostgres: a server that forgets what it has confirmed is refused.
func TestUnsafePostgres(t *testing.T) {
	t.Parallel()
	own := postgrestest.New(os.Getenv, "fsync=off")
	t.Cleanup(func() { must(t, own.Stop()) })
	refusesToStart(t, onPostgres(own.Database(t)).settings, "fsync=off")
}

// fillSome keeps a conversation, as in a database that is in use.
func fillSome(t *testing.T, d database) {
	t.Helper()
	s := serve(t, d.settings)
	c := newClient(t, s.at)
	c.mustSay(t, c.mustBegin(t), "m1", "VPN")
	if code, _ := s.stop(); code != 0 {
		t.Fatalf("exit code %d", code)
	}
}

// filesIn is what is in a directory, but for the shared memory of whoever looked last.
func filesIn(t *testing.T, directory string) map[string]string {
	t.Helper()
	files := map[string]string{}
	entries, err := os.ReadDir(directory)
	if err != nil {
		return files
	}
	for _, entry := range entries {
		content, err := os.ReadFile(filepath.Join(directory, entry.Name()))
		must(t, err)
		if !strings.HasSuffix(entry.Name(), "-shm") && len(content) > 0 {
			files[entry.Name()] = string(content)
		}
	}
	return files
}

// refusesToStart checks exit code and output of a server that cannot work.
func refusesToStart(t *testing.T, s settings, says string) {
	t.Helper()
	started := newServer(t, s)
	began := time.Now()
	started.launch()
	select {
	case <-started.ended:
	case <-time.After(patience):
		t.Fatal("the server starts all the same")
	}
	took, out := time.Since(began), strings.TrimSpace(unusual(started.read()))
	if code := started.command.ProcessState.ExitCode(); code != 2 {
		t.Errorf("exit code %d, want 2", code)
	}
	if strings.Contains(out, "\n") || !strings.HasPrefix(out, "passdesk: ") || !strings.Contains(out, says) {
		t.Errorf("it says\n%s\nwant one line with %q", out, says)
	}
	promised(t, out, took, 2*time.Second)
}

func portInUse(t *testing.T, _ database) settings {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { must(t, listener.Close()) })
	return settings{"listen": listener.Addr().String()}
}

func secondServer(t *testing.T, d database) settings {
	serve(t, d.settings)
	return settings{}
}
