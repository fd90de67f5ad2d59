package redact

import "strings"

// inflected reports whether an English word is a regular form of an everyday one: applied,
// unplugged, downloadable. Forms that names and things have too (-er, -est, -y) are left out.
func (p *page) inflected(word string) bool {
	if len(word) < 6 || !lowerWord(word) {
		return false
	}
	return p.regular(word) || p.prefixed(word)
}

// regular reports whether a known word is an everyday one with an ending.
func (p *page) regular(word string) bool {
	if !p.words.knows(word) {
		return false
	}
	for _, form := range [...][2]string{
		{"ied", "y"}, {"ation", "e"}, {"ation", ""}, {"ction", "ct"}, {"able", ""}, {"able", "e"}, {"ment", ""}, {"iness", "y"}, {"ily", "y"}, {"ability", "able"},
	} {
		if stem, ok := strings.CutSuffix(word, form[0]); ok && p.everydayStem(stem+form[1]) {
			return true
		}
	}
	for _, ending := range [...]string{"ed", "ing", "able"} {
		if stem, ok := strings.CutSuffix(word, ending); ok && doubled(stem) && p.everydayStem(stem[:len(stem)-1]) {
			return true
		}
	}
	return false
}

// prefixed reports whether a word is an everyday one with a syllable in front that turns its meaning.
func (p *page) prefixed(word string) bool {
	for _, beginning := range [...]string{"un", "re", "dis", "mis", "non", "pre", "in", "im"} {
		if rest, ok := strings.CutPrefix(word, beginning); ok && len(rest) > 3 && (p.everydayStem(rest) || p.regular(rest)) && (len(rest) > 4 || p.words.knows(word)) {
			return true
		}
	}
	return false
}

func (p *page) everydayStem(stem string) bool {
	_, ok := p.everyday[stem]
	return ok && len(stem) > 2
}

// doubled reports whether a stem ends with a letter that is doubled in front of an ending; an r is
// too often none: herring.
func doubled(stem string) bool {
	last := len(stem) - 1
	return last > 2 && stem[last] == stem[last-1] && stem[last] != 'r'
}

// described reports whether a word says what became of a coupon or a password: "was invalidated",
// "is redeemable". Only small letters behind a form of "to be" are taken for that.
func (p *page) described(start, end int) bool {
	word := p.low[start:end]
	if upper(p.cased[start]) || !lowerWord(word) || len(word) < 6 || p.japaneseAt(end) || !p.words.knows(word) {
		return false
	}
	if p.copulas.before(p.low, p.blanksBefore(start)) == 0 {
		return false
	}
	for _, form := range [...][2]string{{"ed", ""}, {"ed", "e"}, {"ied", "y"}, {"able", ""}, {"able", "e"}, {"ible", ""}, {"ible", "e"}} {
		if stem, ok := strings.CutSuffix(word, form[0]); ok && len(stem) > 2 && p.words.has(stem+form[1]) {
			return true
		}
	}
	stem, ok := strings.CutSuffix(word, "ed")
	return ok && doubled(stem) && p.words.has(stem[:len(stem)-1])
}
