package author_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"passdesk/internal/author"
)

// TestDirectory lays out directories as authors do and asks where each folder was taken from.
func TestDirectory(t *testing.T) {
	tests := []struct {
		name               string
		files              []string
		knowledge, intents string // prefixes wanted, below the directory; "" is the embedded one
	}{
		{"both folders", []string{"knowledge/tree.yaml", "intents/vpn.en.yaml"}, "knowledge", "intents"},
		{"knowledge alone", []string{"knowledge/tree.yaml"}, "knowledge", ""},
		{"intents alone", []string{"intents/vpn.en.yaml"}, "", "intents"},
		{"a knowledge folder itself", []string{"tree.yaml", "stories/a.yaml"}, ".", ""},
		{"a knowledge folder with intents inside", []string{"tree.yaml", "intents/vpn.en.yaml"}, ".", "intents"},
		{"intents that is a file", []string{"knowledge/tree.yaml", "intents"}, "knowledge", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			directory := t.TempDir()
			for _, file := range test.files {
				write(t, filepath.Join(directory, file))
			}
			got, err := author.Directory(directory, embedded())
			if err != nil {
				t.Fatal(err)
			}
			prefix := func(folder, base string) string {
				if folder == "" {
					return base
				}
				return filepath.Join(directory, folder) + string(filepath.Separator)
			}
			want := [2]string{prefix(test.knowledge, "knowledge/"), prefix(test.intents, "intents/")}
			if got := [2]string{got.KnowledgePrefix, got.IntentsPrefix}; got != want {
				t.Errorf("prefixes %q, want %q", got, want)
			}
			if data, err := got.Knowledge.Open("tree.yaml"); err != nil {
				t.Errorf("knowledge: %v, %v", data, err)
			}
			if data, err := got.Intents.Open("vpn.en.yaml"); err != nil {
				t.Errorf("intents: %v, %v", data, err)
			}
		})
	}
	t.Run("a missing directory", func(t *testing.T) {
		if _, err := author.Directory(filepath.Join(t.TempDir(), "gone"), embedded()); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("error %v, want that it does not exist", err)
		}
	})
	t.Run("a file", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "tree.yaml")
		write(t, file)
		if _, err := author.Directory(file, embedded()); err == nil || !strings.Contains(err.Error(), "tree.yaml is not a directory") {
			t.Errorf("error %v, want that it is not a directory", err)
		}
	})
}

func write(t *testing.T, file string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("[]\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestLoad says where problems are told to be, for either folder.
func TestLoad(t *testing.T) {
	tests := []struct {
		name, want string
		content    author.Content
	}{
		{"knowledge", "knowledge/", author.Content{Knowledge: fstest.MapFS{}, Intents: embedded().Intents, KnowledgePrefix: "knowledge/", IntentsPrefix: "intents/"}},
		{"intents", "intents/", author.Content{Knowledge: embedded().Knowledge, Intents: fstest.MapFS{}, KnowledgePrefix: "knowledge/", IntentsPrefix: "intents/"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, _, err := test.content.Load()
			for _, p := range problems(t, err) {
				if !strings.HasPrefix(p, test.want) {
					t.Errorf("problem %q does not begin with %s", p, test.want)
				}
			}
			if err == nil {
				t.Error("an empty folder was loaded")
			}
		})
	}
	if g, r, err := embedded().Load(); err != nil || g == nil || r == nil {
		t.Errorf("Load of the shipped content: %v", err)
	}
}
