package blocks

import (
	"strings"

	"github.com/rivo/uniseg"
)

var markup = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// escape is for the texts that Slack reads as markup. It is the last thing that is done to them.
func escape(s string) string { return markup.Replace(s) }

// price is the most that Slack can count a character as. Whether it counts before or after escaping, and
// whether what lies beyond 16 bits, such as emoji, is one character or two, is not known for all kinds.
func price(r rune) int {
	switch {
	case r == '&':
		return len("&amp;")
	case r == '<' || r == '>':
		return len("&lt;")
	case r > 0xffff:
		return 2
	}
	return 1
}

// cost is the price of a text.
func cost(s string) int {
	n := 0
	for _, r := range s {
		n += price(r)
	}
	return n
}

// fits reports whether a text costs no more than most. It does not read on to the end of one that does.
func fits(s string, most int) bool {
	for _, r := range s {
		if most -= price(r); most < 0 {
			return false
		}
	}
	return true
}

// ellipsis stands where something was left out.
const ellipsis = "…"

// cut makes a text fit, by its cost, with an ellipsis at the end. What is seen as one character is never
// divided, nor is a link.
func cut(s string, most int) string {
	if fits(s, most) {
		return s
	}
	return s[:beforeLink(s, len(front(s, most-cost(ellipsis))))] + ellipsis
}

// front is as much of the beginning of a text as fits.
func front(s string, most int) string {
	end, total, state := 0, 0, -1
	for left := s; left != ""; {
		var cluster string
		cluster, left, _, state = uniseg.FirstGraphemeClusterInString(left, state)
		if total += cost(cluster); total > most {
			break
		}
		end += len(cluster)
	}
	return s[:end]
}

// beforeLink is where to divide a text: at end, or where the link begins that end is within. What is
// longer than Slack takes as a link is none.
func beforeLink(s string, end int) int {
	if end == len(s) || !inLink(s[end]) {
		return end
	}
	begin := end
	for begin > 0 && inLink(s[begin-1]) {
		begin--
	}
	for _, scheme := range []string{"https://", "http://"} {
		at := strings.Index(s[begin:min(end+len(scheme)-1, len(s))], scheme)
		if at >= 0 && linkLength(s[begin+at:]) <= mostURL {
			return begin + at
		}
	}
	return end
}

// linkLength is how long the link is that a text begins with.
func linkLength(s string) int {
	for i := range len(s) {
		if !inLink(s[i]) {
			return i
		}
	}
	return len(s)
}

// inLink reports whether a byte can be one of a link, which ends at Japanese text.
func inLink(b byte) bool { return b > ' ' && b <= '~' }

// split divides a text into pieces that fit: at an empty line, else at the end of a line or of a
// sentence, else at a blank, and only if there is none of these within a word.
func split(s string, most int) []string {
	var pieces []string
	left := strings.TrimSpace(s)
	for !fits(left, most) {
		window := front(left, most)
		if window == "" { // one character of thousands of marks
			_, rest, _, _ := uniseg.FirstGraphemeClusterInString(left, -1)
			pieces, left = append(pieces, ellipsis), strings.TrimSpace(rest)
			continue
		}
		at := breakAt(left, len(window))
		pieces = append(pieces, strings.TrimSpace(left[:at]))
		left = strings.TrimSpace(left[at:])
	}
	if left != "" {
		pieces = append(pieces, left)
	}
	return pieces
}

// breakAt is where a text is best divided before end, in bytes. Pieces are not made much shorter for it.
func breakAt(s string, end int) int {
	for _, mark := range []string{"\n\n", "\n", "。", ". ", "、", " "} {
		if at := strings.LastIndex(s[:end], mark); at > end/2 {
			return at + len(mark)
		}
	}
	if at := beforeLink(s, end); at > 0 {
		return at
	}
	return end
}
