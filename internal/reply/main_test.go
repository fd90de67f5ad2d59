package reply_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/chat"
	"passdesk/internal/guide"
	"passdesk/knowledge"
)

var update = flag.Bool("update", false, "write the golden files anew")

// content is the real content, loaded once.
var content = sync.OnceValue(func() *guide.Guide {
	g, err := guide.Load(knowledge.Files)
	if err != nil {
		panic(err)
	}
	return g
})

// golden compares with testdata/golden/NAME.txt, or writes it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", "golden", name+".txt")
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v (go test ./internal/reply -update writes it)", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got); if the content was meant to change, run with -update:\n%s", file, diff)
	}
}

// sheet is all of a reply that a customer can see.
func sheet(r chat.Reply) string {
	var b strings.Builder
	b.WriteString(r.Text + "\n")
	section := func(title string, lines []string) {
		if len(lines) > 0 {
			fmt.Fprintf(&b, "\n-- %s --\n%s\n", title, strings.Join(lines, "\n"))
		}
	}
	var choices, commands, soFar []string
	for _, c := range r.Choices {
		line := fmt.Sprintf("%s: %s | %s | %s", c.Fact, c.Value, c.Label, c.Short)
		if c.Picture != "" {
			line += " | picture " + c.Picture
		}
		choices = append(choices, line)
	}
	for _, c := range r.Commands {
		commands = append(commands, fmt.Sprintf("%s | %s", c.Command, c.Label))
	}
	for _, l := range r.SoFar {
		soFar = append(soFar, fmt.Sprintf("%s | %s: %s", l.Fact, l.About, l.Label))
	}
	section("choices", choices)
	section("commands", commands)
	section("so far", soFar)
	return b.String()
}
