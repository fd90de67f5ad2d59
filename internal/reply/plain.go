package reply

import (
	"fmt"
	"strings"

	"passdesk/internal/chat"
)

// Plain lays out parts as plain text: a blank line between parts, steps numbered, every
// address on a line of its own so that it can be clicked or copied.
func Plain(parts []chat.Part) string {
	var out strings.Builder
	for i, part := range parts {
		if i > 0 {
			out.WriteString("\n\n")
		}
		out.WriteString(part.Text)
		for n, item := range part.Items {
			out.WriteString("\n")
			switch part.Kind {
			case chat.Steps:
				fmt.Fprintf(&out, "%d. %s", n+1, item.Text)
			case chat.Links:
				out.WriteString("- " + item.Text)
				out.WriteString(item.Note)
				out.WriteString("\n  " + item.URL)
			default:
				out.WriteString("- " + item.Text)
			}
		}
	}
	return out.String()
}
