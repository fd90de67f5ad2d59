package postgrestest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// start runs the server and waits until it answers.
func (c *Cluster) start() error {
	log, err := os.OpenFile(filepath.Join(c.directory, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	arguments := []string{
		"-D", c.data(), "-p", fmt.Sprint(c.port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=200",
	}
	for _, setting := range c.settings {
		arguments = append(arguments, "-c", setting)
	}
	server := exec.Command(filepath.Join(c.binaries, "postgres"), arguments...)
	server.Dir, server.Stdout, server.Stderr = c.directory, log, log
	err = detach(server)
	if err == nil {
		err = server.Start()
	}
	if err = errors.Join(err, log.Close()); err != nil {
		return err
	}
	ended := make(chan struct{})
	go func() {
		_ = server.Wait() // that it was killed is no news
		close(ended)
	}()
	c.server, c.ended = server, ended
	return c.await()
}

func (c *Cluster) await() error {
	var err error
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if err = c.execute("SELECT 1"); err == nil {
			return nil
		}
		select {
		case <-c.ended:
			c.server = nil
			return errors.New("the server ended: " + c.Log())
		default:
		}
	}
	return err
}

// Log is what the server has written so far.
func (c *Cluster) Log() string {
	content, err := os.ReadFile(filepath.Join(c.directory, "log"))
	if err != nil {
		return err.Error()
	}
	return string(content)
}

// Stop ends the server and removes all that is left of it. It does nothing where none was started.
func (c *Cluster) Stop() error {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.directory == "" {
		return nil
	}
	var err error
	if c.server != nil {
		err = errors.Join(resume(c.server.Process.Pid), c.server.Process.Signal(os.Interrupt)) // "fast": clients are cut off
		select {
		case <-c.ended:
		case <-time.After(patience):
			err = errors.Join(err, c.server.Process.Kill())
			<-c.ended
		}
		c.server = nil
	}
	return errors.Join(err, os.RemoveAll(c.directory))
}

// Kill ends the server and all its processes at once, as a power failure ends them.
func (c *Cluster) Kill(tb testing.TB) {
	tb.Helper()
	c.mutex.Lock()
	defer c.mutex.Unlock()
	check(tb, kill(c.server.Process.Pid))
	<-c.ended
	c.server = nil
}

// Restart starts the server again, after Kill or else after a stop that cuts clients off. It returns
// when the server answers.
func (c *Cluster) Restart(tb testing.TB) {
	tb.Helper()
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.server != nil {
		check(tb, c.server.Process.Signal(os.Interrupt))
		<-c.ended
	}
	err := c.start()
	for began := time.Now(); err != nil && time.Since(began) < patience; err = c.start() {
		time.Sleep(50 * time.Millisecond) // processes of a killed server may live for a moment
	}
	check(tb, err)
}

// Pause stops all processes of the server without ending them: it neither answers nor hangs up.
func (c *Cluster) Pause(tb testing.TB) {
	tb.Helper()
	c.mutex.Lock()
	defer c.mutex.Unlock()
	check(tb, suspend(c.server.Process.Pid))
}

// Continue lets a paused server go on.
func (c *Cluster) Continue(tb testing.TB) {
	tb.Helper()
	c.mutex.Lock()
	defer c.mutex.Unlock()
	check(tb, resume(c.server.Process.Pid))
}
