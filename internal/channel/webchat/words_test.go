package webchat_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"passdesk/internal/chat"
	"passdesk/internal/guide"
)

var (
	wordInPage = regexp.MustCompile(`Word "([a-z-]+)"`)
	wordInCode = regexp.MustCompile(`"([a-z]+(?:-[a-z]+)*)"`)
	note       = regexp.MustCompile(`note[A-Z][a-z]+ += "([a-z]+)"`)
)

// TestWords: every word that is shown exists, and every one that exists is shown.
func TestWords(t *testing.T) {
	used := map[string]bool{string(chat.Restart): true} // as what the command is called
	ids := guide.PageWords()[guide.PageChat]
	each := func(pattern string, read func(text string)) {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, file := range files {
			if regexp.MustCompile(`_test\.go$`).MatchString(file) {
				continue
			}
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			read(string(text))
		}
	}
	each("pages/*.html", func(text string) {
		for _, found := range wordInPage.FindAllStringSubmatch(text, -1) {
			if used[found[1]] = true; !slices.Contains(ids, found[1]) {
				t.Errorf("a page shows the word %q, which does not exist", found[1])
			}
		}
	})
	each("*.go", func(text string) {
		for _, found := range wordInCode.FindAllStringSubmatch(text, -1) {
			used[found[1]] = true
		}
		for _, found := range note.FindAllStringSubmatch(text, -1) {
			used["note-"+found[1]] = true
		}
	})
	for _, id := range ids {
		if !used[id] {
			t.Errorf("the word %q is never shown", id)
		}
	}
}
