// Package author is what content authors run: check, stories, coverage and explanations.
// It exists so that content is proved before a customer meets it, in the authors' terms and
// with the place of every fault.
package author

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"passdesk/internal/guide"
	"passdesk/internal/strictyaml"
	"passdesk/internal/understand"
)

// Content is a set of files: what the desk knows, and what people write.
type Content struct {
	Knowledge, Intents             fs.FS
	KnowledgePrefix, IntentsPrefix string // put before file names in problems
}

// Directory returns the content in a directory: either one that holds knowledge/ or intents/ or
// both, or a knowledge directory itself. What it does not hold is taken from base.
func Directory(name string, base Content) (Content, error) {
	info, err := os.Stat(name)
	if err != nil {
		return Content{}, fmt.Errorf("open content: %w", err)
	}
	if !info.IsDir() {
		return Content{}, fmt.Errorf("open content: %s is not a directory", name)
	}
	content := base
	knowledge, intents := filepath.Join(name, "knowledge"), filepath.Join(name, "intents")
	if isDirectory(intents) {
		content.Intents, content.IntentsPrefix = os.DirFS(intents), intents+string(filepath.Separator)
		if _, err := os.Stat(filepath.Join(name, "tree.yaml")); err != nil && !isDirectory(knowledge) {
			return content, nil
		}
	}
	if !isDirectory(knowledge) {
		knowledge = name
	}
	content.Knowledge, content.KnowledgePrefix = os.DirFS(knowledge), knowledge+string(filepath.Separator)
	return content, nil
}

func isDirectory(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// Load makes a guide and a reader, or returns a *strictyaml.Error with every problem.
func (c Content) Load() (*guide.Guide, *understand.Reader, error) {
	g, err := guide.Load(c.Knowledge)
	if err != nil {
		return nil, nil, prefixed(err, c.KnowledgePrefix)
	}
	r, err := understand.New(g, c.Intents)
	if err != nil {
		return nil, nil, prefixed(err, c.IntentsPrefix)
	}
	return g, r, nil
}

// Examples makes a guide and reads what people write, without learning from it. The error is that
// of Load.
func (c Content) Examples() (*guide.Guide, *understand.Content, error) {
	g, err := guide.Load(c.Knowledge)
	if err != nil {
		return nil, nil, prefixed(err, c.KnowledgePrefix)
	}
	examples, err := understand.Load(c.Intents, g)
	if err != nil {
		return nil, nil, prefixed(err, c.IntentsPrefix)
	}
	return g, examples, nil
}

// Train learns from the examples and returns what a reader has to keep of that.
func (c Content) Train() ([]byte, error) {
	g, examples, err := c.Examples()
	if err != nil {
		return nil, err
	}
	return understand.Train(g, examples, examples.Examples).Saved(c.Intents)
}

// Stories reads the stories, which are then named as they lie on disk.
func (c Content) Stories(g *guide.Guide) ([]Story, error) {
	stories, err := LoadStories(c.Knowledge, g)
	if err != nil {
		return nil, prefixed(err, c.KnowledgePrefix)
	}
	for i := range stories {
		stories[i].File = c.KnowledgePrefix + stories[i].File
		for j := range stories[i].Turns {
			stories[i].Turns[j].File = stories[i].File
		}
	}
	return stories, nil
}

// prefixed puts the directory before the file names of problems.
func prefixed(err error, prefix string) error {
	var e *strictyaml.Error
	if !errors.As(err, &e) {
		return err
	}
	problems := make([]strictyaml.Problem, len(e.Problems))
	for i, p := range e.Problems {
		p.File = prefix + p.File
		problems[i] = p
	}
	return &strictyaml.Error{Problems: problems}
}
