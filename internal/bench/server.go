package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

const (
	startPatience = time.Minute      // for a server to listen
	stopPatience  = 20 * time.Second // for a server to end once it was asked to
)

// server is a running child process that listens.
type server struct {
	name, address, log string
	pid                int
	command            *exec.Cmd
	interrupt          context.CancelFunc
	ended              chan error
}

// start runs a command until it listens. Its log goes into a file, as a service's does, so that
// nobody's time is measured who reads it.
func start(ctx context.Context, what Command, directory string) (_ *server, err error) {
	s := &server{name: what.Name, log: filepath.Join(directory, what.Name+".log"), ended: make(chan error, 1)}
	log, err := os.OpenFile(s.log, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", what.Name, err)
	}
	defer func() { err = errors.Join(err, log.Close()) }() // the child has its own
	ctx, s.interrupt = context.WithCancel(ctx)
	c := exec.CommandContext(ctx, what.Path, what.Arguments...)
	c.Stderr, c.WaitDelay = log, stopPatience
	c.Cancel = func() error { return c.Process.Signal(syscall.SIGTERM) }
	c.Env = withoutSettings(c.Environ())
	if err := c.Start(); err != nil {
		s.interrupt()
		return nil, fmt.Errorf("start %s: %w", what.Name, err)
	}
	s.command, s.pid = c, c.Process.Pid
	go func() { s.ended <- c.Wait() }()
	if s.address, err = s.await(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("start %s: %w", what.Name, err), s.stop())
	}
	return s, nil
}

// withoutSettings leaves out what would change the settings that both servers are given in a file.
func withoutSettings(environment []string) []string {
	var kept []string
	for _, variable := range environment {
		if !strings.HasPrefix(variable, "PASSDESK_") {
			kept = append(kept, variable)
		}
	}
	return kept
}

// await waits until the log tells where the server listens.
func (s *server) await(ctx context.Context) (address string, err error) {
	ctx, cancel := context.WithTimeout(ctx, startPatience)
	defer cancel()
	for {
		content, err := os.ReadFile(s.log)
		if err != nil {
			return "", err
		}
		if address := listening(content); address != "" {
			return address, nil
		}
		select {
		case err := <-s.ended:
			s.ended <- err // for stop
			return "", errors.New("it ended: " + lastLine(content))
		default:
		}
		if err := sleepUntil(ctx, time.Now().Add(10*time.Millisecond)); err != nil {
			return "", err
		}
	}
}

// listening is the address that a server's log says it listens at, or "".
func listening(log []byte) string {
	for line := range bytes.Lines(log) {
		var record struct{ Msg, Address string }
		if json.Unmarshal(line, &record) == nil && record.Msg == "listening" {
			return record.Address
		}
	}
	return ""
}

func lastLine(log []byte) string {
	lines := bytes.Split(bytes.TrimSpace(log), []byte("\n"))
	return string(lines[len(lines)-1])
}

// stop ends the server and waits for it.
func (s *server) stop() error {
	s.interrupt()
	err := <-s.ended
	if state := s.command.ProcessState; state != nil && (state.Success() || interrupted(state)) {
		return nil // then the error only says that the context has ended
	}
	return fmt.Errorf("stop %s: %w", s.name, err)
}

// interrupted reports whether a process ended by the signal that stop sends.
func interrupted(state *os.ProcessState) bool {
	status, ok := state.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() && status.Signal() == syscall.SIGTERM
}

// goroutines is how many the server has, or -1 if it does not say so.
func (s *server) goroutines(ctx context.Context) int {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.address+"/metrics", nil)
	if err != nil {
		return -1
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Do(request)
	if err != nil {
		return -1
	}
	defer func() { _ = answer.Body.Close() }() // it has been read
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return -1
	}
	_, after, _ := bytes.Cut(text, []byte("\ngo_goroutines "))
	n := -1
	_, _ = fmt.Sscan(string(after[:min(len(after), 20)]), &n) // n tells
	return n
}
