package terminal

import (
	"strings"

	"github.com/rivo/uniseg"
)

// Wrap breaks lines so that none is wider than columns cells. East Asian characters take two
// cells; lines break where Unicode allows it, so never before 。or inside a word, and an address
// is kept whole. Continuation lines are indented like their list item.
func Wrap(text string, columns int) string {
	if columns <= 0 {
		return text
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if !strings.HasPrefix(strings.TrimLeft(line, " "), "https://") {
			lines[i] = wrapLine(line, columns)
		}
	}
	return strings.Join(lines, "\n")
}

func wrapLine(line string, columns int) string {
	var lines []string
	var current strings.Builder
	indent := strings.Repeat(" ", hanging(line))
	width, state := 0, -1
	var segment string
	for rest := line; rest != ""; {
		segment, rest, _, state = uniseg.FirstLineSegmentInString(rest, state)
		if width > len(indent) && width+uniseg.StringWidth(strings.TrimRight(segment, " ")) > columns {
			lines = append(lines, strings.TrimRight(current.String(), " "))
			current.Reset()
			current.WriteString(indent)
			width = len(indent)
		}
		current.WriteString(segment)
		width += uniseg.StringWidth(segment)
	}
	return strings.Join(append(lines, current.String()), "\n")
}

// hanging is how far the text of a list item ("1. ", "- ", "  3  ") stands in.
func hanging(line string) int {
	body := strings.TrimLeft(line, " ")
	lead := len(line) - len(body)
	marker := strings.IndexByte(body, ' ')
	if marker < 0 || marker > 4 || strings.Trim(body[:marker], "0123456789.-") != "" {
		return lead
	}
	after := len(body[marker:]) - len(strings.TrimLeft(body[marker:], " "))
	return lead + marker + after
}
