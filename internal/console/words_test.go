package console_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"passdesk/internal/canned"
	"passdesk/internal/chat"
	"passdesk/internal/console"
	"passdesk/internal/guide"
)

// TestWords: templates and code ask for the words that there are, and for all of them.
func TestWords(t *testing.T) {
	var source strings.Builder
	for _, pattern := range []string{"*.go", "templates/*.html"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			source.Write(data)
		}
	}
	all := guide.PageWords()[guide.PageConsole]
	asked := map[string]bool{}
	for _, m := range regexp.MustCompile(`Word "([a-z-]+)"`).FindAllStringSubmatch(source.String(), -1) {
		asked[m[1]] = true
	}
	for prefix, ends := range endings() {
		if !strings.Contains(source.String(), `"`+prefix) {
			t.Errorf("nobody asks for words that begin with %q", prefix)
		}
		for _, end := range ends {
			asked[prefix+end] = true
		}
	}
	for id := range asked {
		if !slices.Contains(all, id) {
			t.Errorf("there is no word %q", id)
		}
	}
	for _, id := range all {
		if !asked[id] && !strings.Contains(source.String(), `"`+id+`"`) {
			t.Errorf("nobody asks for the word %q", id)
		}
	}
}

// endings are the words that are asked for in parts, by how they begin.
func endings() map[string][]string {
	all := map[string][]string{
		"event-": {string(chat.AgentJoin), string(chat.AgentLeave), string(chat.AgentClose)}, "by-": {"customer", "bot", "agent", "event"},
		"cases-": {"open", "mine", "taken", "closed"}, "outcome-": {"solved", "not-solved", "other"},
		"sign-in-": {string(console.SignInWrong), string(console.SignInTooMany), string(console.SignInFailed)},
		"kind-":    {string(canned.ToneMail), string(canned.ToneChat)}, "copied-": {"plain", "rich", "mail", "subject", "slack", "markdown", "link"},
		"copy-": {"plain", "rich", "mail", "subject", "slack", "markdown", "link", "html", "mail-html"},
	}
	for _, language := range guide.Languages() {
		all["name-"] = append(all["name-"], string(language))
	}
	for _, v := range canned.New(content(), nil).Variables(guide.English) {
		all["variable-"] = append(all["variable-"], v.Name)
	}
	return all
}
