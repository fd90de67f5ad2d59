package redact

import "strings"

// findEmails masks e-mail addresses, also those with a slip in them or read out.
func (p *page) findEmails() {
	for i := 0; i < len(p.low); i++ {
		n, _ := p.at.at(p.low, i)
		if n == 0 || p.marks[i] != 0 {
			continue
		}
		sign := p.low[i] == '@'
		start, end := p.localPart(i, sign), p.domain(i+n, sign)
		if start == i || end == i+n {
			continue
		}
		if p.ownMail(i+n, end) {
			p.settle(start, end)
		} else {
			p.mask(start, end, markOf(Email))
		}
		i = end - 1
	}
}

func localByte(b byte) bool { return isAlnum(b) || strings.IndexByte("._%+-", b) >= 0 }

// localPart returns where the part before the at begins, i if there is none.
func (p *page) localPart(i int, sign bool) int {
	end := i
	for end > 0 && i-end < 2 && p.low[end-1] == ' ' {
		end--
	}
	start := end
	for start > 0 && end-start < 64 && localByte(p.low[start-1]) && p.marks[start-1] == 0 {
		start--
	}
	if start == end && !sign {
		return p.kanaLocal(end)
	}
	if start == end || !sign && p.low[i] == 'a' && p.ordinaryBefore(start, end, i) {
		return i
	}
	if sign {
		return start
	}
	return p.spokenLocal(start, end)
}

// ordinaryBefore reports whether a word makes no address with the "at" behind it at i: it is one
// of everyday messages, or any word and no domain follows.
func (p *page) ordinaryBefore(start, end, i int) bool {
	word := p.low[start:end]
	if p.spokenDomain(i) {
		return false
	}
	n, _ := p.mailHosts.at(p.low, p.spaces(p.wordEnd(i)))
	return p.everyWord(word) || n < 4 && p.words.knows(word)
}

// spokenDomain reports whether a word for the dot is read out shortly behind the at.
func (p *page) spokenDomain(i int) bool {
	for at := i; at < len(p.low) && at < i+40; at++ {
		if n, _ := p.dots.at(p.low, at); n > 2 {
			return true
		}
	}
	return false
}

// domain returns where the part behind the at ends, i if it is none: labels with dots between,
// up to one that ends addresses, or a mail service by its bare name.
func (p *page) domain(i int, sign bool) int {
	at := i
	for at < len(p.low) && at-i < 2 && (p.low[at] == ' ' || !sign && p.low[at] == '.') {
		at++
	}
	begin, found := at, i
	for range 6 {
		label := p.label(at, sign)
		if n, _ := p.mailHosts.at(p.low, at); n > 3 && at == begin {
			found, label = at+n, max(label, at+n)
		}
		n, _ := p.topDomains.at(p.low, at)
		if at > begin && n > 0 {
			found, label = at+n, max(label, at+n)
		}
		if n == 0 && label == at {
			n, _ = p.mailHosts.at(p.low, at)
			label = at + n
		}
		if label == at {
			break
		}
		next := p.afterDot(label, sign)
		if next == label {
			break
		}
		at = next
	}
	return found
}

// afterDot returns the first place behind a dot, a comma for one, a blank for one, or the word.
func (p *page) afterDot(i int, sign bool) int {
	at := i
	if at < len(p.low) && p.low[at] == ' ' {
		at++
	}
	if n, _ := p.dots.at(p.low, at); n > 0 {
		slip := at > i || p.low[at] == ','
		at += n
		if slip && p.low[at-1] < 'a' && (!sign || !p.sureDomain(p.spaces(at))) {
			return i
		}
		if at < len(p.low) && p.low[at] == ' ' {
			at++
		}
		return at
	}
	if sign && at > i && p.sureDomain(at) {
		return at
	}
	return i
}

// sureDomain reports whether the end of an address stands at i that is no English word as well.
func (p *page) sureDomain(i int) bool {
	n, _ := p.topDomains.at(p.low, i)
	return n > 2 || n == 2 && strings.HasPrefix(p.low[i:], "jp")
}

// ownMail reports whether a domain is one of ours, also read out: support addresses may be quoted.
func (p *page) ownMail(start, end int) bool {
	var host strings.Builder
	for start < end {
		if n, _ := p.dots.at(p.low, start); n > 0 {
			host.WriteByte('.')
			start += n
			continue
		}
		if p.low[start] != ' ' {
			host.WriteByte(p.low[start])
		}
		start++
	}
	return p.ownHost(host.String())
}

func (p *page) ownHost(host string) bool {
	host, _, _ = strings.Cut(host, ":")
	for _, own := range p.hosts {
		if host == own && own != "icloud.com" || strings.HasSuffix(host, "."+own) {
			return true
		}
	}
	return false
}
