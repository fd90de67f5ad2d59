package canned

import (
	"fmt"
	"slices"
	"strings"

	"passdesk/internal/guide"
	"passdesk/internal/strictyaml"
)

// Format is the markup of the place into which a message is pasted.
type Format string

// The formats.
const (
	Plain    Format = "plain"
	HTML     Format = "html"     // a fragment of p, ol, ul, li, strong and a
	Markdown Format = "markdown" // CommonMark
	Slack    Format = "slack"    // mrkdwn
	Mail     Format = "mail"     // plain text with a subject; its tone is always ToneMail
)

// Formats lists every format.
func Formats() []Format { return []Format{Plain, HTML, Markdown, Slack, Mail} }

// Tone tells how a message begins and ends.
type Tone string

// The tones.
const (
	Bare     Tone = "bare" // the answer and nothing else; "" is the same
	ToneChat Tone = "chat" // a short greeting and closing
	ToneMail Tone = "mail" // a salutation, a closing and a signature
)

// Tones lists every tone.
func Tones() []Tone { return []Tone{Bare, ToneChat, ToneMail} }

// Options says how a message is to be written.
type Options struct {
	Language guide.Language
	Format   Format
	Tone     Tone
	Values   map[string]string // by name of variable; one that is blank counts as not filled in
}

// Message is finished text. All of it but the subject is in the format that was asked for.
type Message struct {
	Subject  string // in ToneMail only; plain text
	Greeting string // "" in Bare
	Body     string // the answers
	Closing  string // "" in Bare
	Text     string // greeting, body and closing together: what is pasted
}

// Render writes one answer. The error is a *MissingError or an *UnknownError, or says what is
// wrong with the content. There is no text then.
func (l *Library) Render(id string, o Options) (Message, error) {
	return l.Compose([]string{id}, o)
}

// Compose writes several answers as one message, in the order given, each under its title. An
// answer that is named twice, and a caution or link that was given before, are there once; links
// stand together at the end. One answer alone is as Render writes it. The errors are those of Render.
func (l *Library) Compose(ids []string, o Options) (Message, error) {
	ids, err := l.known(ids)
	if err != nil {
		return Message{}, err
	}
	if o, err = l.complete(o); err != nil {
		return Message{}, err
	}
	f := l.newFrame(ids, o)
	write := layoutFor(o.Format, o.Language, f.heading)
	m := Message{
		Subject:  f.subject(),
		Greeting: write.all(f.greeting()),
		Body:     write.all(l.body(ids, o.Language)),
		Closing:  write.all(f.closing()),
	}
	if err := f.err(); err != nil {
		return Message{}, err
	}
	m.Text = write.join(m.Greeting, m.Body, m.Closing)
	if strings.Contains(m.Subject+"\n"+m.Text, "{{") {
		return Message{}, fmt.Errorf("write %s: its text has {{, which customers must not see", strings.Join(ids, ", "))
	}
	return m, nil
}

// known returns the ids without repetitions, or an error if there is one that does not exist.
func (l *Library) known(ids []string) ([]string, error) {
	var once []string
	for _, id := range ids {
		if l.guide.Answer(id) == nil {
			return nil, &UnknownError{What: "answer", Name: id, Hint: strictyaml.Suggest(id, l.IDs())}
		}
		if !slices.Contains(once, id) {
			once = append(once, id)
		}
	}
	if len(once) == 0 {
		return nil, &UnknownError{What: "answer"}
	}
	return once, nil
}

// complete checks options and settles what follows from them.
func (l *Library) complete(o Options) (Options, error) {
	if err := oneOf("language", o.Language, guide.Languages()); err != nil {
		return o, err
	}
	if err := oneOf("format", o.Format, Formats()); err != nil {
		return o, err
	}
	if o.Tone == "" {
		o.Tone = Bare
	}
	if err := oneOf("tone", o.Tone, Tones()); err != nil {
		return o, err
	}
	if o.Format == Mail {
		o.Tone = ToneMail
	}
	var err error
	o.Values, err = l.cleaned(o.Values, o.Language)
	return o, err
}

func oneOf[T ~string](what string, name T, all []T) error {
	if slices.Contains(all, name) {
		return nil
	}
	names := make([]string, len(all))
	for i, n := range all {
		names[i] = string(n)
	}
	return &UnknownError{What: what, Name: string(name), Hint: strictyaml.Suggest(string(name), names)}
}
