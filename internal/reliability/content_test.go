//go:build linux

package reliability_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// contentDirectory is a copy of the content that the program has in it, for editing.
type contentDirectory struct {
	testing.TB
	pristine string // as it was when the test began, whatever is edited in the tree meanwhile
	current  string // link to the directory of the content
}

func copyContent(tb testing.TB) *contentDirectory {
	tb.Helper()
	directory := tb.TempDir()
	c := &contentDirectory{TB: tb, pristine: filepath.Join("..", ".."), current: filepath.Join(directory, "current")}
	c.copyTo(filepath.Join(directory, "pristine"))
	c.pristine = filepath.Join(directory, "pristine")
	c.copyTo(filepath.Join(directory, "first"))
	must(tb, os.Symlink("first", c.current))
	return c
}

func (c *contentDirectory) copyTo(target string) {
	c.Helper()
	for _, part := range []string{"knowledge", "intents"} {
		must(c, os.CopyFS(filepath.Join(target, part), os.DirFS(filepath.Join(c.pristine, part))))
	}
}

// read is a file as it was copied.
func (c *contentDirectory) read(name string) string {
	c.Helper()
	content, err := os.ReadFile(filepath.Join(c.pristine, name))
	must(c, err)
	return string(content)
}

// write writes a file in place, as editors do that are in a hurry.
func (c *contentDirectory) write(name, content string) {
	c.Helper()
	must(c, os.WriteFile(filepath.Join(c.current, name), []byte(content), 0o600))
}

// rename writes a file under another name first, as careful editors do.
func (c *contentDirectory) rename(name, content string) {
	c.Helper()
	c.write(name+".new", content)
	must(c, os.Rename(filepath.Join(c.current, name+".new"), filepath.Join(c.current, name)))
}

// swap makes the link point to another copy, in which a file is different.
func (c *contentDirectory) swap(to, name, content string) {
	c.Helper()
	target := filepath.Join(filepath.Dir(c.current), to)
	c.copyTo(target)
	must(c, os.WriteFile(filepath.Join(target, name), []byte(content), 0o600))
	must(c, os.Symlink(to, c.current+".new"))
	must(c, os.Rename(c.current+".new", c.current))
}

// rephrased is the file of phrases with something in it exchanged that must be there.
func (c *contentDirectory) rephrased(from, to string) string {
	c.Helper()
	content := c.read(phrases)
	if !strings.Contains(content, from) {
		c.Fatalf("%s does not say %q any more; the test must be changed with it", phrases, from)
	}
	return strings.Replace(content, from, to, 1)
}
