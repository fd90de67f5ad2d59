//go:build linux

package reliability_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// operate runs a command of the program beside the server and returns what it prints.
func operate(tb testing.TB, s settings, arguments ...string) (out string, code int) {
	tb.Helper()
	command := exec.Command(program(tb), arguments...)
	command.Dir = tb.TempDir()
	command.Env = s.environment(command.Dir)
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	printed, err := command.CombinedOutput()
	if command.ProcessState == nil {
		tb.Fatal(err)
	}
	return string(printed), command.ProcessState.ExitCode()
}

// mustOperate runs a command that must succeed.
func mustOperate(tb testing.TB, s settings, arguments ...string) string {
	tb.Helper()
	out, code := operate(tb, s, arguments...)
	if code != 0 {
		tb.Fatalf("passdesk %s: exit code %d: %s", strings.Join(arguments, " "), code, out)
	}
	return out
}

// bytesOf is all that is in the files of a directory, by name.
func bytesOf(tb testing.TB, directory string) map[string]string {
	tb.Helper()
	all := map[string]string{}
	files, err := filepath.Glob(filepath.Join(directory, "*"))
	must(tb, err)
	for _, file := range files {
		if content, err := os.ReadFile(file); err == nil { // it may have gone meanwhile
			all[filepath.Base(file)] = string(content)
		}
	}
	return all
}

// countIn counts how many of some texts are in any file.
func countIn(files map[string]string, texts []string) (found int) {
	for _, text := range texts {
		for _, content := range files {
			if strings.Contains(content, text) {
				found++
				break
			}
		}
	}
	return found
}
