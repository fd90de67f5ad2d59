package strictyaml_test

import (
	"testing/fstest"

	"passdesk/internal/strictyaml"
)

// read reads one file with this text and returns everything that was reported, also for what
// stands in it.
func read(text string) (ok bool, problems []string) {
	var report strictyaml.Report
	value, ok := strictyaml.Read(fstest.MapFS{"f.yaml": {Data: []byte(text)}}, "f.yaml", &report)
	if ok {
		visit(value)
	}
	for _, p := range report.Problems() {
		problems = append(problems, p.String())
	}
	return ok, problems
}

// visit reads a value as what it is, all the way down, as a loader would.
func visit(v strictyaml.Value) {
	switch {
	case v.IsMapping():
		for _, e := range v.Entries() {
			_ = e.Key.String()
			visit(e.Value)
		}
	case v.IsList():
		for _, item := range v.Items() {
			visit(item)
		}
	default:
		_ = v.String()
	}
}
