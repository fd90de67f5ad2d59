package handover

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"passdesk/internal/chat"
)

// MailWords are the words of a mail beside those of the packet, in one language.
type MailWords struct {
	Subject      string // behind the reference
	Intro        string // first paragraph
	Reference    string // name of the code
	Time         string // name of the time, which is given in UTC
	Channel      string
	Conversation string // name of the conversation's id
	Content      string // name of the content's version
	Facts        string // heading: what is known
	Path         string // heading: what was asked
	Answers      string // heading: guidance shown
	Transcript   string // heading
	Nothing      string // stands under a heading that has nothing under it
	Unknown      string // stands for the answer to a question, if it is not known
	Failed       string // mark of guidance that did not work
	Omitted      string // name of the number of turns left out
	Customer     string // who speaks in the transcript
	Desk         string
	Agent        string // in front of the name of an agent who speaks
	Joined       string // says that an agent joined
	Left         string // says that an agent left
	Pressed      string // in front of the label of a button
	Changed      string // in front of what the customer wanted to answer anew
	Began        string // the customer opened the conversation without saying anything
}

// mailText is a packet as plain text. What others wrote is indented, so that nobody can write
// something that looks like a line of the desk's own.
func mailText(p Packet, w MailWords) string {
	t := &sheet{}
	t.line(w.Intro)
	t.line("")
	t.named(w.Reference, p.Reference)
	t.named(w.Time, stamp(p.Time))
	t.named(w.Channel, p.Channel)
	t.named(w.Conversation, p.Conversation)
	t.named(w.Content, p.Content)
	t.facts(p, w)
	t.path(p, w)
	t.answers(p, w)
	t.transcript(p, w)
	return t.String()
}

type sheet struct{ strings.Builder }

func (t *sheet) line(text string)        { t.WriteString(text + "\n") }
func (t *sheet) named(name, text string) { t.line(name + ": " + oneLine(text)) }

// heading writes a heading, and that there is nothing under it if so.
func (t *sheet) heading(text string, entries int, w MailWords) {
	t.line("\n== " + text + " ==")
	if entries == 0 {
		t.line(w.Nothing)
	}
}

func (t *sheet) facts(p Packet, w MailWords) {
	t.heading(w.Facts, len(p.Facts), w)
	for _, fact := range p.Facts {
		t.line("- " + or(fact.About, fact.Slot) + ": " + or(fact.Label, fact.Value))
	}
}

func (t *sheet) path(p Packet, w MailWords) {
	t.heading(w.Path, len(p.Path), w)
	for _, step := range p.Path {
		t.line("- " + or(step.Question, step.Slot))
		t.line("  > " + or(step.Label, or(step.Value, w.Unknown)))
	}
}

func (t *sheet) answers(p Packet, w MailWords) {
	t.heading(w.Answers, len(p.Answers), w)
	for _, answer := range p.Answers {
		mark := ""
		if answer.Failed {
			mark = " [" + w.Failed + "]"
		}
		t.line("- " + or(answer.Title, answer.ID) + " (" + answer.ID + ")" + mark)
		t.indented(answer.Summary)
	}
}

func (t *sheet) transcript(p Packet, w MailWords) {
	t.heading(w.Transcript, len(p.Transcript), w)
	if p.Omitted > 0 {
		t.named(w.Omitted, strconv.FormatInt(p.Omitted, 10))
	}
	for _, turn := range p.Transcript {
		t.line("\n" + strconv.FormatInt(turn.Sequence, 10) + ". " + stamp(turn.Time))
		t.line(speaker(turn, w) + ":")
		t.indented(said(turn, w))
		if turn.Desk != "" {
			t.line(w.Desk + ":")
			t.indented(turn.Desk)
		}
	}
}

func speaker(turn Turn, w MailWords) string {
	if turn.Agent == nil {
		return w.Customer
	}
	return oneLine(w.Agent + turn.Agent.Name)
}

func said(turn Turn, w MailWords) string {
	switch pressed := turn.Pressed; {
	case turn.Agent != nil && turn.Agent.Action == string(chat.AgentJoin):
		return w.Joined
	case turn.Agent != nil && turn.Agent.Action == string(chat.AgentLeave):
		return w.Left
	case pressed == nil && turn.Said.IsZero():
		return w.Nothing
	case pressed == nil:
		return turn.Said.String()
	case pressed.Action == "choose":
		return w.Pressed + ": " + or(pressed.Label, pressed.Slot+" = "+pressed.Value)
	case pressed.Action == "change":
		return w.Changed + ": " + or(pressed.Label, pressed.Slot)
	case pressed.Label == "":
		return w.Began
	default:
		return w.Pressed + ": " + pressed.Label
	}
}

func (t *sheet) indented(text string) {
	for line := range strings.Lines(plain(text)) {
		t.line(strings.TrimRight("    "+line, " \n"))
	}
}

// plain takes out what could make a text look like another one: control characters, and marks that
// turn the direction of writing.
func plain(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r' || r == '\u0085' || r == '\u2028' || r == '\u2029':
			return '\n'
		case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, text)
}

func oneLine(text string) string { return strings.Join(strings.Fields(plain(text)), " ") }

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }
