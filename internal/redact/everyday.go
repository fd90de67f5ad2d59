package redact

import "strings"

// everyWord reports whether a Latin word is one of everyday messages, or misspells one. A message
// is asked again and again about the same words, so the answers are kept.
func (p *page) everyWord(word string) bool {
	if _, ok := p.everyday[word]; ok {
		return true
	}
	if answer, ok := p.answers[word]; ok {
		return answer
	}
	answer := len(word) <= maxWord && p.judgeWord(word)
	if p.answers == nil {
		p.answers = map[string]bool{}
	}
	p.answers[word] = answer
	return answer
}

func (p *page) judgeWord(word string) bool {
	if _, ok := p.known[word]; ok {
		return true
	}
	plain := strings.TrimSuffix(strings.TrimSuffix(strings.ReplaceAll(word, "'", ""), "s"), "s")
	if _, ok := p.everyday[plain]; ok {
		return true
	}
	for _, ending := range p.verbEndings {
		if strings.HasSuffix(word, ending) && len(word) > len(ending)+2 && romaji(word) {
			return true
		}
	}
	for _, ending := range [...]string{"ly", "ing", "ed", "ness"} {
		stem, ok := strings.CutSuffix(word, ending)
		if ok && len(word) > 6 && p.words.knows(word) && (p.words.knows(stem) || p.words.has(stem+"e") || p.words.has(stem+"le")) {
			return true
		}
	}
	return p.inflected(word) || !p.words.knows(word) && p.misspelt(word)
}

// misspelt reports whether one slip makes the word of an everyday one.
func (p *page) misspelt(word string) bool {
	if len(word) < 4 || len(word) > 14 || !lowerWord(word) || p.slips > maxSlips {
		return false
	}
	p.slips++
	var buffer [16]byte
	try := func(n int) bool { _, ok := p.everyday[string(buffer[:n])]; return ok && n > 3 }
	for i := range len(word) { // a letter too many
		copy(buffer[copy(buffer[:], word[:i]):], word[i+1:])
		if len(word) > 4 && try(len(word)-1) {
			return true
		}
	}
	for i := range len(word) - 1 { // two letters exchanged
		copy(buffer[:], word)
		buffer[i], buffer[i+1] = buffer[i+1], buffer[i]
		if try(len(word)) {
			return true
		}
	}
	if len(word) < 6 {
		return false
	}
	for i := 0; i <= len(word); i++ { // a letter missing, or another one
		for l := byte('a'); l <= 'z'; l++ {
			copy(buffer[copy(buffer[:], word[:i])+1:], word[i:])
			buffer[i] = l
			if try(len(word) + 1) {
				return true
			}
			if i < len(word) {
				copy(buffer[:], word)
				buffer[i] = l
				if try(len(word)) {
					return true
				}
			}
		}
	}
	return false
}
