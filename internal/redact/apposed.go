package redact

import (
	"strings"
	"unicode/utf8"
)

// apposed masks what stands between two commas behind a keyword: "my passcode, 4815, is refused".
// It returns the end of it, 0 if there is none.
func (p *page) apposed(i int, h hit) int {
	n := p.comma(i)
	if n == 0 {
		return 0
	}
	i = p.overFillers(p.spaces(i + n))
	if i >= len(p.low) || p.masked(i) || p.marks[i] != 0 {
		return 0
	}
	if open, shut := p.quote(i); shut > 0 && !h.weak {
		return p.quoted(i+open, shut, linked, h)
	}
	start, end := p.trim(i, p.chunkEnd(i))
	if start >= end || start > i || !p.apposeEnds(end) || !p.secretToken(start, end, linked, h, 0) {
		return 0
	}
	if text := p.low[start:end]; h.weak && (lettersOnly(text) || len(text) == 4 && year(text)) {
		return 0
	}
	p.mask(start, end, h.as)
	return p.tail(end, h)
}

// comma returns the length of a comma at i, Japanese or not.
func (p *page) comma(i int) int {
	if p.low[i] == ',' {
		return 1
	}
	if r, size := utf8.DecodeRuneInString(p.low[i:]); strings.ContainsRune(japaneseCommas, r) {
		return size
	}
	return 0
}

// apposeEnds reports whether the clause that a comma opened ends at i.
func (p *page) apposeEnds(i int) bool {
	if i >= len(p.low) || p.low[i] == '\n' {
		return true
	}
	if strings.IndexByte(",;)", p.low[i]) >= 0 || p.comma(i) > 0 {
		return true
	}
	return strings.HasPrefix(p.low[i:], " - ") || p.japaneseAt(i)
}

// japaneseCommas part words in Japanese; their ordinary form is another one.
const japaneseCommas = "\u3001\uff64"
