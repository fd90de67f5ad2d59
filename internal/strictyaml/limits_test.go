package strictyaml_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/strictyaml"
)

func TestFilesBeyondTheLimitsAreRefusedWithTheirLine(t *testing.T) {
	deep := func(levels int, open, shut string) string {
		return "a: " + strings.Repeat(open, levels) + "b" + strings.Repeat(shut, levels) + "\n"
	}
	indented := func(levels int) string {
		var b strings.Builder
		for i := range levels {
			fmt.Fprintf(&b, "%*sa:\n", 2*i, "")
		}
		return b.String() + strings.Repeat(" ", 2*levels) + "b"
	}
	const brackets, blocks = "brackets are nested deeper than 24 levels", "blocks are nested deeper than 24 levels"
	tests := []struct {
		name, text string
		want       string // "" if it must be read without a problem
	}{
		{"24 brackets", deep(24, "[", "]"), ""},
		{"25 brackets", "x: y\n" + deep(25, "[", "]"), "2:1: " + brackets},
		{"25 braces", deep(25, "{a: ", "}"), "1:1: " + brackets},
		{"25 brackets over 25 lines", strings.Repeat("[\n", 25), "25:1: " + brackets},
		{"one of 24 brackets closed, two more opened", "a: " + strings.Repeat("[", 24) + "],[[", "1:1: " + brackets},
		{"brackets that are closed again", strings.Repeat("- [a]\n", 50), ""},
		{"24 indentations", indented(24), ""},
		{"25 indentations", indented(25), "26:1: " + blocks},
		{"24 dashes", strings.Repeat("- ", 24) + "a", ""},
		{"25 dashes", "- a\n" + strings.Repeat("- ", 25) + "a", "2:1: " + blocks},
		{"25 question marks", strings.Repeat("? ", 25) + "a", "1:1: " + blocks},
		{"dashes with nothing behind", strings.Repeat("- ", 25) + "\n", "1:1: " + blocks},
		{"deep dash with a comment", strings.Repeat(" ", 60) + "- # c\n", "1:1: " + blocks},
		{"comment far to the right", "a:\n" + strings.Repeat(" ", 80) + "# c\n  b: c\n", ""},
		{"blank line with many blanks", "a: b\n" + strings.Repeat(" ", 80) + "\nc: d\n", ""},
		{"too many lines", strings.Repeat("#\n", 30_000), "25001:1: file has more than 25000 items; split it"},
		{"too many items in one line", "[" + strings.Repeat("1,", 30_000) + "1]", "1:1: file has more than 25000 items; split it"},
		{"dashes count as items", strings.Repeat("- - - - a\n", 10_000), "5001:1: file has more than 25000 items; split it"},
		{"largest file", "a: " + strings.Repeat("b", strictyaml.MaxBytes-3), ""},
		{"one byte too large", "a: " + strings.Repeat("b", strictyaml.MaxBytes-2), "0:0: file is larger than 512 KiB; split it"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { expect(t, tt.text, tt.want) })
	}
}

func TestFilesWithInvisibleCharactersAreRefusedWithTheirLine(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"NUL", "a: b\nc: \x00d\n", "2:1: file has a NUL byte"},
		{"only NUL", "\x00", "1:1: file has a NUL byte"},
		{"invalid UTF-8", "a: b\nc: \xff\xfe\n", "2:1: file is not valid UTF-8"},
		{"Shift JIS", "a: \x83p\x83X\n", "1:1: file is not valid UTF-8"},
		{"UTF-16", "\xff\xfea\x00", "1:1: file is not valid UTF-8"},
		{"half a surrogate", "a: \xed\xa0\x80\n", "1:1: file is not valid UTF-8"},
		{"control character", "a: \x1b[0m\n", "1:1: invisible character U+001B; delete it"},
		{"next line", "a: b\u0085c: d\n", "1:1: invisible character U+0085; delete it"},
		{"line separator", "a: b\nc: d\u2028e\n", "2:1: invisible character U+2028; delete it"},
		{"old Mac line end", "a: b\rc: d\r", "1:1: invisible character U+000D; delete it"},
		{"directive", "%YAML 1.2\n---\na: b\n", "1:1: line starts with %; put the text in quotes"},
		{"Windows line ends", "a: b\r\nc: d\r\n", ""},
		{"byte order mark", "\ufeffa: b\n", ""},
		{"tab between words", "a: b\tc\n", ""},
		{"emoji and combining characters", "a: 👩‍👩‍👧 が\n", ""},
		{"percent within a line", "a: 100 %\n", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { expect(t, tt.text, tt.want) })
	}
}

// expect reads the text and wants exactly one problem, or none.
func expect(t *testing.T, text, want string) {
	t.Helper()
	_, got := read(text)
	var problems []string
	if want != "" {
		problems = []string{"f.yaml:" + want}
	}
	if diff := cmp.Diff(problems, got); diff != "" {
		t.Errorf("Read(%.200q): problems (-want +got):\n%s", text, diff)
	}
}
