package canned

import (
	"fmt"
	"slices"
	"strings"
)

// Ids of the words around canned answers, as guide demands them.
const (
	wordTitle         = "title"    // of canned answers as a whole
	defaultWord       = "default-" // with the name of a variable behind it
	wordNamed         = "named-customer"
	wordMailSubject   = "mail-subject"
	wordSubjectCase   = "mail-subject-case"
	wordSeveral       = "several"
	wordMailGreeting  = "mail-greeting"
	wordMailClosing   = "mail-closing"
	wordChatGreeting  = "chat-greeting"
	wordChatNamed     = "chat-greeting-named"
	wordChatClosing   = "chat-closing"
	wordHeading       = "heading"
	variableTitle     = "title" // of the answer; agents do not fill it in
	paragraphBoundary = "\n\n"
)

// frame writes what stands around answers, and remembers what it could not fill in.
type frame struct {
	library *Library
	options Options
	title   string // of the answer, or of several
	missing []string
	unknown []string
}

func (l *Library) newFrame(ids []string, o Options) *frame {
	f := &frame{library: l, options: o, title: l.word(wordSeveral, o.Language)}
	if len(ids) == 1 {
		f.title = l.guide.Answer(ids[0]).Title.In(o.Language)
	}
	return f
}

func (f *frame) subject() string {
	switch {
	case f.options.Tone != ToneMail:
		return ""
	case f.options.Values[Case] != "":
		return f.words(wordSubjectCase, f.title)
	}
	return f.words(wordMailSubject, f.title)
}

func (f *frame) greeting() []block {
	switch {
	case f.options.Tone == ToneMail:
		return paragraphs(f.words(wordMailGreeting, f.title))
	case f.options.Tone == ToneChat && f.options.Values[Customer] != "":
		return paragraphs(f.words(wordChatNamed, f.title))
	case f.options.Tone == ToneChat:
		return paragraphs(f.words(wordChatGreeting, f.title))
	}
	return nil
}

func (f *frame) closing() []block {
	switch f.options.Tone {
	case ToneMail:
		return paragraphs(f.words(wordMailClosing, f.title))
	case ToneChat:
		return paragraphs(f.words(wordChatClosing, f.title))
	}
	return nil
}

// heading marks the title of one of several answers as such.
func (f *frame) heading(title string) string { return f.words(wordHeading, title) }

// words returns a word of the content with its variables filled in.
func (f *frame) words(id, title string) string {
	return expand(f.library.word(id, f.options.Language), func(name string) string {
		if name == variableTitle {
			return title
		}
		return f.value(name)
	})
}

// value is what stands for a variable: what was filled in, or its default.
func (f *frame) value(name string) string {
	if !slices.Contains(variableNames(), name) {
		f.unknown = append(f.unknown, name)
		return ""
	}
	value := f.options.Values[name]
	switch {
	case value == "":
		value = f.library.word(defaultWord+name, f.options.Language)
	case name == Customer:
		value = expand(f.library.word(wordNamed, f.options.Language), func(string) string { return value })
	}
	if value == "" && !slices.Contains(f.missing, name) {
		f.missing = append(f.missing, name)
	}
	return value
}

// err tells what could not be filled in.
func (f *frame) err() error {
	if len(f.unknown) > 0 {
		return fmt.Errorf("words around canned answers: there is no variable %q", f.unknown[0])
	}
	if len(f.missing) > 0 {
		return &MissingError{Variables: f.missing}
	}
	return nil
}

// paragraphs cuts a text at blank lines.
func paragraphs(text string) []block {
	var all []block
	for _, paragraph := range strings.Split(strings.TrimSpace(text), paragraphBoundary) {
		all = append(all, block{lines: strings.Split(paragraph, "\n")})
	}
	return all
}
