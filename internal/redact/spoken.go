package redact

import (
	"strings"
	"unicode/utf8"
)

// spokenLocal returns where the name of an address that is read out begins: start is the beginning
// of its last word, end where that ends. Signs that are read out join more words to it, and so do
// letters and digits that stand alone: "pat underscore quill", "p a t", "quill four two".
func (p *page) spokenLocal(start, end int) int {
	for range 12 {
		before := p.blanksBefore(start)
		if before == start && start > 0 {
			return start
		}
		if n := p.mailSigns.before(p.low, before); n > 0 {
			name := p.blanksBefore(before - n)
			first := p.localStart(name)
			if first == name {
				return start
			}
			start, end = first, name
			continue
		}
		first := p.localStart(before)
		if first == before || !p.spelt(start, end) || !p.spelt(first, before) && p.everyWord(p.low[first:before]) {
			return start
		}
		start, end = first, before
	}
	return start
}

// spelt reports whether a word is a letter or a digit, or the name of one.
func (p *page) spelt(start, end int) bool {
	return end-start == 1 || allDigits(p.low[start:end]) || p.dictated.before(p.low, end) == end-start
}

func (p *page) localStart(end int) int {
	start := end
	for start > 0 && end-start < 64 && localByte(p.low[start-1]) && p.marks[start-1] == 0 {
		start--
	}
	return start
}

// kanaLocal returns where the kana in front of an "at" that is read out begin, end if there are none.
func (p *page) kanaLocal(end int) int {
	const topic = "\u306f"
	start := end
	for range 20 {
		r, size := utf8.DecodeLastRuneInString(p.low[:start])
		if !isKatakana(r) && !isHiragana(r) && (r >= utf8.RuneSelf || !isAlnum(byte(r))) || p.marks[start-size] != 0 {
			break
		}
		start -= size
	}
	if i := strings.LastIndex(p.low[start:end], topic); i > 2*len(topic) && start+i+2*len(topic) < end {
		return start + i + len(topic)
	}
	if n := p.mailSigns.before(p.low, p.blanksBefore(start)); n > 0 && start < end {
		return min(start, p.kanaLocal(p.blanksBefore(p.blanksBefore(start)-n)))
	}
	return start
}

// label returns the end of one label of the domain of an address: letters, or kana if it is read
// out, and the labels that a dash which is read out joins to it.
func (p *page) label(i int, sign bool) int {
	for range 3 {
		for i < len(p.low) && (isAlnum(p.low[i]) || p.low[i] == '-' || p.low[i] == '_') {
			i++
		}
		if sign {
			return i
		}
		i = p.kanaLabel(i)
		at := p.spaces(i)
		n, _ := p.mailSigns.at(p.low, at)
		if n == 0 || p.dots.has(p.low, at) {
			return i
		}
		next := p.spaces(at + n)
		if next >= len(p.low) || !isAlnum(p.low[next]) {
			return i
		}
		i = next
	}
	return i
}

func (p *page) kanaLabel(i int) int {
	for start := i; i < len(p.low) && i-start < 45; {
		r, size := utf8.DecodeRuneInString(p.low[i:])
		if !isKatakana(r) && !isHiragana(r) || p.dots.piece(p.low, i) > 0 {
			break
		}
		i += size
	}
	return i
}
