package strictyaml_test

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/strictyaml"
)

const sample = `text: " a b "
number: 007
word: yes
empty:
list: [a, 1]
mapping: {x: y}
truth: true
twice: 1
twice: 2
text : 3
`

// field reads the sample and returns the value of one key with the report that its use fills.
func field(t *testing.T, key string) (strictyaml.Value, *strictyaml.Report) {
	t.Helper()
	scratch, report := &strictyaml.Report{}, &strictyaml.Report{}
	fsys := fstest.MapFS{"f.yaml": {Data: []byte(sample)}}
	index := -1
	v, _ := strictyaml.Read(fsys, "f.yaml", scratch)
	for i, e := range v.Entries() {
		if e.Key.String() == key {
			index = i
		}
	}
	if index < 0 {
		t.Fatalf("the sample has no key %q", key)
	}
	v, _ = strictyaml.Read(fsys, "f.yaml", report)
	value := v.Entries()[index].Value
	*report = strictyaml.Report{} // what Entries says of the sample itself
	return value, report
}

func TestValuesAreReadAsWritten(t *testing.T) {
	for key, want := range map[string]string{"text": "a b", "number": "007", "word": "yes", "truth": "true"} {
		v, report := field(t, key)
		if got := v.String(); got != want || report.Err() != nil {
			t.Errorf("%s: String() = %q, problems %v; want %q", key, got, report.Err(), want)
		}
	}
	list, report := field(t, "list")
	if diff := cmp.Diff([]string{"a", "1"}, list.Strings()); diff != "" || report.Err() != nil {
		t.Errorf("Strings(): problems %v (-want +got):\n%s", report.Err(), diff)
	}
	truth, report := field(t, "truth")
	if !truth.Bool() || report.Err() != nil {
		t.Errorf("Bool() = false for true, problems %v", report.Err())
	}
}

func TestValuesOfTheWrongKindAreReported(t *testing.T) {
	tests := []struct {
		key  string
		use  func(strictyaml.Value)
		want string
	}{
		{"empty", func(v strictyaml.Value) { _ = v.String() }, "f.yaml:4:7: expected a text, found nothing"},
		{"list", func(v strictyaml.Value) { _ = v.String() }, "f.yaml:5:7: expected a text, found a list"},
		{"mapping", func(v strictyaml.Value) { _ = v.String() }, "f.yaml:6:10: expected a text, found a mapping"},
		{"text", func(v strictyaml.Value) { v.Items() }, `f.yaml:1:7: expected a list, found " a b "`},
		{"mapping", func(v strictyaml.Value) { v.Strings() }, "f.yaml:6:10: expected a list, found a mapping"},
		{"list", func(v strictyaml.Value) { v.Entries() }, "f.yaml:5:7: expected a mapping (key: value), found a list"},
		{"empty", func(v strictyaml.Value) { v.Fields("a") }, "f.yaml:4:7: expected a mapping (key: value), found nothing"},
		{"text", func(v strictyaml.Value) { v.Bool() }, `f.yaml:1:7: expected true or false, found " a b "`},
		{"number", func(v strictyaml.Value) { v.Bool() }, `f.yaml:2:9: expected true or false, found "007"`},
		{"mapping", func(v strictyaml.Value) { v.Fields("xx", "z") }, `f.yaml:6:11: unknown key "x" (did you mean "xx"?)`},
	}
	for _, tt := range tests {
		v, report := field(t, tt.key)
		if tt.use(v); report.Err() == nil || report.Err().Error() != tt.want {
			t.Errorf("%s: got %v, want %s", tt.key, report.Err(), tt.want)
		}
	}
}

// The first value stands, so that one slip does not make a chain of problems.
func TestDuplicateKeysAreReportedAndTheFirstStands(t *testing.T) {
	var report strictyaml.Report
	v, _ := strictyaml.Read(fstest.MapFS{"f.yaml": {Data: []byte(sample)}}, "f.yaml", &report)
	fields := v.Fields("text", "number", "word", "empty", "list", "mapping", "truth", "twice")
	if got := fields["twice"].String(); got != "1" {
		t.Errorf("twice = %q, want the first value", got)
	}
	want := "f.yaml:9:1: duplicate key \"twice\", first used in line 8\n" +
		"f.yaml:10:1: duplicate key \"text\", first used in line 1"
	if got := report.Err(); got == nil || got.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", got, want)
	}
}

// Loaders read optional keys without asking first, so what is absent must be silent.
func TestAbsentValuesAreEmptyAndSilent(t *testing.T) {
	var v strictyaml.Value
	if v.Exists() || v.String() != "" || v.Bool() || v.Line() != 0 || v.Items() != nil || v.Entries() != nil || v.IsList() || v.IsMapping() {
		t.Errorf("the absent value is not empty: %+v", v)
	}
	v.Problemf("nobody hears this") // must not panic
}
