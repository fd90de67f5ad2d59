package blocks

import (
	"strings"

	"github.com/slack-go/slack"
)

// Card is a hand-over as agents see it in the support channel.
type Card struct {
	Reference, Channel, Language string
	Customer                     string // id of the customer, "" if they are not in Slack
	Permalink, Console           string // addresses, "" for none
	Facts, Path, Answers, Failed []string
	Lines                        []Line // the last words of the customer, masked
}

// Line is one thing that a customer said or pressed.
type Line struct{ Text string }

// HandOver is the card: what is known, what was shown, what did not help, and what to do now.
func HandOver(c Card, w Words) Message {
	title := cut(w["card-title"]+" "+c.Reference, mostHeader)
	all := []slack.Block{&slack.HeaderBlock{Type: slack.MBTHeader, Text: plain(title)}}
	from := []slack.RichTextSectionElement{text(cut(c.Channel, mostLine) + " · " + w["language-"+c.Language])}
	if c.Customer != "" {
		from = append(from, text(" · "), &slack.RichTextSectionUserElement{Type: slack.RTSEUser, UserID: c.Customer})
	}
	all = append(all, paragraph(from...))
	for _, group := range []struct {
		name  string
		lines []string
	}{
		{"card-facts", c.Facts}, {"card-path", []string{strings.Join(c.Path, " › ")}}, {"card-answers", c.Answers}, {"card-failed", c.Failed}, {"card-said", linesOf(c.Lines)},
	} {
		all = append(all, named(w[group.name], group.lines)...)
	}
	return message(title, all, paragraph(text(w["card-hint"])), cardButtons(c, w))
}

func linesOf(lines []Line) []string {
	var all []string
	for _, line := range lines {
		all = append(all, cut(line.Text, mostLine))
	}
	return all
}

// mostLine is how much of a customer's message a card shows, and mostLines how many lines of a kind.
const (
	mostLine  = 200
	mostLines = 10
)

// named is a heading with lines below it, nothing if there are none.
func named(name string, lines []string) []slack.Block {
	var items []slack.RichTextElement
	for _, line := range lines {
		if line = strings.TrimSpace(line); line != "" && len(items) < mostLines {
			items = append(items, section(text(cut(line, mostLine))))
		}
	}
	return listed(name, items)
}

// listed is a heading with items below it, nothing if there are none.
func listed(name string, items []slack.RichTextElement) []slack.Block {
	if items = spoken(items); len(items) == 0 {
		return nil
	}
	all := &slack.RichTextList{Type: slack.RTEList, Style: slack.RTEListBullet, Elements: items}
	return []slack.Block{&slack.RichTextBlock{Type: slack.MBTRichText, Elements: []slack.RichTextElement{section(strong(name)), all}}}
}

func cardButtons(c Card, w Words) slack.Block {
	var all []slack.BlockElement
	for _, way := range []struct{ action, word, url string }{{"link-thread", "card-thread", c.Permalink}, {"link-console", "card-console", c.Console}} {
		if way.url != "" {
			all = append(all, &slack.ButtonBlockElement{Type: slack.METButton, ActionID: way.action, Text: plain(cut(w[way.word], mostFace)), URL: way.url, Value: c.Reference})
		}
	}
	all = append(all, &slack.ButtonBlockElement{Type: slack.METButton, ActionID: "case-close", Text: plain(cut(w["card-close"], mostFace)), Value: c.Reference, Style: slack.StylePrimary})
	return row("card", all)
}

// Relayed is what a customer wrote to the agents.
func Relayed(said string, w Words) Message {
	return message(w["customer"]+w["colon"]+said, append([]slack.Block{paragraph(strong(w["customer"]))}, paragraphs(cut(said, mostSaid))...))
}
