package console

import (
	"errors"
	"fmt"
	"html/template"
	"strings"

	"passdesk/internal/canned"
	"passdesk/internal/guide"
)

// Around the name of a variable that is not filled in, within a text that is being written. Values
// have neither of them.
const (
	gapOpens  = "\uE000"
	gapCloses = "\uE001"
)

// written is one text in one format, ready to be pasted.
type written struct {
	canned.Message
	missing []string // variables that are not filled in; their gaps are still marked
}

// write writes a draft, with marked gaps where something is not filled in.
func write(l *canned.Library, d draft, o canned.Options) (written, error) {
	o.Values = map[string]string{}
	for name, value := range d.values {
		o.Values[name] = value
	}
	m, err := l.Compose(d.answers(), o)
	var gaps *canned.MissingError
	if errors.As(err, &gaps) {
		for _, name := range gaps.Variables {
			o.Values[name] = gapOpens + name + gapCloses
		}
		if m, err = l.Compose(d.answers(), o); err == nil {
			return written{m, gaps.Variables}, nil
		}
	}
	if err != nil {
		return written{}, fmt.Errorf("write message: %w", err)
	}
	return written{Message: m}, nil
}

// plain puts the names of what is missing where it is missing: whoever copies a gap, having been
// asked, copies one that can be seen.
func (w written) plain(text string, label func(variable string) string) string {
	for _, name := range w.missing {
		text = strings.ReplaceAll(text, gapOpens+name+gapCloses, "["+label(name)+"]")
	}
	return text
}

// html is plain for text that canned has written as HTML; it has escaped all there is to escape.
func (w written) html(label func(variable string) string) template.HTML {
	text := w.Text
	for _, name := range w.missing {
		gap := `<mark class="chip">` + template.HTMLEscapeString(label(name)) + `</mark>`
		text = strings.ReplaceAll(text, gapOpens+name+gapCloses, gap)
	}
	return template.HTML(text) // canned escapes texts and values
}

// copied is a format as it is copied: what stands on its button, and the texts behind it.
type copied struct {
	format string        // on buttons and text areas
	as     canned.Format // as canned writes it
	mail   bool          // a mail whatever the reply is going to be
	only   func(canned.Message) string
}

// Formats that are not canned's own: the page puts two texts into one clipboard item.
const (
	copyRich     = "rich"
	copySubject  = "subject"
	copyLink     = "link"
	copyMailHTML = "mail-html"
)

func whole(m canned.Message) string   { return m.Text }
func subject(m canned.Message) string { return m.Subject }

// texts are all texts that a page holds of a draft in a language.
func texts() []copied {
	return []copied{
		{string(canned.Plain), canned.Plain, false, whole},
		{string(canned.HTML), canned.HTML, false, whole},
		{string(canned.Markdown), canned.Markdown, false, whole},
		{string(canned.Slack), canned.Slack, false, whole},
		{string(canned.Mail), canned.Mail, true, whole},
		{copyMailHTML, canned.HTML, true, whole},
		{copySubject, canned.Mail, true, subject},
	}
}

// options are how canned is to write a text of a draft.
func (t copied) options(d draft, language guide.Language) canned.Options {
	o := canned.Options{Language: language, Format: t.as, Tone: d.tone}
	if t.mail {
		o.Tone = canned.ToneMail
	}
	return o
}
