//go:build linux

package reliability_test

import (
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestKilledCommands kills backup and restore at random moments (row 29): a backup is there whole or
// not at all, and so is what is restored.
func TestKilledCommands(t *testing.T) {
	t.Parallel()
	eachDatabase(t, func(t *testing.T, d database) {
		s := serve(t, d.settings)
		l := torrent(t, clients, s.at)
		l.more(t, 10*clients)
		l.stop()
		s.kill()
		whole := d.count(t, `SELECT COUNT(*) FROM turns`)
		for range rounds(3) {
			file := filepath.Join(t.TempDir(), "backup.db")
			killedAtRandom(t, d.settings, "backup", file)
			if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
				mustOperate(t, d.settings, "backup", file)
			}
			restoredOnce(t, inDirectory(filepath.Join(t.TempDir(), "data")), file, whole)
			restoredOnce(t, onPostgres(cluster.Database(t)), file, whole)
		}
		verify(t, l.ledger, d.look(t))
	})
}

// restoredOnce restores a backup after a try that was killed.
func restoredOnce(t *testing.T, d database, file string, whole int) {
	t.Helper()
	killedAtRandom(t, d.settings, "restore", file)
	out, code := operate(t, d.settings, "restore", file)
	if code != 0 && !strings.Contains(out, "not empty") {
		t.Errorf("restore after one that was killed: code %d: %s", code, out)
	}
	if found := d.count(t, `SELECT COUNT(*) FROM turns`); found != whole {
		t.Errorf("%d of %d turns are there after a restore that was killed and one that was not", found, whole)
	}
}

// killedAtRandom runs a command of the program and kills it, if it has not ended by then.
func killedAtRandom(t *testing.T, s settings, arguments ...string) {
	t.Helper()
	command := exec.Command(program(t), arguments...)
	command.Dir = t.TempDir()
	command.Env = s.environment(command.Dir)
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	must(t, command.Start())
	time.Sleep(time.Duration(20+rand.IntN(150)) * time.Millisecond) // the moment is to be any
	_ = command.Process.Kill()                                      // it may have ended
	_ = command.Wait()                                              // how it ended is no matter
}
