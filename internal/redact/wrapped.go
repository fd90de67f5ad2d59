package redact

import "strings"

// wrapped masks what a line break parted from a secret that ends at i: digits, or what begins with
// a sign that joins. A word of letters in the next line is more likely a name under the message.
func (p *page) wrapped(i int, h hit) int {
	joined := false
	for range 3 {
		start := p.nextLineStart(i)
		if start == i {
			return i
		}
		_, end := p.trim(start, p.chunkEnd(start))
		if end <= start || p.marks[start] != 0 {
			return i
		}
		sign := strings.IndexByte("-_#!$@&+", p.low[start]) >= 0
		if !p.wraps(start, end, sign, joined, h) {
			return i
		}
		p.mask(start, end, h.as)
		i, joined = end, true
	}
	return i
}

// nextLineStart returns where the line below begins if i ends one, and i if it does not.
func (p *page) nextLineStart(i int) int {
	at := p.spaces(i)
	if strings.HasPrefix(p.low[at:], "\r\n") {
		at++
	}
	if at >= len(p.low) || p.low[at] != '\n' {
		return i
	}
	if at = p.spaces(at + 1); at >= len(p.low) || p.low[at] <= ' ' {
		return i
	}
	return at
}

// wraps reports whether a run at the beginning of a line is the rest of a secret.
func (p *page) wraps(start, end int, sign, joined bool, h hit) bool {
	text := p.low[start:end]
	if placeholder(text) {
		return false
	}
	ends := end >= len(p.low) || p.low[end] == '\n' || p.low[end] == '\r' || p.japaneseAt(end) || p.clauseEnds(end)
	letters, digits, _ := count(text)
	switch {
	case sign:
		word := text[1:]
		return letters+digits > 1 && (digits > 0 || !p.everyWord(word))
	case letters == 0:
		return len(text) < 9 && p.wrapsDigits(start, end, ends, joined, h)
	case digits == 0:
		return p.lineOnly(end) && !p.everyWord(text) && p.wrapsOn(end)
	default:
		return digits > 0 && ends && p.secretMixture(start, end, beside, h)
	}
}

// wrapsDigits judges a number at the beginning of a line: no year and no count, and not too short
// unless another part of the secret stands before it.
func (p *page) wrapsDigits(start, end int, ends, joined bool, h hit) bool {
	if joined {
		return !p.units.has(p.low, p.spaces(end))
	}
	text := p.low[start:end]
	return ends && p.secretNumber(start, end, linked, h) && (len(text) != 4 || !year(text))
}

// lineOnly reports whether nothing more stands in the line behind i.
func (p *page) lineOnly(i int) bool {
	i = p.spaces(i)
	return i >= len(p.low) || p.low[i] == '\n' || p.low[i] == '\r'
}

// wrapsOn reports whether the line below i begins with digits or a sign that joins: a word between
// such a line and the beginning of the secret is a part of it.
func (p *page) wrapsOn(i int) bool {
	start := p.nextLineStart(i)
	if start == i {
		return false
	}
	_, end := p.trim(start, p.chunkEnd(start))
	return end > start && (allDigits(p.low[start:end]) && p.lineOnly(end) || strings.IndexByte("-_#!$@&+", p.low[start]) >= 0 && end > start+1)
}
