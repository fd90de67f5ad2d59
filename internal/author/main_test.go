package author_test

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/author"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/strictyaml"
	"passdesk/knowledge"
)

var update = flag.Bool("update", false, "write the golden files anew")

var content = sync.OnceValue(func() *guide.Guide {
	g, err := guide.Load(knowledge.Files)
	if err != nil {
		panic(err)
	}
	return g
})

// read understands "slot=value", "#act" and "lang:xx" words: stories are about what follows from
// a reading, not about how it came to be.
func read(text string, expects dialogue.Expectation) dialogue.Reading {
	in := dialogue.Reading{Language: expects.Locale}
	for word := range strings.FieldsSeq(text) {
		if slot, value, ok := strings.Cut(word, "="); ok {
			in.Facts = append(in.Facts, dialogue.Heard{Fact: guide.Fact{Slot: slot, Value: value}, Confidence: .75})
		} else if act, ok := strings.CutPrefix(word, "#"); ok {
			in.Act = dialogue.Act(act)
		} else if language, ok := strings.CutPrefix(word, "lang:"); ok {
			in.Language = guide.Language(language)
		}
	}
	return in
}

// stories parses story files that must be sound.
func stories(t *testing.T, text string) []author.Story {
	t.Helper()
	s, err := author.LoadStories(fstest.MapFS{"stories/a.yaml": {Data: []byte(text)}}, content())
	if err != nil {
		t.Fatalf("stories: %v", err)
	}
	return s
}

// problems are the messages of an error, one a line.
func problems(t *testing.T, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	var e *strictyaml.Error
	if !errors.As(err, &e) {
		t.Fatalf("error is %T %v, want a list of problems", err, err)
	}
	return strings.Split(e.Error(), "\n")
}

// changed is a copy of files in which some are replaced, or removed with "".
func changed(t *testing.T, files fs.FS, changes map[string]string) fs.FS {
	t.Helper()
	all := fstest.MapFS{}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, name)
		all[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range changes {
		if delete(all, name); text != "" {
			all[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return all
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v (-update writes it)", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", file, diff)
	}
}
