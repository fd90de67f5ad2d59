package canned

import (
	"net/url"
	"strconv"
	"strings"

	"passdesk/internal/chat"
	"passdesk/internal/guide"
	"passdesk/internal/reply"
)

// layout writes the blocks of a message in one format.
type layout struct {
	between   string // blocks
	paragraph func(lines []string) string
	heading   func(text string) string
	part      func(part chat.Part) string
}

// layoutFor returns the layout of a format. Where nothing makes a heading stand out, marked puts
// the sign of one on it.
func layoutFor(format Format, language guide.Language, marked func(title string) string) layout {
	switch format {
	case HTML:
		return htmlLayout()
	case Markdown:
		return markdownLayout()
	case Slack:
		return slackLayout(language, marked)
	}
	return layout{
		between:   "\n\n",
		paragraph: func(lines []string) string { return strings.Join(lines, "\n") },
		heading:   marked,
		part:      func(part chat.Part) string { return reply.Plain([]chat.Part{part}) },
	}
}

func (l layout) all(blocks []block) string {
	written := make([]string, len(blocks))
	for i, b := range blocks {
		switch {
		case b.lines != nil:
			written[i] = l.paragraph(b.lines)
		case b.heading != "":
			written[i] = l.heading(b.heading)
		default:
			written[i] = l.part(b.part)
		}
	}
	return l.join(written...)
}

// join puts what is not empty together.
func (l layout) join(texts ...string) string {
	var there []string
	for _, text := range texts {
		if text != "" {
			there = append(there, text)
		}
	}
	return strings.Join(there, l.between)
}

// mark is what stands before an item of a list.
func mark(kind chat.PartKind, n int, bullet string) string {
	if kind == chat.Steps {
		return strconv.Itoa(n+1) + ". "
	}
	return bullet
}

// opens reports whether an address may become a link: nothing but a page or a mail.
func opens(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Host != "" && (u.Scheme == "https" || u.Scheme == "http") || u.Scheme == "mailto" && u.Opaque != "")
}

// inLine is a text without line breaks, for where a line is a thing of its own.
func inLine(text string) string {
	return strings.TrimSpace(strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ").Replace(text))
}
