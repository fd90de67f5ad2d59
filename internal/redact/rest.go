package redact

import (
	"strings"
	"unicode/utf8"
)

// findRest masks every run of Latin letters and digits that is not known to be harmless.
func (p *page) findRest() {
	for start, end := range p.chunks() {
		p.rest(start, end)
	}
	p.otherQuotes()
}

// otherQuotes masks odd words in quotation marks if another one was a secret.
func (p *page) otherQuotes() {
	found := mark(0)
	for i := 1; i < len(p.low); i++ {
		if b := p.low[i-1]; (b == '"' || b == '\'') && p.marks[i] != 0 && p.marks[i] != settled {
			found = p.marks[i]
			break
		}
	}
	if found == 0 {
		return
	}
	for i := 0; i < len(p.low); i++ {
		if open, shut := p.quote(i); shut > 0 && (p.low[i] == '"' || p.low[i] == '\'') {
			if strings.IndexByte(p.low[i+open:shut], ' ') < 0 {
				p.quoted(i+open, shut, linked, hit{as: found})
			}
			i = shut
		}
	}
}

func (p *page) rest(start, end int) {
	from, to := p.trim(start, end)
	for from < to && p.marks[from] != 0 {
		from++
	}
	for to > from && p.marks[to-1] != 0 {
		to--
	}
	if from == to || p.harmlessRun(from, to) {
		return
	}
	as := markOf(Other)
	if _, digits, _ := count(p.low[from:to]); to-from >= 20 && digits > 0 {
		as = markOf(Code)
	}
	p.mask(from, to, as)
}

// harmlessRun judges a run without its context, but for what makes a number public.
func (p *page) harmlessRun(start, end int) bool {
	text := p.low[start:end]
	letters, digits, signs := count(text)
	if len(text) > maxRun/2 && letters+digits > 0 {
		return placeholder(text)
	}
	if letters+digits == 0 {
		return signs < 6 || placeholder(text) || !mixedSigns(text)
	}
	if signs == 0 && digits == 0 {
		return p.harmlessWord(text) || p.camel(start, end) || len(text) < 5 && upper(p.cased[start]) && upper(p.cased[end-1])
	}
	if placeholder(text) || p.harmlessShape(start, end) {
		return true
	}
	if letters == 0 && signs == 0 {
		return p.harmlessNumber(start, end)
	}
	return p.public(text) || p.harmlessPieces(start, end) || p.digitForLetter(text)
}

// mixedSigns reports whether a run of signs is no ruled line.
func mixedSigns(text string) bool {
	different := map[rune]bool{}
	for _, r := range text {
		different[r] = true
	}
	return len(different) > 4
}

// harmlessNumber: short numbers, and long ones behind "error" or "article".
func (p *page) harmlessNumber(start, end int) bool {
	if end-start < 6 {
		return true
	}
	if n, _ := p.units.at(p.low, p.spaces(end)); n > 0 && end-start < 9 {
		return true
	}
	return p.publicNumbers.before(p.low, p.back(start)) > 0
}

// back skips blanks and signs in front of a number.
func (p *page) back(i int) int {
	for i > 0 && strings.IndexByte(" \t:#=(.-", p.low[i-1]) >= 0 {
		i--
	}
	return i
}

// harmlessPieces judges a run of several pieces with signs between them: word by word, and by
// the signs, some of which stand in passwords only.
func (p *page) harmlessPieces(start, end int) bool {
	text := p.low[start:end]
	for i := start; i < end; {
		stop := i
		for stop < end && strings.IndexByte(separators, p.low[stop]) < 0 {
			_, size := utf8.DecodeRuneInString(p.low[stop:])
			stop += size
		}
		if stop > i && !p.harmlessPart(p.low[i:stop]) && !p.camel(i, stop) {
			return false
		}
		i = stop + 1
	}
	if i := strings.IndexAny(text, "$%^@\\#*"); i > 0 && i < len(text)-1 {
		return false
	}
	if i := strings.IndexByte(text, '!'); i > 0 && i < len(text)-1 && strings.ContainsAny(text, "0123456789") {
		return false
	}
	if p.wordAndNumber(text) {
		return false
	}
	_, digits, signs := count(text)
	return digits == 0 || signs < 4 || digits < 8
}
