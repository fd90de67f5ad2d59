package strictyaml_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// An author who is sent to the wrong line of a long file does not find the fault. The decoder's
// own line is wrong in every case that is not marked "scanner", and absent in the first line.
func TestSyntaxErrorsNameTheLineOfTheFault(t *testing.T) {
	const (
		brace   = "did not find expected ',' or '}'; inside { } and [ ] put texts in double quotes"
		bracket = "did not find expected ',' or ']'; inside { } and [ ] put texts in double quotes"
		key     = "did not find expected key"
	)
	tests := []struct {
		name, text string
		want       string
	}{
		{"question mark in braces, first line", "a: {en: Is it right?, ja: x}\nb: c\n", "1: " + brace},
		{"question mark in braces", "a: 1\nb: {ja: x, en: Is it right?, z: q}\nc: d\n", "2: " + brace},
		{"question mark before the brace", "a: 1\nb: {ja: x, en: Is it right?}\nc: d\n", "2: " + brace},
		{"question mark at the start of a text", "a: 1\nb: {ja: ?x, en: y}\nc: d\n", "2: did not find expected node content"},
		{"question mark in a list", "a: 1\nb: [x, what? now, y]\nc: d\n", "2: " + bracket},
		{"question mark, Japanese", "a: 1\nb:\n  - {ja: 本当?です, en: x}\nc: d\n", "3: " + brace},
		{"question mark in braces over several lines", "a: 1\nb: {ja: x,\n    en: Is it right?,\n    z: q}\nc: d\n",
			"3: " + brace + ", and close the bracket of line 2"},
		{"question mark, comments around", "# c\na: 1 # c\n# c\nb: {x: y?, z: q} # c\n\n# c\nc: d # c\n", "4: " + brace},
		{"question mark, the rest one token a line", "a: 1\nb: {x: y?\n,\nz\n, q: r}\nc: d\n", "2: " + brace},
		{"missing comma", "a: 1\nb: {ja: \"x\" en: \"y\"}\nc: d\n", "2: " + brace},
		{"brace not closed", "a: 1\nb: {ja: \"x\", en: \"y\"\nc: d\ne: f\n", "3: " + brace + ", and close the bracket of line 2"},
		{"brace not closed at the end", "a: 1\nb: {ja: \"x\", en: \"y\"\n", "2: " + brace},
		{"bracket not closed", "a: 1\nb: [x, y\nc: d\ne: f\n", "3: " + bracket + ", and close the bracket of line 2"},
		{"bracket closed as brace", "a: 1\nb: [c, d}\ne: f\n", "2: " + bracket},
		{"one brace too many", "a: 1\nb: {c: d}}\ne: f\n", "2: " + key},
		{"text after a quoted text", "a: 1\nb: \"x\" y\nc: d\n", "2: " + key},
		{"quote not closed until the next", "a: 1\nb: \"x\nc: \"d\"\ne: f\n", "3: " + key},
		{"quote not closed (scanner)", "a: 1\nb: \"x\nc: d\n", "2: found unexpected end of stream"},
		{"too little indentation", "a: 1\nb:\n    c: d\n  e: f\ng: h\n", "4: " + key},
		{"too little indentation, far from the start of its block",
			"a:\n" + strings.Repeat("    b: c\n", 300) + "  d: e\n" + strings.Repeat("    f: g\n", 300), "302: " + key},
		{"dash with too little indentation", "a: 1\nb:\n  - c\n - d\ng: h\n", "4: " + key},
		{"list that becomes a mapping", "a:\n  - b\n  - c\n  d: e\nf: g\n", "4: did not find expected '-' indicator"},
		{"too much indentation (scanner)", "a: 1\nb:\n  c: d\n   e: f\ng: h\n", "4: mapping values are not allowed in this context"},
		{"two colons (scanner)", "a: 1\nb: c: d\n", "2: mapping values are not allowed in this context"},
		{"two colons in the first line", "b: c: d\n", "1: mapping values are not allowed in this context"},
		{"tab as indentation (scanner)", "a: 1\nb:\n\tc: d\n", "3: found character that cannot start any token"},
		{"no colon (scanner)", "a: 1\nb\nc: d\n", "2: could not find expected ':'"},
		{"at sign (scanner)", "a: 1\nb: @c\n", "2: found character that cannot start any token"},
		{"alias by accident", "a: 1\nb: *important\nc: d\n", "2: unknown anchor 'important' referenced"},
		{"alias by accident, Markdown (scanner)", "a: 1\nb: *important*\n", "2: did not find expected alphabetic or numeric character"},
		{"tag by accident", "a: 1\nb: !x!y z\nc: d\n", "2: found undefined tag handle"},
		{"fault in a second document", "a: 1\n---\nb: {c: d? e}\n", "3: " + brace},
		{"behind a byte order mark", "\ufeffa: 1\nb: {c: d? e}\n", "2: " + brace},
		{"Windows line ends", "a: 1\r\nb: {c: d? e}\r\nf: g\r\n", "2: " + brace},
		{"long lines", "a: \"" + strings.Repeat("x", 5000) + "\"\nb: {c: d? e}\nf: \"" + strings.Repeat("x", 5000) + "\"\n", "2: " + brace},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ok, got := read(tt.text)
			line, message, _ := strings.Cut(tt.want, ": ")
			want := []string{"f.yaml:" + line + ":1: YAML syntax: " + message}
			if diff := cmp.Diff(want, got); diff != "" || ok {
				t.Errorf("Read(%.200q): ok = %v, problems (-want +got):\n%s", tt.text, ok, diff)
			}
		})
	}
}

// What the question mark does inside { } it does not do outside, nor in quotes.
func TestQuestionMarksAreFineOutsideBracesOrQuoted(t *testing.T) {
	for _, text := range []string{"a: Is it right?\n", "a: {b: \"Is it right?\"}\n", "a: ['what?']\n", "- ja: 本当?\n"} {
		if ok, problems := read(text); !ok || problems != nil {
			t.Errorf("Read(%q): ok = %v, problems = %q; want none", text, ok, problems)
		}
	}
}
