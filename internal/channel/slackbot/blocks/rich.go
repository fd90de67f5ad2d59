package blocks

import (
	"unicode/utf8"

	"github.com/slack-go/slack"

	"passdesk/internal/chat"
)

// partOf is a part of a reply. Rich text is used throughout: what stands in it is never read as markup,
// and bold works in Japanese, where asterisks do not.
func partOf(p chat.Part, picture Picture) []slack.Block {
	switch p.Kind {
	case chat.Summary, chat.Question:
		return strongParagraphs(p.Text)
	case chat.Steps:
		return list(p, slack.RTEListOrdered, picture)
	case chat.Cautions, chat.Links:
		return list(p, slack.RTEListBullet, picture)
	}
	return paragraphs(p.Text)
}

func text(s string) *slack.RichTextSectionTextElement {
	return &slack.RichTextSectionTextElement{Type: slack.RTSEText, Text: s}
}

func strong(s string) *slack.RichTextSectionTextElement {
	return &slack.RichTextSectionTextElement{Type: slack.RTSEText, Text: s, Style: &slack.RichTextSectionTextStyle{Bold: true}}
}

// link is a label that leads somewhere, or only the label if Slack takes no such address.
func link(url, label string) slack.RichTextSectionElement {
	if !isAddress(url) {
		return text(label)
	}
	return &slack.RichTextSectionLinkElement{Type: slack.RTSELink, URL: url, Text: label}
}

// isAddress reports whether Slack takes a text as an address.
func isAddress(url string) bool { return !blank(url) && utf8.RuneCountInString(url) <= mostURL }

func section(elements ...slack.RichTextSectionElement) *slack.RichTextSection {
	return &slack.RichTextSection{Type: slack.RTESection, Elements: elements}
}

func paragraph(elements ...slack.RichTextSectionElement) slack.Block {
	return &slack.RichTextBlock{Type: slack.MBTRichText, Elements: []slack.RichTextElement{section(elements...)}}
}

func paragraphs(s string) []slack.Block { return divided(s, text) }

func strongParagraphs(s string) []slack.Block { return divided(s, strong) }

// divided is a text in as many paragraphs as it takes.
func divided(s string, style func(string) *slack.RichTextSectionTextElement) []slack.Block {
	var all []slack.Block
	for _, piece := range split(s, mostSection) {
		all = append(all, paragraph(style(piece)))
	}
	return all
}

// list is a heading and its items. A picture stands behind the step that it belongs to, and long lists are
// several blocks, so the numbers go on after it.
func list(p chat.Part, style slack.RichTextListElementType, picture Picture) []slack.Block {
	all := strongParagraphs(p.Text)
	items := &slack.RichTextList{Type: slack.RTEList, Style: style}
	flush := func() {
		if len(items.Elements) > 0 {
			all = append(all, &slack.RichTextBlock{Type: slack.MBTRichText, Elements: []slack.RichTextElement{items}})
			items = &slack.RichTextList{Type: slack.RTEList, Style: style, Offset: items.Offset + len(items.Elements)}
		}
	}
	for _, it := range p.Items {
		items.Elements = append(items.Elements, spoken([]slack.RichTextElement{item(it)})...)
		shown := drawn(it.Picture, picture)
		if shown != nil || len(items.Elements) == mostLines {
			flush()
		}
		if shown != nil {
			all = append(all, shown)
		}
	}
	flush()
	return all
}

// item is a line of a list.
func item(it chat.Item) slack.RichTextElement {
	if it.URL == "" {
		return section(text(cut(it.Text, mostSection)))
	}
	return section(link(it.URL, cut(it.Text, mostSection/2)), text(cut(it.Note, mostSection/2)))
}

// drawn is a picture, nil if there is none that everybody can get, as an image or in words.
func drawn(id string, picture Picture) slack.Block {
	if id == "" || picture == nil {
		return nil
	}
	url, alt, ok := picture(id)
	if !ok || blank(alt) || !isAddress(url) {
		return nil
	}
	return &slack.ImageBlock{Type: slack.MBTImage, ImageURL: url, AltText: cut(alt, mostAlt)}
}
