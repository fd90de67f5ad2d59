package strictyaml_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/strictyaml"
)

func TestReadWantsExactlyOneDocument(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"nothing", "", "0:0: file is empty"},
		{"blanks", " \n\n", "0:0: file is empty"},
		{"comment only", "# a: b\n", "0:0: file is empty"},
		{"one document", "a: b\n", ""},
		{"one document with marks", "---\na: b\n...\n", ""},
		{"second document", "a: b\n---\nc: d\n", "2:1: a second document starts here; a content file holds one"},
		{"second document after an end mark", "a: b\n...\n---\nc: d\n", "3:1: a second document starts here; a content file holds one"},
		{"mark without a document", "a: b\n---\n", "2:1: a second document starts here; a content file holds one"},
		{"only a mark", "---\n", "2:1: expected a text, found nothing"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { expect(t, tt.text, tt.want) })
	}
}

// denied is a directory whose files may not be opened.
type denied struct{}

func (denied) Open(string) (fs.File, error) { return nil, fs.ErrPermission }

func TestReadTellsOfFilesThatCannotBeRead(t *testing.T) {
	files := fstest.MapFS{"d.yaml/inside": {Data: []byte("a")}}
	tests := []struct {
		fsys       fs.FS
		file, want string
	}{
		{files, "none.yaml", "none.yaml:0:0: file is missing"},
		{files, "d.yaml", "d.yaml:0:0: read: read d.yaml: invalid argument"},
		{denied{}, "a.yaml", "a.yaml:0:0: open: permission denied"},
	}
	for _, tt := range tests {
		var report strictyaml.Report
		_, ok := strictyaml.Read(tt.fsys, tt.file, &report)
		if ok || report.Err() == nil || report.Err().Error() != tt.want {
			t.Errorf("Read(%q): ok = %v, problems = %v; want %s", tt.file, ok, report.Err(), tt.want)
		}
	}
}

func TestAliasesAnchorsAndMergesAreRefused(t *testing.T) {
	_, got := read("a: &x {b: c}\nd: *x\ne: &y f\ng: &z [h]\n<<: *x\n")
	want := []string{
		"f.yaml:1:4: anchors (&x) are not used here; name a shared branch instead",
		"f.yaml:2:4: expected a text, found an alias (*x)",
		"f.yaml:3:4: anchors (&y) are not used here; name a shared branch instead",
		"f.yaml:4:4: anchors (&z) are not used here; name a shared branch instead",
		"f.yaml:5:5: expected a text, found an alias (*x)",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func TestReportIsSortedAndHasNoRepeats(t *testing.T) {
	var report strictyaml.Report
	if err := report.Err(); err != nil {
		t.Errorf("an empty report has the error %v", err)
	}
	for _, p := range []strictyaml.Problem{
		{File: "b", Line: 1, Column: 1, Message: "m"}, {File: "a", Line: 10, Column: 1, Message: "m"},
		{File: "a", Line: 9, Column: 2, Message: "m"}, {File: "a", Line: 9, Column: 1, Message: "n"},
		{File: "a", Line: 9, Column: 1, Message: "m"}, {File: "b", Line: 1, Column: 1, Message: "m"},
	} {
		report.Add(p)
	}
	want := "a:9:1: m\na:9:1: n\na:9:2: m\na:10:1: m\nb:1:1: m"
	if got := report.Err().Error(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
