package strictyaml_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"passdesk/internal/strictyaml"
)

// FuzzRead promises that no bytes make reading panic or fail in silence, and that every problem
// names a place that is in the file.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		sample, "", "a: {b: c?}", "a: \"b", "- - - a\n", "? a\n: b\n", "a: &b c\nd: *b\n", "<<: {a: b}\n", "a: b\n---\nc: d\n",
		"a: |\n  b\n c: d\n", "!!str a: !x b\n", "\ufeffa: b", "a: b\r\nc: {d: e?}\r\n", "a: \xff", "[[[[[[", "a:\n\tb: c", "%TAG ! a\n", aliasBomb(),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var report strictyaml.Report
		v, ok := strictyaml.Read(fstest.MapFS{"f.yaml": {Data: data}}, "f.yaml", &report)
		if ok != v.Exists() || !ok && report.Err() == nil {
			t.Fatalf("ok = %v, value exists = %v, problems = %v", ok, v.Exists(), report.Err())
		}
		visit(v)
		lines := strings.Count(string(data), "\n") + 2 // what is missing at the end may be said to be missing behind it
		for _, p := range report.Problems() {
			if p.File != "f.yaml" || p.Message == "" || p.Line < 0 || p.Line > lines || (p.Line == 0) != (p.Column == 0) {
				t.Errorf("problem %q points outside a file of %d lines", p, lines)
			}
		}
	})
}
