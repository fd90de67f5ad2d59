package redact

import (
	"strings"
	"unicode/utf8"
)

// secretToken judges a run of Latin characters at a place where a secret may stand.
func (p *page) secretToken(start, end int, how force, h hit, bridge int) bool {
	text := p.low[start:end]
	if len(text) > maxRun/2 {
		return true
	}
	if placeholder(text) {
		return false
	}
	if _, ok := p.known[text]; ok {
		return false
	}
	letters, digits, signs := count(text)
	switch {
	case letters == 0 && digits == 0:
		return signs > 3 && how == certain
	case letters == 0 && signs == 0:
		return p.secretNumber(start, end, how, h)
	case digits > 0 || signs > 0:
		return p.secretMixture(start, end, how, h)
	case letters < 3:
		return false
	case p.everyWord(text):
		return false
	case p.honorific(end):
		return false
	case how == certain:
		return !h.weak || !p.words.knows(text) || p.clauseEnds(end) || p.japaneseAt(end)
	case how == linked && p.described(start, end):
		return false
	case how == linked:
		return !h.weak || p.clauseEnds(end) || p.japaneseAt(end)
	default:
		return !h.weak && bridge == 0 && (p.clauseEnds(end) || p.japaneseAt(end) || p.goesOn(end) || !p.words.knows(text) && !p.words.plausible(text))
	}
}

// goesOn reports whether what follows is said of passwords: "worked", "is wrong".
func (p *page) goesOn(end int) bool {
	at := p.spaces(end)
	worked, _ := p.works.at(p.low, at)
	joined, _ := p.dictatedJoints.at(p.low, at)
	return worked+joined > 0
}

func (p *page) honorific(end int) bool {
	n, _ := p.honorifics.at(p.low, p.spaces(end))
	return n > 0
}

func (p *page) japaneseAt(i int) bool {
	i = p.spaces(i)
	if i >= len(p.low) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(p.low[i:])
	return isJapanese(r)
}

// secretNumber: a count ("8 characters"), a year of a product or an error is no secret.
func (p *page) secretNumber(start, end int, how force, h hit) bool {
	if end-start < 3 && (how != certain || h.as != markOf(Card)) {
		return false
	}
	if n, _ := p.units.at(p.low, p.spaces(end)); n > 0 {
		return false
	}
	if h.as == markOf(Phone) {
		return end-start > 5
	}
	if end-start == 4 && year(p.low[start:end]) && p.publicNumbers.before(p.low, p.back(start)) > 0 {
		return false
	}
	if h.weak && how != certain {
		return (end-start > 4 || h.as != markOf(Code) && end-start > 3) && p.publicNumbers.before(p.low, p.back(start)) == 0
	}
	return true
}

// year reports whether four digits are a year in which a customer may have bought something.
func year(text string) bool { return strings.HasPrefix(text, "19") || strings.HasPrefix(text, "20") }

// secretMixture judges a run with digits or signs in it.
func (p *page) secretMixture(start, end int, how force, h hit) bool {
	letters, digits, signs := count(p.low[start:end])
	if h.as == markOf(Code) && !h.weak && how != beside && letters == 0 && digits > 5 && strings.Count(p.low[start:end], "-") == 1 {
		return true
	}
	if !h.weak && letters > 0 && digits > 0 && signs == 0 && end-start > 5 && isLetter(p.low[start]) && h.as != markOf(Phone) {
		return true // a model or an error number elsewhere
	}
	if !h.weak && letters > 0 && digits > 0 && strings.ContainsAny(p.low[start:end], "!$#%^*@~_") {
		return true
	}
	if p.harmlessShape(start, end) {
		return false
	}
	if word := strings.Trim(p.low[start:end], "-_"); how != beside && !h.weak && len(word) > 2 && lowerWord(word) && digits == 0 && !p.everyWord(word) {
		return true
	}
	if h.as == markOf(Phone) {
		return false
	}
	if h.as == markOf(Credentials) && initialled(p.low[start:end]) {
		return true
	}
	if p.wordAndNumber(p.low[start:end]) || !h.weak && (how == certain || how == linked && h.as == markOf(Credentials)) && strings.IndexByte(p.low[start:end], '_') > 0 {
		return true
	}
	for part := range strings.FieldsFuncSeq(p.low[start:end], func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		if !p.harmlessPart(part) || how == certain && !p.everyWord(part) && !allDigits(part) {
			return true
		}
	}
	return how == certain && !h.weak && digits > 1 && signs > 0 && !p.slashed(start, end)
}

// initialled reports whether a run is a name with an initial, as in user names: k-suzuki.
func initialled(text string) bool {
	first, last, ok := strings.Cut(strings.NewReplacer("_", "-", ".", "-").Replace(text), "-")
	return ok && (len(first) == 1 && len(last) > 3 || len(first) > 3 && len(last) == 1)
}

// wordAndNumber reports whether a run joins a word that is none of everyday messages to a number.
func (p *page) wordAndNumber(text string) bool {
	if strings.ContainsAny(text, "/,:") {
		return false
	}
	odd, number := false, false
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		letters, digits, _ := count(part)
		number = number || digits > 0
		odd = odd || letters > 2 && digits == 0 && !p.everyWord(part)
	}
	return odd && number
}

// slashed reports whether a run is nothing but words with a stroke between them: VPN/Mac.
func (p *page) slashed(start, end int) bool { return strings.IndexByte(p.low[start:end], '/') >= 0 }
