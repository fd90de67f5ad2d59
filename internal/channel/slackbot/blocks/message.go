package blocks

import (
	"strings"

	"github.com/slack-go/slack"
)

// mostShown is how much text a message shows. Slack takes some more, but says nowhere how it counts.
const mostShown = 12_000

// message makes a message of a text, in which nothing is markup yet, of blocks that may be too many, and
// of the last ones, which stay: buttons, or who says it. What is empty is left out, since Slack refuses it.
func message(text string, all []slack.Block, last ...slack.Block) Message {
	if text = strings.TrimSpace(text); text == "" {
		text = ellipsis
	}
	m := Message{Text: escape(cut(text, mostText))}
	m.Blocks, m.Cut = fit(kept(all), kept(last))
	return m
}

// fit leaves out the blocks that are too many for a message, with an ellipsis in their place, and reports
// whether it did.
func fit(all, last []slack.Block) (fitting []slack.Block, left bool) {
	room, places := mostShown-weight(last...), mostBlocks-len(last)
	if len(all) <= places && weight(all...) <= room {
		return append(all, last...), false
	}
	room, places = room-cost(ellipsis), places-1
	var shown []slack.Block
	for _, one := range all[:min(len(all), places)] {
		if room -= weight(one); room < 0 {
			break
		}
		shown = append(shown, one)
	}
	return append(append(shown, paragraph(text(ellipsis))), last...), true
}

// weight is how much text blocks have, counted as Check does but by its cost.
func weight(all ...slack.Block) int {
	c := checker{size: cost, ids: map[string]bool{}}
	for _, one := range all {
		c.block("", one)
	}
	return c.total
}

// kept are the blocks that say something.
func kept(all []slack.Block) []slack.Block {
	var left []slack.Block
	for _, one := range all {
		if says(one) {
			left = append(left, one)
		}
	}
	return left
}

// says takes out of a block what is empty, and reports whether anything is left.
func says(one slack.Block) bool {
	switch b := one.(type) {
	case *slack.RichTextBlock:
		b.Elements = spoken(b.Elements)
		return len(b.Elements) > 0
	case *slack.ActionBlock:
		b.Elements.ElementSet = pressable(b.Elements.ElementSet)
		return len(b.Elements.ElementSet) > 0
	case *slack.HeaderBlock:
		return !blank(b.Text.Text)
	case *slack.SectionBlock:
		return !blank(b.Text.Text)
	}
	return true
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }

// pressable are the buttons that have a face, and a meaning that Slack can keep.
func pressable(all []slack.BlockElement) []slack.BlockElement {
	var left []slack.BlockElement
	for _, one := range all[:min(len(all), mostButtons)] {
		b, ok := one.(*slack.ButtonBlockElement)
		if !ok || !blank(b.Text.Text) && len(b.Value) <= mostValue && len(b.URL) <= mostURL {
			left = append(left, one)
		}
	}
	return left
}

// spoken are the lines and lists that say something.
func spoken(all []slack.RichTextElement) []slack.RichTextElement {
	var left []slack.RichTextElement
	for _, one := range all {
		empty := false
		switch e := one.(type) {
		case *slack.RichTextSection:
			e.Elements = inWords(e.Elements)
			empty = len(e.Elements) == 0
		case *slack.RichTextList:
			e.Elements = spoken(e.Elements)
			empty = len(e.Elements) == 0
		}
		if !empty {
			left = append(left, one)
		}
	}
	return left
}

// inWords is a line without what is empty, nothing if there are only blanks in it.
func inWords(all []slack.RichTextSectionElement) []slack.RichTextSectionElement {
	var left []slack.RichTextSectionElement
	words := false
	for _, one := range all {
		t, ok := one.(*slack.RichTextSectionTextElement)
		if !ok || t.Text != "" {
			left = append(left, one)
		}
		words = words || !ok || !blank(t.Text)
	}
	if !words {
		return nil
	}
	return left
}
