package redact

import "strings"

// findBare masks a token that stands alone: as the whole message, or on a line of its own in
// answer to a question about a code.
func (p *page) findBare(asked string) {
	as, answering := p.slots[asked]
	if !answering && (strings.HasPrefix(p.low, ">") || strings.Contains(p.low, "\n>")) {
		as, answering = Password, true
	}
	whole := strings.TrimSpace(p.low)
	if !answering {
		as = Other
	}
	for start := 0; start < len(p.low); {
		end := p.lineEnd(start)
		line := strings.TrimSpace(p.low[start:end])
		at := start + strings.Index(p.low[start:end], line)
		if line != "" && line[0] != '>' && (answering || line == whole) {
			p.bare(at, at+len(line), markOf(as), answering)
		}
		start = end + 1
	}
	p.pair(whole)
}

func (p *page) bare(start, end int, as mark, answering bool) {
	if end-start > 64 || p.chunkEnd(start) != end {
		return
	}
	start, end = p.trim(start, end)
	if start >= end || p.marks[start] != 0 {
		return
	}
	text := p.low[start:end]
	letters, digits, signs := count(text)
	switch {
	case placeholder(text) || p.harmlessShape(start, end) && (!answering || digits < 4 || letters > 0):
	case letters == 0 && signs == 0 && digits < 4, letters == 0 && digits == 0:
	case digits == 0 && signs == 0:
		if p.everyWord(text) || !answering && (p.words.knows(text) || stretched(text) || p.camel(start, end)) || len(text) < 4 {
			return
		}
		p.mask(start, end, as)
	case digits == 0 && p.harmlessPieces(start, end) || p.public(text):
	default:
		p.mask(start, end, as)
	}
}

// pair masks a message that is nothing but two tokens: a user name and a password.
func (p *page) pair(whole string) {
	if len(whole) > 100 || whole == "" {
		return
	}
	parts := strings.FieldsFunc(whole, func(r rune) bool { return r <= ' ' || r == '/' || r == ':' || r == ',' || r == '|' })
	if at := strings.Index(p.low, whole); len(parts) != 2 || p.chunkEnd(at) >= at+len(whole) && p.harmlessShape(at, at+len(whole)) {
		return
	}
	odd := 0
	for _, part := range parts {
		letters, digits, signs := count(part)
		if part == maskText || strings.Contains(part, "@") || letters > 0 && digits > 1 && !p.shape(part) || signs > 0 && digits > 0 && letters > 0 {
			odd++
		}
	}
	if odd == 0 {
		return
	}
	for _, part := range parts {
		at := strings.LastIndex(p.low, part)
		from, to := p.trim(at, at+len(part))
		if from < to && p.chunkEnd(from) >= to && !strings.HasPrefix(part, maskText) && p.secretToken(from, to, certain, hit{}, 0) {
			p.mask(from, to, p.markIn(from, to, markOf(Credentials)))
		}
	}
}
