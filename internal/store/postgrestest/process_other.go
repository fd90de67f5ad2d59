//go:build !linux

package postgrestest

import (
	"errors"
	"os/exec"
)

var errLinux = errors.New("only Linux tells which processes belong to a server")

func own(string) error       { return nil }
func detach(*exec.Cmd) error { return nil }
func kill(int) error         { return errLinux }
func suspend(int) error      { return errLinux }
func resume(int) error       { return nil }
