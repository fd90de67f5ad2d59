//go:build linux

package reliability_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// patience is how long anything may take that is not measured.
const patience = 30 * time.Second

// settings are keys of the settings and their values.
type settings map[string]string

// with is these settings and others.
func (s settings) with(others settings) settings {
	all := maps.Clone(s)
	maps.Copy(all, others)
	return all
}

// environment is all that a process gets to see of the world of the tests.
func (s settings) environment(home string) []string {
	all := []string{"HOME=" + home, "TMPDIR=" + os.TempDir()}
	for key, value := range s {
		all = append(all, "PASSDESK_"+strings.NewReplacer(".", "_", "-", "_").Replace(strings.ToUpper(key))+"="+value)
	}
	return all
}

// unlimited takes as much as comes: most tests are not about floods.
var unlimited = settings{
	"listen": "127.0.0.1:0", "limits.messages-per-minute": "1000000",
	"limits.conversations-per-hour": "1000000", "limits.requests-per-minute": "1000000",
}

// server is `passdesk serve`, which can be ended and started again.
type server struct {
	testing.TB
	settings settings
	log      string // file, of all runs

	command *exec.Cmd
	ended   chan struct{} // closed when the process has ended
	address atomic.Value  // string: where it listens, or did
}

// newServer describes a server. It is killed at the end of the test if it still runs.
func newServer(tb testing.TB, s settings) *server {
	tb.Helper()
	made := &server{TB: tb, settings: unlimited.with(s), log: filepath.Join(tb.TempDir(), "log")}
	made.address.Store("127.0.0.1:1")
	tb.Cleanup(func() {
		made.kill()
		if tb.Failed() {
			tb.Logf("the end of the server's log:\n%s", tail(unusual(made.read()), 4000))
		}
	})
	return made
}

// serve starts a server.
func serve(tb testing.TB, s settings) *server {
	tb.Helper()
	made := newServer(tb, s)
	made.start()
	return made
}

func (s *server) at() string { return s.address.Load().(string) }

// read is the log of all runs.
func (s *server) read() string {
	content, err := os.ReadFile(s.log)
	if err != nil {
		return ""
	}
	return string(content)
}

// unusual leaves the records of turns that went well out.
func unusual(log string) string {
	var others strings.Builder
	for line := range strings.Lines(log) {
		if !strings.Contains(line, `"level":"INFO","msg":"turn"`) && !strings.Contains(line, `"logger":"goose"`) {
			others.WriteString(line)
		}
	}
	return others.String()
}

func tail(text string, size int) string { return text[max(0, len(text)-size):] }

// launch starts the process and does not wait for anything.
func (s *server) launch() {
	s.Helper()
	log, err := os.OpenFile(s.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	must(s, err)
	command := exec.Command(program(s), "serve")
	command.Dir = filepath.Dir(s.log)
	command.Env = s.settings.environment(command.Dir)
	command.Stdout, command.Stderr = log, log
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} // nothing is left behind, however the tests end
	must(s, errors.Join(command.Start(), log.Close()))
	ended := make(chan struct{})
	go func() {
		_ = command.Wait() // the state tells
		close(ended)
	}()
	s.command, s.ended = command, ended
}

// start starts the process and returns how long it took until it was ready.
func (s *server) start() time.Duration {
	s.Helper()
	before := len(s.read())
	began := time.Now()
	s.launch()
	eventually(s, "the server listens", func() bool {
		select {
		case <-s.ended:
			s.Fatalf("the server ended: %s", tail(s.read()[before:], 2000))
		default:
		}
		_, rest, found := strings.Cut(s.read()[before:], `"msg":"listening","address":"`)
		if address, _, whole := strings.Cut(rest, `"`); found && whole {
			s.address.Store(address)
			return true
		}
		return false
	})
	eventually(s, "the server is ready", func() bool { return newClient(s, s.at).status("/readyz") == 200 })
	return time.Since(began)
}

// signal sends a signal, if the process still runs.
func (s *server) signal(signal syscall.Signal) {
	s.Helper()
	must(s, s.command.Process.Signal(signal))
}

// kill ends the process as nothing else does: it cannot notice. It does nothing to one that has ended.
func (s *server) kill() {
	if s.command == nil {
		return
	}
	_ = s.command.Process.Kill() // it may have ended
	<-s.ended
}

// stop asks the process to end and returns its exit code and how long that took.
func (s *server) stop() (code int, took time.Duration) {
	s.Helper()
	began := time.Now()
	s.signal(syscall.SIGTERM)
	select {
	case <-s.ended:
	case <-time.After(patience):
		s.Errorf("the server did not stop within %v", patience)
		s.kill()
	}
	return s.command.ProcessState.ExitCode(), time.Since(began)
}

// memory is the most memory that the process has used so far, in bytes.
func (s *server) memory() int64 { return peakMemory(s.command.Process.Pid) }

// peakMemory is 0 for a process that has ended, or has not begun.
func peakMemory(pid int) int64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	var kilobytes int64
	_, _ = fmt.Sscan(rest, &kilobytes) // it stays 0
	return kilobytes << 10
}
