package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"unicode/utf8"

	"go.uber.org/goleak"

	"passdesk/internal/guide"
	"passdesk/knowledge"
)

// TestNobodyReads: when the reader of the output is gone, every command ends, says nothing and
// exits with 3.
func TestNobodyReads(t *testing.T) {
	startsOften(t)
	commands := map[string]string{
		"ask hello": "", "check --quick": "", "check --quick --format json": "", "test": "", "explain hello": "", "chat": "hello\n",
		"converse": "{\"text\":\"hello\"}\n",
	}
	for command, in := range commands {
		t.Run(command, func(t *testing.T) {
			var errOut bytes.Buffer
			code := run(context.Background(), strings.Fields(command), strings.NewReader(in), closedPipe{}, &errOut)
			if code != exitFailure || errOut.Len() > 0 {
				t.Errorf("exit %d, %q; want %d and nothing on standard error", code, errOut.String(), exitFailure)
			}
		})
	}
}

// startsOften skips a test that starts the program many times when time is short, as it is under
// the race detector, which makes training ten times slower and has nothing to find there.
func startsOften(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("starts the program many times")
	}
}

// closedPipe is a pipe whose reader is gone, where the system does not kill the writer for it.
type closedPipe struct{}

func (closedPipe) Write([]byte) (int, error) {
	return 0, &os.PathError{Op: "write", Path: "|1", Err: syscall.EPIPE}
}

// TestPipeIsClosed does the same with a real pipe and the real program, which must not go on.
func TestPipeIsClosed(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	var errOut strings.Builder
	c := exec.Command("passdesk", "converse")
	c.Stdin, c.Stdout, c.Stderr = strings.NewReader(strings.Repeat("{\"text\":\"hello\"}\n", 1000)), w, &errOut
	err = c.Run()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || errOut.Len() > 0 {
		t.Errorf("ended with %v and %q; want a failure without a word", err, errOut.String())
	}
	_ = w.Close() // only the child wrote to it
}

// TestInterrupt: Ctrl-C ends a command that waits for input. To a chat it is a goodbye.
func TestInterrupt(t *testing.T) {
	for command, want := range map[string]int{"chat": exitFine, "converse": exitFailure} {
		t.Run(command, func(t *testing.T) {
			defer goleak.VerifyNone(t)
			ctx, cancel := context.WithCancel(context.Background())
			in, keyboard := io.Pipe()
			defer func() { _ = keyboard.Close() }()
			go func() {
				_, _ = io.WriteString(keyboard, "\n") // returns when the command has begun to read
				cancel()
			}()
			var errOut bytes.Buffer
			if code := run(ctx, []string{command}, in, io.Discard, &errOut); code != want || errOut.Len() > 0 {
				t.Errorf("exit %d, %q; want %d and nothing on standard error", code, errOut.String(), want)
			}
		})
	}
}

// TestHugeMessage sends a megabyte, which is refused kindly, and goes on.
func TestHugeMessage(t *testing.T) {
	startsOften(t)
	g, err := guide.Load(knowledge.Files)
	if err != nil {
		t.Fatal(err)
	}
	tooLong := g.Phrase(guide.PhraseTooLong).English
	next := g.Question("vpn-generation").Ask.English
	huge := strings.Repeat("パスワード password ", 1<<20/23)
	tests := []struct {
		name, command, in string
		want              []string
	}{
		{"ask", "ask --language en", "", []string{tooLong}},
		{"converse", "converse", `{"text":"` + huge + `","language":"en"}` + "\n" + `{"choose":{"fact":"prompt","value":"vpn"}}` + "\n", []string{tooLong, "Which VPN do you have?"}},
		{"chat", "chat --language en", huge + "\n3\n", []string{tooLong[:40], next[:40]}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			args := strings.Fields(test.command)
			if test.in == "" {
				args = append(args, huge)
			}
			var out, errOut bytes.Buffer
			if code := run(context.Background(), args, strings.NewReader(test.in), &out, &errOut); code != exitFine || errOut.Len() > 0 {
				t.Errorf("exit %d, %q; want 0 and nothing on standard error", code, errOut.String())
			}
			for _, want := range test.want {
				if !strings.Contains(out.String(), want) {
					t.Errorf("output lacks %q:\n%.2000s", want, out.String())
				}
			}
		})
	}
}

// TestOddArguments: what no shell passes on easily is still answered with readable text.
func TestOddArguments(t *testing.T) {
	startsOften(t)
	odd := []string{"a\x00b", "\xff\xfe", "\x1b[2J\x07", "\u202e\u2066VPN", "two\nlines", strings.Repeat("😀", 3000)}
	for _, args := range [][]string{append([]string{"ask"}, odd...), append([]string{"explain"}, odd...)} {
		var out, errOut bytes.Buffer
		code := run(context.Background(), args, strings.NewReader(""), &out, &errOut)
		if code != exitFine || errOut.Len() > 0 || !utf8.Valid(out.Bytes()) || bytes.ContainsAny(out.Bytes(), "\x00\x07\x1b") {
			t.Errorf("%s: exit %d, %q, output %q; want 0 and plain text", args[0], code, errOut.String(), out.String())
		}
	}
}
