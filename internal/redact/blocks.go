package redact

import "strings"

// keepMarkup settles what Slack puts into a message for people, channels and emoji.
func (p *page) keepMarkup() {
	for i := 0; i < len(p.low); i++ {
		end := 0
		switch {
		case p.low[i] == '<' && i+1 < len(p.low) && strings.IndexByte("@#!", p.low[i+1]) >= 0:
			end = p.markupEnd(i)
		case p.low[i] == ':' && (i == 0 || !isAlnum(p.low[i-1])):
			end = p.emojiEnd(i)
		case p.low[i] == '@' && strings.HasPrefix(p.low[i:], "@intego") && (i == 0 || p.low[i-1] <= ' '):
			end = p.wordEnd(i + 1)
		}
		if end > i {
			p.settle(i, end)
			i = end - 1
		}
	}
}

func (p *page) markupEnd(i int) int {
	n := strings.IndexAny(p.low[i:min(len(p.low), i+64)], "> \n")
	if n < 3 || p.low[i+n] != '>' {
		return 0
	}
	id, _, _ := strings.Cut(p.low[i+2:i+n], "|")
	for j := range len(id) {
		if !isAlnum(id[j]) && id[j] != '^' && id[j] != '-' {
			return 0
		}
	}
	if first := p.low[i+2]; p.low[i+1] != '!' && first != 'u' && first != 'w' && first != 'c' {
		return 0
	}
	return i + n + 1
}

func (p *page) emojiEnd(i int) int {
	for j := i + 1; j < len(p.low) && j-i < 40; j++ {
		switch b := p.low[j]; {
		case b == ':' && j > i+2:
			return p.emojiWords(i+1, j)
		case b >= 'a' && b <= 'z' || b == '_' || b == '-' || b == '+' || isDigit(b) && j > i+1:
		default:
			return 0
		}
	}
	return 0
}

func (p *page) emojiWords(start, end int) int {
	for part := range strings.FieldsFuncSeq(p.low[start:end], func(r rune) bool { return r == '_' || r == '-' || r == '+' }) {
		if letters, digits, _ := count(part); digits > 0 && (letters > 0 || digits > 3) || !p.words.knows(part) && letters > 2 && !p.words.plausible(part) {
			return 0
		}
	}
	if end+1 < len(p.low) && isAlnum(p.low[end+1]) {
		return 0
	}
	return end + 1
}

// findBlocks masks private keys, and the beginnings of one whose end was cut off.
func (p *page) findBlocks() {
	const begin, end = "-----begin ", "-----end "
	for i := 0; i < len(p.low); {
		n := strings.Index(p.low[i:], begin)
		if n < 0 {
			return
		}
		start := i + n
		stop := len(p.low)
		if n := strings.Index(p.low[start:], end); n > 0 {
			stop = start + n + len(end)
			if n := strings.Index(p.low[stop:], "-----"); n >= 0 {
				stop += n + len("-----")
			}
		}
		p.mask(start, stop, markOf(Code))
		i = stop
	}
}
