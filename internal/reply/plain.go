package reply

import (
	"strconv"
	"strings"

	"passdesk/internal/chat"
)

// Plain lays out parts as plain text: a blank line between parts, steps numbered, every
// address on a line of its own so that it can be clicked or copied.
func Plain(parts []chat.Part) string {
	var out strings.Builder
	out.Grow(length(parts))
	for i, part := range parts {
		if i > 0 {
			out.WriteString("\n\n")
		}
		out.WriteString(part.Text)
		for n, item := range part.Items {
			out.WriteString("\n")
			switch part.Kind {
			case chat.Steps:
				out.WriteString(strconv.Itoa(n + 1))
				out.WriteString(". ")
				out.WriteString(item.Text)
			case chat.Links:
				out.WriteString("- ")
				out.WriteString(item.Text)
				out.WriteString(item.Note)
				out.WriteString("\n  ")
				out.WriteString(item.URL)
			default:
				out.WriteString("- ")
				out.WriteString(item.Text)
			}
		}
	}
	return out.String()
}

// length is about as long as the text becomes, so that it is allocated once.
func length(parts []chat.Part) int {
	n := 0
	for _, part := range parts {
		n += len(part.Text) + 2
		for _, item := range part.Items {
			n += len(item.Text) + len(item.Note) + len(item.URL) + 8
		}
	}
	return n
}
