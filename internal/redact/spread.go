package redact

import "strings"

// spread masks what stands beside a masked piece and is plainly more of it: a group of the same
// code, or the digits behind a word.
func (p *page) spread() {
	for i := 0; i < len(p.low); i++ {
		if p.marks[i] == 0 || p.marks[i] == settled || i > 0 && p.marks[i-1] == p.marks[i] {
			continue
		}
		end := i
		for end < len(p.low) && p.marks[end] == p.marks[i] {
			end++
		}
		p.spreadTo(i, end)
		i = end - 1
	}
}

func (p *page) spreadTo(start, end int) {
	as := p.marks[start]
	if as != markOf(Code) && as != markOf(Password) && as != markOf(Other) && as != markOf(Credentials) {
		return
	}
	at := end
	for range 6 { // behind
		from := p.gap(at)
		to := from
		for to < len(p.low) && isAlnum(p.low[to]) {
			to++
		}
		if from == at || !p.fragment(from, to) && (!p.dashed(at, from) || !p.partOfCode(start, end, from, to)) {
			break
		}
		p.mask(at, to, as)
		at = to
	}
	at = start
	for range 6 { // in front
		to := at
		for to > 0 && at-to < 3 && strings.IndexByte(" -_", p.low[to-1]) >= 0 {
			to--
		}
		from := p.wordBefore(to)
		if to == at || !p.fragment(from, to) && (!p.dashed(to, at) || !p.partOfCode(start, end, from, to)) {
			break
		}
		p.mask(from, at, as)
		at = from
	}
}

// dashed reports whether nothing but one dash stands between two places.
func (p *page) dashed(i, j int) bool { return j == i+1 && strings.IndexByte("-_", p.low[i]) >= 0 }

// partOfCode reports whether a word that a dash joins to a masked piece is a part of it, as the
// first of RENEW-4PP-19Z is.
func (p *page) partOfCode(start, end, from, to int) bool {
	_, digits, _ := count(p.low[start:end])
	return digits > 0 && from < to && to-from < 12 && p.marks[from] == 0
}

// fragment reports whether a run is no word, and no number with a meaning of its own.
func (p *page) fragment(start, end int) bool {
	if end-start < 3 || end-start > 8 || p.marks[start] != 0 {
		return false
	}
	letters, digits, _ := count(p.low[start:end])
	if letters == 0 {
		n, _ := p.units.at(p.low, p.spaces(end))
		return digits > 3 && n == 0 && p.publicNumbers.before(p.low, p.back(start)) == 0 && !p.dated(start, end)
	}
	if digits > 0 {
		return !p.harmlessShape(start, end)
	}
	return upper(p.cased[start]) && upper(p.cased[end-1]) && !p.everyWord(p.low[start:end])
}

// dated reports whether a number is part of a date or a longer number with signs.
func (p *page) dated(start, end int) bool {
	return end < len(p.low) && strings.IndexByte("/:.", p.low[end]) >= 0 || start > 0 && strings.IndexByte("/:.", p.low[start-1]) >= 0
}

// repeat masks secrets again where the message repeats them.
func (p *page) repeat() {
	seen := map[string]bool{}
	for i := 0; i < len(p.low) && len(seen) < 12; i++ {
		if p.marks[i] == 0 || p.marks[i] == settled {
			continue
		}
		end := i
		for end < len(p.low) && p.marks[end] == p.marks[i] {
			end++
		}
		text := p.low[i:end]
		if len(text) > 3 && len(text) < 80 && !seen[text] {
			seen[text] = true
			p.again(text, p.marks[i])
			if stem := strings.TrimRight(text, "0123456789!#$*_-"); stem != text && len(stem) > 4 && lowerWord(stem) && !p.everyWord(stem) {
				p.again(stem, p.marks[i]) // tried without its number too
			}
		}
		i = end - 1
	}
}

func (p *page) again(text string, as mark) {
	for at := 0; at < len(p.low); {
		n := strings.Index(p.low[at:], text)
		if n < 0 {
			return
		}
		start, end := at+n, at+n+len(text)
		if (start == 0 || !isAlnum(p.low[start-1])) && (end == len(p.low) || !isAlnum(p.low[end])) {
			for i := start; i < end; i++ {
				if p.marks[i] == 0 || p.marks[i] == settled {
					p.marks[i] = as
				}
			}
		}
		at = end
	}
}
