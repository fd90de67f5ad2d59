package redact

import (
	"strings"
	"unicode/utf8"
)

// value masks the secret that begins at i, if one does, and returns its end; else 0.
func (p *page) value(i, limit int, how force, h hit, bridge int) int {
	if p.masked(i) {
		for i < len(p.low) && p.masked(i) {
			_, size := utf8.DecodeRuneInString(p.low[i:])
			i += size
		}
		return i
	}
	if p.marks[i] == settled {
		return 0
	}
	if open, shut := p.quote(i); shut > 0 {
		if end := p.quoted(i+open, shut, how, h); end > 0 || h.weak {
			return end
		}
		return p.refusedQuote(i+open, shut, h)
	}
	end := p.chunkEnd(i)
	if end == i {
		return p.kana(i, how, h)
	}
	start, end := p.trim(i, end)
	if start == end || start-i > 2 {
		return 0
	}
	if stop := p.digitGroups(start, end); stop > end && (!h.weak || how == certain) {
		p.mask(start, stop, h.as)
		return stop
	}
	if how != beside || h.weak {
		if stop := p.twins(start, end, h); stop > 0 {
			return stop
		}
	}
	if !p.secretToken(start, end, how, h, bridge) {
		if how != beside && !h.weak {
			return p.passphrase(start, limit, h)
		}
		return 0
	}
	p.mask(start, end, h.as)
	return p.tail(end, h)
}

// digitGroups returns the end of a number that is written in short groups: 55 19 27.
func (p *page) digitGroups(start, end int) int {
	if !allDigits(p.low[start:end]) || end-start > 4 {
		return 0
	}
	total, stop := end-start, end
	for stop+1 < len(p.low) && p.low[stop] == ' ' && isDigit(p.low[stop+1]) {
		next := p.chunkEnd(stop + 1)
		_, next = p.trim(stop+1, next)
		if !allDigits(p.low[stop+1:next]) || next-stop > 5 {
			break
		}
		total, stop = total+next-stop-1, next
	}
	if n, _ := p.units.at(p.low, p.spaces(stop)); total < 4 || n > 0 {
		return 0
	}
	return stop
}

// twins masks a user name and a password with a stroke between them: the second is the proof
// that the first is no ordinary word.
func (p *page) twins(start, end int, h hit) int {
	if h.as != markOf(Credentials) {
		return 0
	}
	at := p.spaces(end)
	if at >= len(p.low) || strings.IndexByte("/:|", p.low[at]) < 0 {
		return 0
	}
	from := p.spaces(at + 1)
	if from >= len(p.low) {
		return 0
	}
	from, to := p.trim(from, p.chunkEnd(from))
	if to-from < 4 || end-start < 3 || strings.HasPrefix(p.low[at:], "://") {
		return 0
	}
	if _, ok := p.known[p.low[start:end]]; ok || p.everyWord(p.low[from:to]) || !p.secretToken(from, to, linked, hit{as: h.as}, 0) {
		return 0
	}
	p.mask(start, end, h.as)
	p.mask(from, to, markOf(Password))
	return to
}

// tail includes the signs at the end of a secret that would be punctuation elsewhere.
func (p *page) tail(end int, h hit) int {
	for end < len(p.low) && p.marks[end] == 0 && strings.IndexByte("!*#$%=~", p.low[end]) >= 0 {
		p.marks[end] = h.as
		end++
	}
	return end
}

// passphrase masks a secret of several words: at least half of them are odd in such a message.
func (p *page) passphrase(i, limit int, h hit) int {
	start, end, words, odd := i, i, 0, 0
	for i < limit && words < 7 {
		stop := p.wordEnd(i)
		if stop == i {
			break
		}
		words++
		if word := p.low[i:stop]; len(word) > 2 && lowerWord(word) && !p.everyWord(word) {
			odd++
		}
		end = stop
		if i = p.spaces(stop); i == stop {
			break
		}
	}
	if words < 3 || odd*2 < words || !p.clauseEnds(end) {
		return 0
	}
	p.mask(start, end, h.as)
	return end
}
