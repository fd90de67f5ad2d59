package redact

import (
	"unicode/utf8"
)

// maxSaid is how long, in characters, a Japanese word is at most that is taken for a password.
const maxSaid = 10

// said masks what stands in front of the Japanese for "is what I type": a word in quotation marks,
// or one that a blank or another script parts from what it is said with.
func (p *page) said(end int, h hit) {
	end = p.blanksBefore(end)
	if end == 0 || p.marks[end-1] != 0 {
		return
	}
	if start := p.quotedBefore(end); start > 0 {
		_, size := utf8.DecodeLastRuneInString(p.low[:end])
		p.quoted(start, end-size, linked, h)
		return
	}
	if p.low[end-1] < utf8.RuneSelf {
		p.subject(end, h)
		return
	}
	word := p.wordStart(end)
	start := p.overLeads(word, end)
	if start == word && !p.parted(start) {
		return
	}
	if p.secretKana(p.low[start:end]) && !p.asks(end) {
		p.mask(start, end, h.as)
	}
}

// parted reports whether a Japanese word may begin at i: a blank or a sign stands before, or a
// word that leads up to it. Behind other kana, and kanji, it is hard to say.
func (p *page) parted(i int) bool {
	previous, _ := utf8.DecodeLastRuneInString(p.low[:i])
	next, _ := utf8.DecodeRuneInString(p.low[i:])
	return !isJapanese(previous) || !isHiragana(next) && isHiragana(previous) || p.leads.before(p.low, i) > 0
}

// quotedBefore returns where the quotation that ends at i begins, 0 if none does.
func (p *page) quotedBefore(i int) int {
	for start := i - 1; start >= 0 && i-start < 64 && p.low[start] != '\n'; start-- {
		if !utf8.RuneStart(p.low[start]) {
			continue
		}
		if open, shut := p.quote(start); shut > 0 {
			_, size := utf8.DecodeRuneInString(p.low[shut:])
			if shut+size == i {
				return start + open
			}
		}
	}
	return 0
}

// wordStart returns where the Japanese word that ends at i begins: the characters of one script,
// but for kanji, which kana often follow.
func (p *page) wordStart(i int) int {
	last, _ := utf8.DecodeLastRuneInString(p.low[:i])
	start := i
	for range maxSaid + 8 {
		r, size := utf8.DecodeLastRuneInString(p.low[:start])
		if !isJapanese(r) || isKatakana(r) != isKatakana(last) || isKanji(r) != isKanji(last) {
			break
		}
		start -= size
	}
	return start
}

// overLeads skips what leads up to a word: the Japanese for "always", "I".
func (p *page) overLeads(start, end int) int {
	for range 4 {
		n := p.leads.piece(p.low[:end], start)
		if n == 0 || start+n >= end {
			return start
		}
		start += n
	}
	return start
}

// namedKana masks the name that is given behind "I made it my grandchild's name".
func (p *page) namedKana(i int, h hit) {
	from, line := i, p.lineEnd(i)
	for range 6 {
		n := p.gaps.piece(p.low[:line], i)
		if n == 0 {
			n = p.leads.piece(p.low[:line], i)
		}
		i = p.spaces(i + n)
	}
	if i >= line || p.marks[i] != 0 || p.wordStart(i) <= from {
		return // the same sentence goes on
	}
	if _, shut := p.quote(i); shut > 0 || p.chunkEnd(i) > i {
		p.name(i, h)
		return
	}
	end := i
	for end < line && end-i <= 3*maxSaid && p.quoting.piece(p.low, end) == 0 {
		r, size := utf8.DecodeRuneInString(p.low[end:])
		if last, _ := utf8.DecodeLastRuneInString(p.low[:end]); !isJapanese(r) && isKatakana(last) {
			break // katakana are a name even if the sentence says no more of it
		} else if !isJapanese(r) {
			return
		}
		end += size
	}
	n := utf8.RuneCountInString(p.low[i:end])
	if end < line && n > 1 && n < maxSaid && !p.plain(p.low[i:end]) && !p.asks(end) {
		p.mask(i, end, h.as)
	}
}

// plain reports whether a Japanese word is one of those that are no secret, or has a long one in it.
func (p *page) plain(text string) bool {
	const threeKana = 9
	return p.noSecrets.piece(text, 0) == len(text) || p.longestPlain(text) >= threeKana
}
