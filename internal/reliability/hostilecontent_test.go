//go:build linux

package reliability_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestHostileContent gives `passdesk check` files that are made to break it (row 21): each is refused
// with file and line, soon and in little memory.
func TestHostileContent(t *testing.T) {
	t.Parallel()
	nine := strings.Repeat("*a,", 8) + "*a"
	tests := map[string]func(c *contentDirectory){
		"alias bomb": func(c *contentDirectory) {
			bomb := "x: &a [y]\n"
			for i := range 9 {
				bomb += fmt.Sprintf("x%d: &a [%s]\n", i, nine)
			}
			c.write(phrases, bomb)
		},
		"alias of itself":  func(c *contentDirectory) { c.write(phrases, "a: &a\n  b: *a\n") },
		"depth":            func(c *contentDirectory) { c.write(phrases, "a: "+strings.Repeat("[", 100_000)) },
		"deep mappings":    func(c *contentDirectory) { c.write(phrases, strings.Repeat("{a: ", 9000)+strings.Repeat("}", 9000)) },
		"20,000 keys":      func(c *contentDirectory) { c.write(phrases, keys(20_000)) },
		"100,000 keys":     func(c *contentDirectory) { c.write(phrases, keys(100_000)) },
		"50 MB":            func(c *contentDirectory) { c.write(phrases, strings.Repeat("# nothing\n", 5<<20)) },
		"one line of 9 MB": func(c *contentDirectory) { c.write(phrases, "greeting: "+strings.Repeat("x", 9<<20)) },
		"second document":  func(c *contentDirectory) { c.write(phrases, c.read(phrases)+"\n---\nmore: 1\n") },
		"key twice":        func(c *contentDirectory) { c.write(phrases, c.read(phrases)+"\ngreeting: {ja: a, en: b}\n") },
		"unknown key":      func(c *contentDirectory) { c.write(phrases, c.read(phrases)+"\nwhatever: {ja: a, en: b}\n") },
		"bad UTF-8":        func(c *contentDirectory) { c.write(phrases, c.read(phrases)+"\n# \xff\n") },
		"NUL":              func(c *contentDirectory) { c.write(phrases, c.read(phrases)+"\n# \x00\n") },
		"a language less":  func(c *contentDirectory) { c.write(phrases, c.rephrased("  en: \"Hello!", "  fr: \"Hello!")) },
		"cut off":          func(c *contentDirectory) { c.write(phrases, c.read(phrases)[:3000]) },
		"hostile examples": func(c *contentDirectory) { c.write("intents/vpn.en.yaml", keys(20_000)) },
		"dangling link":    func(c *contentDirectory) { c.dangle(phrases, "nowhere") },
		"link to itself":   func(c *contentDirectory) { c.dangle(phrases, "phrases.yaml") },
		"directory":        func(c *contentDirectory) { c.dangle(phrases, ".") },
	}
	for name, spoil := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := copyContent(t)
			spoil(c)
			refusesContent(t, c)
		})
	}
}

func keys(n int) string {
	var all strings.Builder
	for i := range n {
		_, _ = fmt.Fprintf(&all, "key-%d: {ja: a, en: b}\n", i) // never fails
	}
	return all.String()
}

// dangle replaces a file with a link.
func (c *contentDirectory) dangle(name, to string) {
	c.Helper()
	must(c, os.Remove(filepath.Join(c.current, name)))
	must(c, os.Symlink(to, filepath.Join(c.current, name)))
}

var fileAndLine = regexp.MustCompile(`(phrases|vpn\.en)\.yaml(:[0-9]+:[0-9]+)?: `)

// refusesContent: code 1 or 3, a line that names the file, no panic, in time and with little memory.
func refusesContent(t *testing.T, c *contentDirectory) {
	t.Helper()
	var out bytes.Buffer
	command := exec.Command(program(t), "check", "--quick", "--content", c.current)
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	command.Stdout, command.Stderr = &out, &out
	began := time.Now()
	must(t, command.Start())
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	used, err := mostMemory(command.Process.Pid, ended)
	took := time.Since(began)
	code := command.ProcessState.ExitCode()
	if err == nil || code != 1 && code != 3 || !fileAndLine.Match(out.Bytes()) || strings.Contains(out.String(), "goroutine ") {
		t.Errorf("exit code %d: %.500s", code, out.String())
	}
	t.Logf("code %d, %d MB: %.200s", code, used>>20, out.String())
	promised(t, "refusing it", took, time.Second)
	if used > 64<<20 {
		t.Errorf("%d MB of memory were used", used>>20)
	}
}

// mostMemory follows a process to its end and returns the most memory that it was seen to use. What
// the system says at the end would count this process in, which it was copied from.
func mostMemory(pid int, ended <-chan error) (most int64, err error) {
	for {
		most = max(most, peakMemory(pid))
		select {
		case err := <-ended:
			return most, err
		case <-time.After(time.Millisecond): // until the next look
		}
	}
}
