package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"passdesk/intents"
	"passdesk/knowledge"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"passdesk": func() {
			os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

// TestScripts drives the program from outside, as a shell does.
func TestScripts(t *testing.T) {
	startsOften(t)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits":         exits,
			"replies":       replies,
			"content":       writeContent,
			"unquote-bytes": unquoteBytes,
		},
	})
}

// exits CODE COMMAND... runs a command that must exit with this very code.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("%v exited with %d, want %d\nstdout: %s\nstderr: %s", args[1:], got, want, ts.ReadFile("stdout"), ts.ReadFile("stderr"))
	}
}

// replies FILE checks that every line of output is JSON and writes into FILE what a program
// looks at in it, one line each: texts may change without notice, ids may not.
func replies(ts *testscript.TestScript, _ bool, args []string) {
	var out strings.Builder
	for line := range strings.Lines(ts.ReadFile("stdout")) {
		var r struct {
			Conversation, Language, Step, Ask, Answer, Error, Text string
			Facts                                                  map[string]string
			Questions                                              int
			Choices                                                []struct{ Fact, Value, Label string }
		}
		ts.Check(json.Unmarshal([]byte(line), &r))
		fmt.Fprintf(&out, "%s %s", r.Conversation, r.Step)
		if r.Step == "error" {
			fmt.Fprintf(&out, ": %s\n", r.Error)
			continue
		}
		if r.Text == "" || r.Facts == nil || r.Choices == nil {
			ts.Fatalf("a reply lacks its text, facts or choices: %s", line)
		}
		fmt.Fprintf(&out, " ask=%s answer=%s language=%s questions=%d", r.Ask, r.Answer, r.Language, r.Questions)
		for _, slot := range slices.Sorted(maps.Keys(r.Facts)) {
			fmt.Fprintf(&out, " %s=%s", slot, r.Facts[slot])
		}
		out.WriteString("\n")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(out.String()), 0o644))
}

// writeContent DIR writes the embedded content into a directory, for a script to break.
func writeContent(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.CopyFS(filepath.Join(ts.MkAbs(args[0]), "knowledge"), knowledge.Files))
	ts.Check(os.CopyFS(filepath.Join(ts.MkAbs(args[0]), "intents"), intents.Files))
}

// unquoteBytes FILE... turns escapes like \xff, with which scripts write what is no text, into bytes.
func unquoteBytes(ts *testscript.TestScript, _ bool, args []string) {
	for _, file := range args {
		var bytes strings.Builder
		for line := range strings.Lines(ts.ReadFile(file)) {
			text, err := strconv.Unquote(`"` + strings.TrimSuffix(line, "\n") + `"`)
			ts.Check(err)
			bytes.WriteString(text + "\n")
		}
		ts.Check(os.WriteFile(ts.MkAbs(file), []byte(bytes.String()), 0o644))
	}
}
