package canned

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"passdesk/internal/guide"
)

// Target is what answers are exported for.
type Target string

// The targets.
const (
	ToEspanso  Target = "espanso" // a match file
	ToCSV      Target = "csv"
	ToJSON     Target = "json"
	ToMarkdown Target = "markdown" // one document, to read or to print
	ToZendesk  Target = "zendesk"  // macros
	ToChatwoot Target = "chatwoot" // canned responses
)

// Targets lists every target.
func Targets() []Target {
	return []Target{ToEspanso, ToCSV, ToJSON, ToMarkdown, ToZendesk, ToChatwoot}
}

// Export writes all answers, bare, in the given languages; none means all of them.
func (l *Library) Export(w io.Writer, target Target, languages ...guide.Language) error {
	if err := oneOf("export format", target, Targets()); err != nil {
		return err
	}
	if len(languages) == 0 {
		languages = guide.Languages()
	}
	answers, err := l.exported(languages)
	if err != nil {
		return fmt.Errorf("export %s: %w", target, err)
	}
	switch target {
	case ToEspanso:
		err = writeEspanso(w, answers)
	case ToCSV:
		err = writeCSV(w, answers)
	case ToJSON:
		err = writeJSON(w, file{Content: l.guide.Version(), Answers: answers})
	case ToMarkdown:
		err = writeMarkdown(w, l.word(wordTitle, languages[0]), answers)
	case ToZendesk:
		err = writeJSON(w, zendesk(answers))
	default:
		err = writeJSON(w, chatwoot(answers))
	}
	if err != nil {
		return fmt.Errorf("export %s: %w", target, err)
	}
	return nil
}

// file is the export as JSON.
type file struct {
	Content string     `json:"content"` // version
	Answers []exported `json:"answers"`
}

// exported is one answer in one language and every format.
type exported struct {
	ID       string         `json:"id"`
	Language guide.Language `json:"language"`
	Title    string         `json:"title"`
	Keywords []string       `json:"keywords"`
	Plain    string         `json:"plain"`
	HTML     string         `json:"html"`
	Markdown string         `json:"markdown"`
	Slack    string         `json:"slack"`
	Note     string         `json:"agent-note,omitempty"`
	Reviewed string         `json:"reviewed"`
	ReviewBy string         `json:"review-by"`
}

func (l *Library) exported(languages []guide.Language) ([]exported, error) {
	var all []exported
	for _, language := range languages {
		for _, id := range l.IDs() {
			a := l.guide.Answer(id)
			e := exported{
				ID: id, Language: language, Title: a.Title.In(language), Keywords: l.Keywords(id, language),
				Note: a.AgentNote.In(language), Reviewed: a.Reviewed, ReviewBy: a.ReviewBy,
			}
			if err := l.fill(&e); err != nil {
				return nil, err
			}
			all = append(all, e)
		}
	}
	return all, nil
}

func (l *Library) fill(e *exported) error {
	for format, text := range map[Format]*string{Plain: &e.Plain, HTML: &e.HTML, Markdown: &e.Markdown, Slack: &e.Slack} {
		m, err := l.Render(e.ID, Options{Language: e.Language, Format: format})
		if err != nil {
			return err
		}
		if strings.Contains(m.Text, "{%") { // what help desks take for a command, as they do {{
			return fmt.Errorf("write %s: its text has {%%", e.ID)
		}
		*text = m.Text
	}
	return nil
}

func writeJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}
