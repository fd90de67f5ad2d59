package redact

import "strings"

// public reports whether a run is a file, a path or a bundle identifier.
func (p *page) public(text string) bool {
	for _, prefix := range p.prefixes {
		if strings.HasPrefix(text, prefix) && len(text) < 90 {
			return true
		}
	}
	path := strings.HasPrefix(text, "/") || strings.HasPrefix(text, "~/") || len(text) > 3 && text[1] == ':' && text[2] == '\\'
	if path {
		return p.harmlessPath(text)
	}
	for _, ending := range p.endings {
		if stem, ok := strings.CutSuffix(text, ending); ok {
			return len(stem) < 60 && p.harmlessPath(stem)
		}
	}
	return false
}

// harmlessPath allows a path odder words than a message, but no token.
func (p *page) harmlessPath(text string) bool {
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune("/\\.-_ ", r) }) {
		letters, digits, signs := count(part)
		if signs > 0 || digits > 4 && letters > 2 || letters > 40 || digits > 10 {
			return false
		}
	}
	return true
}

// digitForLetter reports whether a digit was typed for the letter it resembles: s1gn, passw0rd.
func (p *page) digitForLetter(text string) bool {
	_, digits, signs := count(text)
	if digits != 1 || signs > 0 || len(text) < 4 {
		return false
	}
	word := strings.NewReplacer("0", "o", "1", "i", "3", "e", "5", "s").Replace(text)
	_, ok := p.everyday[word]
	n, _ := p.keywords.at(word, 0)
	return ok && n == 0
}

// camel reports whether a run is made of words that begin with a capital: LaunchDaemons.
func (p *page) camel(start, end int) bool {
	if end-start > 40 {
		return false
	}
	pieces := 0
	for i := start; i < end; {
		stop := i + 1
		for stop < end && !p.wordBegins(stop, end) {
			stop++
		}
		piece := p.low[i:stop]
		if _, ok := p.everyday[piece]; !ok && !p.words.knows(piece) && (len(piece) > 2 || pieces > 0) && !p.harmlessKnown(piece) {
			return false
		}
		pieces++
		i = stop
	}
	return pieces > 1 && pieces < 7
}

// wordBegins reports whether a capital at i begins a word of a run.
func (p *page) wordBegins(i, end int) bool {
	return upper(p.cased[i]) && (!upper(p.cased[i-1]) || i+1 < end && !upper(p.cased[i+1]))
}

func (p *page) harmlessKnown(piece string) bool {
	_, ok := p.known[piece]
	return ok || len(piece) > 2 && romaji(piece)
}

func upper(b byte) bool { return b >= 'A' && b <= 'Z' }
