package redact

import (
	"strings"
	"unicode/utf8"
)

// hit is a place where a word stands behind which secrets are written.
type hit struct {
	start, end int
	as         mark
	weak       bool
}

// findKeywords notes the places of all keywords.
func (p *page) findKeywords() {
	for i := 0; i < len(p.low); {
		if p.marks[i] == 0 {
			if n, value := p.keywords.at(p.low, i); n > 0 {
				p.hits = append(p.hits, hit{i, i + n, mark(value &^ weakFlag), value&weakFlag != 0})
				i += n
				continue
			}
		}
		_, size := utf8.DecodeRuneInString(p.low[i:])
		i += size
	}
}

// strong reports whether the message has a keyword that can mean nothing else.
func (p *page) strong(start, end int) bool {
	for _, h := range p.hits {
		if !h.weak && h.as != markOf(Phone) && h.as != markOf(Card) && h.start >= start && h.end <= end {
			return true
		}
	}
	return false
}

// force is how sure it is that a secret follows.
type force int

const (
	beside  force = iota // a keyword, and the secret right behind it
	linked               // a keyword, "is", and the secret
	certain              // a keyword, a colon, and the secret
)

// readKeywords looks for what each keyword announces.
func (p *page) readKeywords() {
	for i, h := range p.hits {
		if p.masked(h.start) {
			continue // a part of a secret
		}
		next := len(p.low)
		for _, other := range p.hits[i+1 : min(len(p.hits), i+8)] {
			if !other.weak {
				next = other.start
				break
			}
		}
		p.behind(h, next)
		p.inFront(h)
	}
}

// behind follows a message from a keyword to its secret: over words that belong to the keyword
// ("for the VPN"), a link ("is"), and words that say nothing.
func (p *page) behind(h hit, next int) {
	i, how, bridge := h.end, beside, 0
	for range 16 {
		i = p.spaces(i)
		if i >= len(p.low) || i >= next {
			return
		}
		if p.low[i] == '\n' || p.low[i] == '\r' {
			p.nextLine(h, i, how, bridge)
			return
		}
		if n := p.sign(i); n > 0 {
			i, how = i+n, certain
			continue
		}
		if n, _ := p.strongLinks.at(p.low, i); n > 0 {
			i, how = i+n, certain
			continue
		}
		if how != beside {
			if n, _ := p.fillers.at(p.low, i); n > 0 {
				i += n
				continue
			}
		}
		if end := p.value(i, next, how, h, bridge); end > i {
			p.others(end, h)
			return
		}
		if how == certain {
			if n := p.bridge(i); n > 0 && p.sign(p.spaces(i+n)) > 0 && bridge < 4 {
				i, bridge = i+n, bridge+1 // a heading within the list: "passwords: mac - …"
				continue
			}
			return
		}
		if n, _ := p.links.at(p.low, i); n > 0 {
			i, how = i+n, max(how, linked)
			continue
		}
		if end := p.apposed(i, h); end > 0 {
			p.others(end, h)
			return
		}
		n := p.bridge(i)
		if n == 0 || bridge > 5 {
			return
		}
		if i, bridge = i+n, bridge+1; how == linked {
			how = beside
		}
	}
}

// sign returns the length of a sign that says: here it comes.
func (p *page) sign(i int) int {
	if i >= len(p.low) || strings.HasPrefix(p.low[i:], "://") {
		return 0
	}
	for _, sign := range [...]string{"->", "=>", ">>", ":", "=", "|", "\u2192", "\u21d2", "\u2193", "\u25b6"} {
		if strings.HasPrefix(p.low[i:], sign) {
			return len(sign)
		}
	}
	if strings.HasPrefix(p.low[i:], "- ") {
		return 1
	}
	return 0
}

// bridge returns the length of a word between a keyword and its link, or of a remark in brackets.
func (p *page) bridge(i int) int {
	if p.low[i] == '(' {
		if end := strings.IndexAny(p.low[i:], ")\n"); end > 0 && end < 60 && p.low[i+end] == ')' {
			return end + 1
		}
		return 0
	}
	end := p.wordEnd(i)
	if end == i || !p.everyWord(p.low[i:end]) || p.marks[i] != 0 && p.marks[i] != settled {
		return 0
	}
	return end - i
}

// nextLine takes a lone word in the line below a keyword for its secret: a form was copied.
func (p *page) nextLine(h hit, i int, how force, bridge int) {
	if h.weak && p.spaces(p.lineStart(h.start)) != h.start || how == linked && bridge > 0 || bridge > 1 {
		return
	}
	for i < len(p.low) && p.low[i] <= ' ' {
		i++
	}
	end := p.lineEnd(i)
	start := i
	for end > start && p.low[end-1] <= ' ' {
		end--
	}
	if n, _ := p.keywords.at(p.low, start); n > 0 || start == end {
		return
	}
	if strings.IndexByte(p.low[start:end], ' ') < 0 && end-start < 64 {
		if stop := p.value(start, end, certain, h, 0); stop > 0 {
			p.wrapped(stop, h)
		}
	}
}
