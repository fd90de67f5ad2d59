package guide_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/guide"
	"passdesk/internal/strictyaml"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// mistake is one fault in otherwise sound content. All that Load says about it is in
// testdata/problems, in a file of the same name.
type mistake struct {
	name  string
	edits []edit
}

// one is a mistake in one place.
func one(name, file, old, text string) mistake {
	return mistake{name, []edit{{file, old, text}}}
}

func TestEveryMistakeIsReportedWhereItStands(t *testing.T) {
	seen := map[string]bool{}
	for _, table := range [][]mistake{treeMistakes(), proofMistakes(), textMistakes(), answerMistakes(), referenceMistakes(), fileMistakes(), pictureMistakes()} {
		for _, m := range table {
			if seen[m.name] {
				t.Fatalf("two mistakes are called %q", m.name)
			}
			seen[m.name] = true
			t.Run(m.name, func(t *testing.T) {
				g, err := guide.Load(broken(t, m.edits...))
				var problems *strictyaml.Error
				if !errors.As(err, &problems) || g != nil {
					t.Fatalf("Load = guide %v, error %v; want no guide and a list of problems", g != nil, err)
				}
				golden(t, m.name, problems.Error()+"\n")
			})
		}
	}
	noStrayGoldens(t, seen)
}

// golden compares with a file under testdata/problems, or writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", "problems", strings.ReplaceAll(name, " ", "-")+".txt")
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v (run with -update to write it)", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

// noStrayGoldens reports golden files whose test is gone.
func noStrayGoldens(t *testing.T, names map[string]bool) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "problems", "*.txt"))
	if err != nil || len(files) != len(names) {
		t.Errorf("testdata/problems has %d files (%v), want one for each of %d mistakes", len(files), err, len(names))
	}
}
