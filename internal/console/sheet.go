package console

import (
	"html/template"
	"slices"
	"strings"

	"passdesk/internal/canned"
	"passdesk/internal/guide"
)

// sheet is what a draft looks like: what can be filled in, the answers, and their text in both languages.
type sheet struct {
	Fields      []field
	Languages   []option
	Kinds       []option
	Query, Walk string
	Guided      guide.Language

	Added   []string
	Now     string
	Parts   []part
	Formats []button
	Twins   []twin
	Version string
	Several bool
}

// field is a variable that can be filled in.
type field struct {
	Name, Label, Value, Default string
}

// option is one of a few that exclude each other.
type option struct {
	Value, Label string
	Chosen       bool
}

// button copies a format.
type button struct {
	Format, Label, Copied, Key string
}

// part is one answer of the message.
type part struct {
	ID                     string
	Title, Note            guide.Text
	Tentative, First, Last bool
	Pages                  []pageLink
	Sources                []*guide.Source
	Reviewed, ReviewBy     string
	Overdue                bool
}

// pageLink is an answer's page for customers.
type pageLink struct {
	Language      guide.Language
	Name, Address string
}

// twin is the message in one language.
type twin struct {
	Language guide.Language
	Name     string
	HTML     template.HTML
	Missing  []field
	Texts    []text
}

// text is the message in one language and format, the labels of what is missing in it, and the first
// variable to fill in.
type text struct {
	Format, Label, Text, Missing, First string
}

// sheet lays a draft out. The error is a fault of the content.
func (c *Console) sheet(p page, d draft) (*sheet, error) {
	s := &sheet{
		Query: d.query, Walk: d.walk, Guided: d.guided, Added: d.added, Now: d.now, Version: p.guide.Version(),
	}
	library, label := c.options.Canned(), labels(p)
	for _, v := range library.Variables(d.language) {
		s.Fields = append(s.Fields, field{v.Name, label(v.Name), d.values[v.Name], v.Default})
	}
	for _, l := range guide.Languages() {
		s.Languages = append(s.Languages, option{string(l), p.wordOf("name-" + string(l)), l == d.language})
	}
	for _, tone := range []canned.Tone{canned.ToneMail, canned.ToneChat} {
		s.Kinds = append(s.Kinds, option{string(tone), p.wordOf("kind-" + string(tone)), tone == d.tone})
	}
	if len(d.answers()) == 0 {
		return s, nil
	}
	s.Formats, s.Several = buttons(p), len(d.answers()) > 1
	for i, id := range d.answers() {
		s.Parts = append(s.Parts, c.part(p, d, i, id))
	}
	for _, l := range guide.Languages() {
		t, err := c.twin(p, library, d, l)
		if err != nil {
			return nil, err
		}
		s.Twins = append(s.Twins, t)
	}
	return s, nil
}

// labels name variables as the console does.
func labels(p page) func(variable string) string {
	return func(variable string) string { return p.wordOf("variable-" + variable) }
}

// buttons are the ways to copy, most used first.
func buttons(p page) []button {
	keys := map[string]string{string(canned.Plain): "Enter", copyRich: "Ctrl+B", string(canned.Mail): "Ctrl+M"}
	var all []button
	for _, format := range []string{string(canned.Plain), copyRich, string(canned.Mail), copySubject, string(canned.Slack), string(canned.Markdown), copyLink} {
		all = append(all, button{format, p.wordOf("copy-" + format), p.wordOf("copied-" + format), keys[format]})
	}
	return all
}

func (c *Console) part(p page, d draft, i int, id string) part {
	a := p.guide.Answer(id)
	shown := part{
		ID: id, Title: a.Title, Note: a.AgentNote, Tentative: !slices.Contains(d.added, id),
		First: i == 0, Last: i == len(d.added)-1,
		Reviewed: a.Reviewed, ReviewBy: a.ReviewBy, Overdue: a.ReviewBy < p.now.Format("2006-01-02"),
	}
	for _, l := range guide.Languages() {
		shown.Pages = append(shown.Pages, pageLink{l, p.wordOf("name-" + string(l)), c.options.Help(l, id)})
	}
	for _, key := range a.Sources {
		if s := p.guide.Source(key); s != nil {
			shown.Sources = append(shown.Sources, s)
		}
	}
	return shown
}

// twin writes a draft in one language, in every format.
func (c *Console) twin(p page, l *canned.Library, d draft, language guide.Language) (twin, error) {
	label := labels(p)
	theirs := labels(page{guide: p.guide, Language: language}) // gaps within a text are in its language
	t := twin{Language: language, Name: p.wordOf("name-" + string(language))}
	for _, wanted := range texts() {
		w, err := write(l, d, wanted.options(d, language))
		if err != nil {
			return t, err
		}
		t.Texts = append(t.Texts, textOf(p, wanted, w, theirs))
		if wanted.format == string(canned.HTML) {
			t.HTML = w.html(theirs)
			for _, name := range w.missing {
				t.Missing = append(t.Missing, field{Name: name, Label: label(name)})
			}
		}
	}
	return t, nil
}

func textOf(p page, wanted copied, w written, gap func(variable string) string) text {
	t := text{Format: wanted.format, Label: p.wordOf("copy-" + wanted.format), Text: w.plain(wanted.only(w.Message), gap)}
	var missing []string
	for _, name := range w.missing {
		missing = append(missing, p.wordOf("variable-"+name))
	}
	if t.Missing = strings.Join(missing, " · "); len(missing) > 0 {
		t.First = w.missing[0]
	}
	return t
}
