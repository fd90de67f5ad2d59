package canned

import (
	"fmt"
	"strings"

	"passdesk/internal/chat"
)

// markdownLayout writes CommonMark that reads well as it is, too.
func markdownLayout() layout {
	return layout{
		between: "\n\n",
		paragraph: func(lines []string) string {
			escaped := make([]string, len(lines))
			for i, line := range lines {
				escaped[i] = escapeMarkdown(line)
			}
			return strings.Join(escaped, "\\\n") // a hard break
		},
		heading: func(text string) string { return "### " + escapeMarkdown(text) },
		part:    markdownPart,
	}
}

func markdownPart(part chat.Part) string {
	if len(part.Items) == 0 {
		return escapeMarkdown(part.Text)
	}
	var out strings.Builder
	out.WriteString("**" + escapeMarkdown(part.Text) + "**\n")
	for i, item := range part.Items {
		out.WriteString("\n" + mark(part.Kind, i, "- ") + markdownItem(item))
	}
	return out.String()
}

func markdownItem(item chat.Item) string {
	if item.URL != "" && opens(item.URL) {
		link := "[" + escapeMarkdown(item.Text) + "](" + destination(item.URL) + ")"
		return link + strings.TrimPrefix(escapeMarkdown("x"+item.Note), "x") // a note begins no line
	}
	return escapeMarkdown(strings.TrimSpace(item.Text + item.Note + " " + item.URL))
}

// Characters that have a meaning in CommonMark or in GitHub's variety of it: wherever they stand,
// and at the beginning of a line only.
const (
	markdownMarks  = "\\`*_[]<>&~|"
	markdownStarts = "#+=:-"
)

// escapeMarkdown makes one line of a text that is shown as it is, whatever it holds. It may begin
// a line.
func escapeMarkdown(text string) string {
	text = inLine(text)
	var out strings.Builder
	digits := 0 // that began the line
	for i, r := range text {
		switch {
		case strings.ContainsRune(markdownMarks, r),
			i == 0 && strings.ContainsRune(markdownStarts, r),
			i > 0 && i == digits && (r == '.' || r == ')'): // the number of a step
			out.WriteByte('\\')
		case i == digits && r >= '0' && r <= '9':
			digits++
		}
		out.WriteRune(r)
	}
	return out.String()
}

// destination writes an address so that it neither ends the link early nor becomes a mark.
func destination(address string) string {
	var out strings.Builder
	for _, c := range []byte(address) {
		if c <= ' ' || c == 0x7f || strings.IndexByte("()<>\\", c) >= 0 {
			fmt.Fprintf(&out, "%%%02X", c)
		} else {
			out.WriteByte(c)
		}
	}
	return out.String()
}
