package redact

import "unicode/utf8"

// findDictated masks letters and digits that were read out one by one.
func (p *page) findDictated() {
	for i := 0; i < len(p.low); {
		if n, _ := p.spokenNames.at(p.low, i); n > 0 {
			i += n
			continue
		}
		if p.marks[i] == 0 {
			if end, atoms := p.dictation(i); p.withinKatakana(i, end) {
				i = p.katakanaEnd(i)
				continue
			} else if atoms > 3 || atoms > 2 && p.announced(i) {
				p.mask(i, end, p.dictatedAs(i, end))
				i = end
				continue
			} else if end > i {
				i = max(i+1, end)
				continue
			}
		}
		_, size := utf8.DecodeRuneInString(p.low[i:])
		i += size
	}
}

// dictatedAs: digits near a word about calling are a telephone number.
func (p *page) dictatedAs(start, end int) mark {
	if p.callable(start, end) && !p.announced(start) {
		return markOf(Phone)
	}
	return markOf(Password)
}

// withinKatakana reports whether what seems to be read out is a part of a longer word.
func (p *page) withinKatakana(start, end int) bool {
	if end == start {
		return false
	}
	first, _ := utf8.DecodeRuneInString(p.low[start:])
	before, _ := utf8.DecodeLastRuneInString(p.low[:start])
	last, _ := utf8.DecodeLastRuneInString(p.low[:end])
	after, _ := utf8.DecodeRuneInString(p.low[end:])
	return isKatakana(first) && isKatakana(before) || isKatakana(last) && isKatakana(after)
}

func (p *page) katakanaEnd(i int) int {
	for i < len(p.low) {
		r, size := utf8.DecodeRuneInString(p.low[i:])
		i += size
		if !isKatakana(r) {
			break
		}
	}
	return i
}

// announced reports whether a keyword stands shortly before.
func (p *page) announced(i int) bool {
	for _, h := range p.hits {
		if h.end <= i && i-h.end < 24 {
			return true
		}
	}
	return false
}

// dictation returns the end of what is read out from i on and how many signs that makes.
func (p *page) dictation(i int) (end, atoms int) {
	end = i
	numbers := 0
	for atoms < 64 {
		n, number := p.atom(i, atoms > 0)
		if n == 0 {
			break
		}
		atoms++
		if number {
			numbers++
		}
		letter := n == 1 && isLetter(p.low[i])
		i += n
		if letter {
			i = p.spelledWith(i, p.low[i-1])
		}
		end = i
		next := p.between(i)
		if next == i && i < len(p.low) && isAlnum(p.low[i]) && isAlnum(p.low[i-1]) {
			break
		}
		i = next
	}
	if numbers == atoms && atoms < 4 {
		return end, 0
	}
	return end, atoms
}

// between skips what parts two signs that are read out.
func (p *page) between(i int) int {
	for range 5 {
		i = p.spaces(i)
		n, _ := p.dictatedJoints.at(p.low, i)
		if n == 0 {
			return i
		}
		i += n
	}
	return i
}

// atom returns the length of one sign that is read out: a letter or digit alone, or its name.
// Within a row of letters "o k" is no word.
func (p *page) atom(i int, within bool) (length int, number bool) {
	if i >= len(p.low) || p.marks[i] != 0 {
		return 0, false
	}
	if n, _ := p.spokenNames.at(p.low, i); n > 0 && (!within || p.low[i] >= utf8.RuneSelf) {
		return 0, false
	}
	if isAlnum(p.low[i]) && (i == 0 || !isAlnum(p.low[i-1]) && p.low[i-1] != '\'') && (i+1 == len(p.low) || !isAlnum(p.low[i+1]) && p.low[i+1] != '\'') {
		return 1, isDigit(p.low[i])
	}
	n := p.dictated.piece(p.low, i)
	if n == 0 || i == 0 || p.low[i] < utf8.RuneSelf {
		return n, false
	}
	if n <= 3 && !p.loneKana(i, i+n, within) {
		return 0, false
	}
	return n, false
}

// loneKana reports whether a single kana is read out as a digit there: it is no particle, nor the
// beginning of another word.
func (p *page) loneKana(start, end int, within bool) bool {
	previous, _ := utf8.DecodeLastRuneInString(p.low[:start])
	next, _ := utf8.DecodeRuneInString(p.low[end:])
	more := p.dictated.piece(p.low, end) > 0
	return (!isHiragana(previous) || within && more) && !isKanji(next) && (!isHiragana(next) || more)
}

// spelledWith returns the end of the word that a letter at the end of which i stands is explained
// with: "b as in boy", "s for sugar".
func (p *page) spelledWith(i int, letter byte) int {
	at := p.spaces(i)
	n, _ := p.spelling.at(p.low, at)
	if n == 0 {
		return i
	}
	start := p.spaces(at + n)
	if end := p.wordEnd(start); end-start > 1 && p.low[start] == letter {
		return end
	}
	return i
}
