package redact

import (
	"strings"
	"unicode/utf8"
)

// others masks what is named behind a secret in the same breath: the rest of it, the password
// behind the user name, the new one behind the old one.
func (p *page) others(i int, h hit) {
	for range 8 {
		i = p.wrapped(i, h)
		joined, at := false, i
		for at < len(p.low) && strings.IndexByte(" \t\"')]!.>", p.low[at]) >= 0 || strings.HasPrefix(p.low[at:], "\u300d") {
			_, size := utf8.DecodeRuneInString(p.low[at:])
			at += size
		}
		for range 3 {
			n, _ := p.joints.at(p.low, at)
			if n == 0 {
				break
			}
			joined, at = true, p.spaces(at+n)
		}
		if at >= len(p.low) || p.low[at] == '\n' || p.low[at] == '\r' {
			return
		}
		how := beside
		if joined {
			how = linked
		}
		next := h
		next.weak = false
		if n, _ := p.keywords.at(p.low, at); n > 0 {
			return
		}
		end := p.more(at, how, next, joined)
		if end <= at {
			return
		}
		i = end
	}
}

func (p *page) more(at int, how force, h hit, joined bool) int {
	if open, shut := p.quote(at); shut > 0 && joined {
		return p.quoted(at+open, shut, how, h)
	}
	if p.masked(at) {
		return p.value(at, len(p.low), how, h, 1)
	}
	start, end := p.trim(at, p.chunkEnd(at))
	if start >= end || p.marks[start] == settled {
		return 0
	}
	if !joined && !p.odd(start, end) {
		return 0
	}
	how = max(how, linked)
	if !p.secretToken(start, end, how, h, 0) {
		return 0
	}
	p.mask(start, end, h.as)
	return p.tail(end, h)
}

// odd reports whether a run behind a secret looks like more of it.
func (p *page) odd(start, end int) bool {
	letters, digits, _ := count(p.low[start:end])
	return digits > 2 && letters == 0 || digits > 0 && letters > 0 && !p.harmlessShape(start, end) || letters > 0 && !p.everyWord(p.low[start:end])
}
