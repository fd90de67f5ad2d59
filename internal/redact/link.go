package redact

import (
	"strings"
	"unicode/utf8"
)

// findLinks keeps addresses of web pages, but masks what in them could be a token, and the name
// and password before the host.
func (p *page) findLinks() {
	for i := 0; i < len(p.low); i++ {
		n := p.scheme(i)
		if n == 0 || p.marks[i] != 0 {
			continue
		}
		end := i + n
		for end < len(p.low) && p.low[end] > ' ' && p.low[end] < utf8.RuneSelf && strings.IndexByte("<>|\"", p.low[end]) < 0 {
			end++
		}
		_, end = p.trim(i, end)
		if _, own := p.pages[p.low[i:end]]; !own && end > i+n {
			p.link(i+n, end)
		}
		if end > i+n {
			p.settle(i, end)
			i = end - 1
		}
	}
}

// scheme returns how long the beginning of a link at i is: https://, www., or one of our hosts.
func (p *page) scheme(i int) int {
	if i > 0 && (isAlnum(p.low[i-1]) || strings.IndexByte("@.-", p.low[i-1]) >= 0) || !isAlnum(p.low[i]) {
		return 0
	}
	if n := strings.Index(p.low[i:min(len(p.low), i+16)], "://"); n > 0 && lowerWord(p.low[i:i+n]) {
		return n + 3
	}
	if strings.HasPrefix(p.low[i:], "www.") {
		return 4
	}
	for _, host := range p.hosts {
		if host[0] == p.low[i] && strings.HasPrefix(p.low[i:], host+"/") {
			return 1
		}
	}
	return 0
}

func (p *page) link(start, end int) {
	as := markOf(Link)
	text := p.low[start:end]
	authority := text
	if i := strings.IndexAny(text, "/?#"); i >= 0 {
		authority = text[:i]
	}
	host := start
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		p.mask(start, start+i, as)
		host += i + 1
	}
	path := start + len(authority)
	if !p.ownHost(p.low[host:path]) && !p.harmlessHost(p.low[host:path]) {
		p.mask(host, path, markOf(Other))
	}
	query := path
	if i := strings.IndexAny(p.low[path:end], "?#"); i >= 0 {
		query += i
		p.maskQuery(query+1, end)
	} else {
		query = end
	}
	for path < query {
		stop := path
		for stop < query && strings.IndexByte("/;", p.low[stop]) < 0 {
			stop++
		}
		if !p.harmlessSegment(p.low[path:stop]) {
			p.mask(path, stop, as)
		}
		path = stop + 1
	}
}

func (p *page) harmlessHost(host string) bool {
	for part := range strings.FieldsFuncSeq(host, func(r rune) bool { return r == '.' || r == '-' || r == ':' }) {
		if letters, digits, _ := count(part); digits > 4 && letters > 0 || letters > 25 {
			return false
		}
	}
	return true
}

// harmlessSegment: a name, or the number of an article with its title.
func (p *page) harmlessSegment(text string) bool {
	if _, ok := p.known[text]; ok {
		return true
	}
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune("-_.+,", r) }) {
		if _, ok := p.known[part]; ok {
			continue
		}
		letters, digits, signs := count(part)
		switch {
		case signs > 0:
			return false
		case letters == 0 && digits < 15:
		case digits > 2 && letters > 2 && len(part) > 7, len(part) > 24, digits > 0 && letters > 0 && len(part) > 12:
			return false
		case digits == 0 && letters > 9 && !p.words.knows(part) && !p.camelName(part):
			return false
		}
	}
	return true
}

func (p *page) camelName(part string) bool { return p.words.plausible(part) || romaji(part) }

// maskQuery masks what follows the question mark unless it is a language or a page.
func (p *page) maskQuery(start, end int) {
	for part := range strings.FieldsFuncSeq(p.low[start:end], func(r rune) bool { return strings.ContainsRune("&=+-_/.,:", r) }) {
		if len(part) > 14 || !p.harmlessPart(part) {
			p.mask(start, end, markOf(Link))
			return
		}
	}
	for _, word := range [...]string{"token", "code=", "key=", "auth", "pass", "sig", "otp", "session", "sid="} {
		if strings.Contains(p.low[start:end], word) {
			p.mask(start, end, markOf(Link))
			return
		}
	}
}
