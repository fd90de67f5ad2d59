package guide

import (
	"fmt"
	"maps"
	"slices"

	"passdesk/internal/strictyaml"
)

// The pages whose words are content, each in a file pages/NAME.yaml.
const (
	PageChat    = "chat"    // what customers see in a browser, help pages and the embedded window included
	PageConsole = "console" // what agents see
	PageCanned  = "canned"  // greetings and closings around canned answers
	PageSlack   = "slack"   // what people read in Slack beside the bot's answers
)

// PageWords lists the ids of every page's words. Load demands exactly these, so that no page ever
// has a hole where a word should be, and nobody translates what is never shown.
func PageWords() map[string][]string {
	return map[string][]string{PageChat: chatWords(), PageConsole: consoleWords(), PageCanned: cannedWords(), PageSlack: slackWords()}
}

// Words returns the words of a page by id, nil for an unknown page. The result is shared: do not
// change it.
func (g *Guide) Words(page string) map[string]Text { return g.pages[page] }

// WordsIn returns the words of a page by id in one language.
func (g *Guide) WordsIn(page string, language Language) map[string]string {
	words := make(map[string]string, len(g.pages[page]))
	for id, text := range g.pages[page] {
		words[id] = text.In(language)
	}
	return words
}

func (l *loader) loadPages() {
	for _, page := range slices.Sorted(maps.Keys(PageWords())) {
		l.loadPage(page, PageWords()[page])
	}
}

func (l *loader) loadPage(page string, ids []string) {
	name := "pages/" + page + ".yaml"
	file, ok := l.read(name)
	if !ok {
		return
	}
	words := map[string]Text{}
	for _, e := range file.Entries() {
		id := e.Key.String()
		if !slices.Contains(ids, id) {
			e.Key.Problemf("word %q is never shown%s", id, strictyaml.Suggest(id, ids))
		}
		words[id] = l.text(e.Value)
	}
	for _, id := range ids {
		if _, ok := words[id]; !ok {
			l.report.Add(strictyaml.Problem{File: name, Line: 1, Column: 1, Message: fmt.Sprintf("word %q is missing", id)})
		}
	}
	l.guide.pages[page] = words
}
