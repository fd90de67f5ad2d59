// Package blocks is what people see of the desk in Slack, and the proof that Slack takes it.
// It exists so that no reply, in whichever language, can be refused for its size or read as markup that
// it is not.
package blocks

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"passdesk/internal/chat"
)

// Words are the words of the Slack page by id, in one language.
type Words map[string]string

// Message is something to post. Text is what notifications and screen readers get; it is never empty.
type Message struct {
	Text   string
	Blocks []slack.Block
	Cut    bool `json:"-"` // something was left out, since Slack would have refused the whole
}

// Picture is where everybody can get a drawing, and what it shows in words.
type Picture func(id string) (url, alt string, ok bool)

func plain(text string) *slack.TextBlockObject {
	return &slack.TextBlockObject{Type: slack.PlainTextType, Text: text}
}

// Reply is what the bot says in a turn: its parts, the choices as buttons, and what can always be done.
func Reply(r chat.Reply, turn int64, w Words, picture Picture) Message {
	rows := []slack.Block{row(blockID("q", r.Ask, turn), choices(r, turn))}
	if r.Answer != "" && r.Ask == "" {
		rows = append(rows, solved(r, turn, w))
	}
	rows = append(rows, row(blockID("c", r.Ask, turn), commands(r, turn, w)))
	told := 0
	if r.Masked {
		told = min(1, len(r.Parts)) // the first says so
	}
	all := said(r.Parts[:told], picture)
	if r.Masked {
		all = append(all, paragraphs(w["masked"])...)
	}
	return message(fallback(r), append(all, said(r.Parts[told:], picture)...), rows...)
}

func row(id string, elements []slack.BlockElement) slack.Block {
	return &slack.ActionBlock{Type: slack.MBTAction, BlockID: id, Elements: &slack.BlockElements{ElementSet: elements}}
}

// Settled is the same without its buttons, with a line that says what was chosen and by whom.
func Settled(r chat.Reply, label, user string, w Words, picture Picture) Message {
	label = cut(label, mostLabel)
	elements := []slack.RichTextSectionElement{text(w["chosen"] + w["colon"]), strong(label)}
	if user != "" {
		elements = append(elements, text(" ("), &slack.RichTextSectionUserElement{Type: slack.RTSEUser, UserID: user}, text(")"))
	}
	choice := "\n" + w["chosen"] + w["colon"] + label
	return message(cut(strings.TrimSpace(r.Text), mostText-cost(choice))+choice, said(r.Parts, picture), paragraph(elements...))
}

// said are the parts of a reply.
func said(parts []chat.Part, picture Picture) []slack.Block {
	var all []slack.Block
	for _, part := range parts {
		all = append(all, partOf(part, picture)...)
	}
	return all
}

// choices are the buttons of a question. Those without a short name have the long one.
func choices(r chat.Reply, turn int64) []slack.BlockElement {
	var all []slack.BlockElement
	for i, c := range r.Choices {
		all = append(all, button("choose-"+strconv.Itoa(i), first(c.Short, c.Label), c.Label, Press{Owner: Owner(r.Conversation), Turn: turn, Kind: "choose", Fact: c.Fact, Value: c.Value}))
	}
	return all
}

func commands(r chat.Reply, turn int64, w Words) []slack.BlockElement {
	var all []slack.BlockElement
	for _, c := range r.Commands {
		all = append(all, button("command-"+string(c.Command), c.Label, c.Label, Press{Owner: Owner(r.Conversation), Turn: turn, Kind: "command", Value: string(c.Command)}))
	}
	other := map[string]string{"ja": "en", "en": "ja"}[r.Language]
	if other != "" && w["speak-other"] != "" {
		all = append(all, button("speak-"+other, w["speak-other"], w["speak-other"], Press{Owner: Owner(r.Conversation), Turn: turn, Kind: "speak", Value: other}))
	}
	return all
}

func solved(r chat.Reply, turn int64, w Words) slack.Block {
	yes := button("solved-yes", w["solved-yes"], w["solved-yes"], Press{Owner: Owner(r.Conversation), Turn: turn, Kind: "solved", Value: "yes"})
	no := button("solved-no", w["solved-no"], w["solved-no"], Press{Owner: Owner(r.Conversation), Turn: turn, Kind: "solved", Value: "no"})
	return row(blockID("s", "", turn), []slack.BlockElement{yes, no})
}

// button has a short face; what it stands for is read aloud in full.
func button(action, face, name string, p Press) *slack.ButtonBlockElement {
	b := &slack.ButtonBlockElement{Type: slack.METButton, ActionID: action, Text: plain(cut(face, mostFace)), Value: p.String()}
	if name != face && !blank(name) {
		b.AccessibilityLabel = cut(name, mostFace)
	}
	return b
}

func blockID(kind, fact string, turn int64) string {
	return cut(kind+"-"+fact+"-"+strconv.FormatInt(turn, 10), mostID)
}

// fallback is the reply as text. Choices have numbers, which can be typed, so they are never cut off: the
// more there are, the less is said of each.
func fallback(r chat.Reply) string {
	var b strings.Builder
	most := min(mostLabel, mostText/2/max(len(r.Choices), 1))
	for i, c := range r.Choices {
		b.WriteString("\n" + cut(strconv.Itoa(i+1)+". "+first(c.Label, c.Short), most))
	}
	return cut(strings.TrimSpace(r.Text), mostText-cost(b.String())) + b.String()
}

// first is the first of two texts that says something.
func first(one, other string) string {
	if blank(one) {
		return other
	}
	return one
}

// mostLabel is how much of a choice stands in the text.
const mostLabel = 120

// Agent is what a support agent says to a customer.
func Agent(name, said string, w Words) Message {
	name = cut(name, mostFace)
	by := paragraph(text(w["agent"]+" "), strong(name))
	return message(w["agent"]+" "+name+w["colon"]+said, append([]slack.Block{by}, paragraphs(cut(said, mostSaid))...))
}

// mostSaid is how much of what a person wrote is shown, so that it fits together with who wrote it.
const mostSaid = mostShown - 1000

// Note is a line of the desk's own.
func Note(line string) Message {
	return message(line, paragraphs(cut(line, mostSaid)))
}

// Unreached tells a customer that nobody could be told, and what else can be done.
func Unreached(parts []chat.Part, w Words) Message {
	return message(w["unreached"], append(paragraphs(w["unreached"]), said(parts, nil)...))
}
