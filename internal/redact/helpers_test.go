package redact_test

import (
	"io/fs"
	"os"
	"strings"
	"sync"
	"testing"

	"gopkg.in/yaml.v3"

	"passdesk/internal/redact"
)

// shipped is a Cleaner with the content that is shipped, and the texts of the desk.
var shipped = sync.OnceValues(func() (*redact.Cleaner, error) {
	own, err := knowledgeTexts()
	if err != nil {
		return nil, err
	}
	return redact.New(os.DirFS("../../intents"), own)
})

func cleaner(t testing.TB) *redact.Cleaner {
	t.Helper()
	c, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// knowledgeTexts returns every text of the desk but its stories, which are played conversations.
func knowledgeTexts() ([]string, error) {
	var own []string
	root := os.DirFS("../../knowledge")
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".yaml") || strings.HasPrefix(name, "stories/") {
			return err
		}
		data, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		own = append(own, scalars(data)...)
		return nil
	})
	return own, err
}

// scalars returns every value that stands in a YAML file, whatever it is for.
func scalars(data []byte) []string {
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil {
		return nil
	}
	var all []string
	var visit func(n *yaml.Node)
	visit = func(n *yaml.Node) {
		if n.Kind == yaml.ScalarNode {
			all = append(all, n.Value)
		}
		for i, child := range n.Content {
			if n.Kind != yaml.MappingNode || i%2 == 1 {
				visit(child)
			}
		}
	}
	visit(&document)
	return all
}
