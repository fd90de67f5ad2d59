//go:build linux

package reliability_test

import (
	"errors"
	"fmt"
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
const patience = time.Minute

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
		log := made.read()
		if strings.Contains(log, "\ngoroutine ") || strings.Contains(log, "DATA RACE") {
			tb.Error("the server crashed by itself")
		}
		if tb.Failed() {
			tb.Logf("the end of the server's log:\n%s", tail(unusual(log), 4000))
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
	s.await(before)
	eventually(s, "the server is ready", func() bool { return newClient(s, s.at).status("/readyz") == 200 })
	return time.Since(began)
}

// await waits until the process listens, as the log says behind a place.
func (s *server) await(from int) {
	s.Helper()
	eventually(s, "the server listens", func() bool {
		select {
		case <-s.ended:
			s.Fatalf("the server ended: %s", tail(s.read()[from:], 2000))
		default:
		}
		_, rest, found := strings.Cut(s.read()[from:], `"msg":"listening","address":"`)
		address, _, whole := strings.Cut(rest, `"`)
		if found && whole {
			s.address.Store(address)
		}
		return found && whole
	})
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
