package redact

import (
	"strings"
	"unicode/utf8"
)

// habitual masks the word that somebody says to type, at i or behind words that say nothing. A
// word of letters must end the clause, or the sentence go on about it: "I put Ventura on my Mac".
func (p *page) habitual(i int, h hit) {
	i = p.overFillers(p.spaces(i))
	if i >= len(p.low) || p.low[i] == '\n' || p.marks[i] != 0 {
		return
	}
	if open, shut := p.quote(i); shut > 0 {
		if end := p.quoted(i+open, shut, linked, h); end > 0 {
			p.others(end, h)
		}
		return
	}
	start, end := p.trim(i, p.chunkEnd(i))
	if start >= end || start > i || !p.secretToken(start, end, linked, h, 0) {
		return
	}
	if lettersOnly(p.low[start:end]) && !p.clauseEnds(end) && !p.goOn.has(p.low, p.spaces(end)) {
		return
	}
	p.mask(start, end, h.as)
	p.others(p.tail(end, h), h)
}

// overFillers skips words that say nothing.
func (p *page) overFillers(i int) int {
	for range 4 {
		n, _ := p.fillers.at(p.low, i)
		if n == 0 {
			return i
		}
		i = p.spaces(i + n)
	}
	return i
}

func lettersOnly(text string) bool {
	_, digits, signs := count(text)
	return digits+signs == 0
}

// named masks the name behind "it's my husband's name," or a birthday, unless the sentence only
// says whose something is.
func (p *page) named(c cue, h hit) {
	sentence := p.sentenceStart(c.start)
	if p.cueWithin(owning, sentence, c.start) {
		return
	}
	if p.low[c.end-1] >= utf8.RuneSelf {
		p.namedKana(c.end, h)
		return
	}
	i := p.spaces(c.end)
	switch {
	case i < len(p.low) && strings.IndexByte(",:-(=", p.low[i]) >= 0:
		i = p.overFillers(p.spaces(i + 1))
	case !p.strong(sentence, c.start) && !p.cueWithin(habit, sentence, c.start):
		return // whose name it is, no more
	}
	for range 2 {
		if n, _ := p.links.at(p.low, i); n > 0 {
			i = p.spaces(i + n)
		}
	}
	p.name(p.overFillers(i), h)
}

// name masks a name or a number at i.
func (p *page) name(i int, h hit) {
	if i >= len(p.low) || p.marks[i] != 0 {
		return
	}
	if open, shut := p.quote(i); shut > 0 {
		if !p.quotedName(i+open, shut, h) {
			p.quoted(i+open, shut, linked, h)
		}
		return
	}
	start, end := p.trim(i, p.chunkEnd(i))
	if start >= end || start > i || p.honorific(end) || !p.secretToken(start, end, linked, h, 0) {
		return
	}
	if !lettersOnly(p.low[start:end]) || p.clauseEnds(end) || p.goOn.has(p.low, p.spaces(end)) || p.quoting.piece(p.low, end) > 0 {
		p.mask(start, end, h.as)
		p.others(p.tail(end, h), h)
	}
}

// quotedName masks a Japanese name in quotation marks; it may be shorter than a word that is a
// secret by itself.
func (p *page) quotedName(start, end int, h hit) bool {
	text := p.low[start:end]
	n := utf8.RuneCountInString(text)
	if !hasKana(text) || n < 2 || n >= maxSaid || p.plain(text) {
		return false
	}
	p.mask(start, end, h.as)
	return true
}
