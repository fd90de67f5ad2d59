package redact

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// separators part the words within a run of Latin characters.
const separators = "/-_.,:;|+&=()[]{}<>\"'`~?!*#$%^@\\"

// chunkEnd returns the end of the run of Latin letters, digits and signs that begins at i, or of
// so much of it as is looked at: no word is longer, and each keyword in a run looks at the rest.
func (p *page) chunkEnd(i int) int {
	for last := min(len(p.low), i+maxRun); i < last; {
		b := p.low[i]
		if b < utf8.RuneSelf {
			if b <= ' ' {
				return i
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(p.low[i:])
		if !unicode.Is(unicode.Latin, r) {
			return i
		}
		i += size
	}
	return i
}

// chunks yields the runs of Latin letters, digits and signs.
func (p *page) chunks() iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		for i := 0; i < len(p.low); {
			end := p.chunkEnd(i)
			if end == i {
				_, size := utf8.DecodeRuneInString(p.low[i:])
				i += size
				continue
			}
			if !yield(i, end) {
				return
			}
			i = end
		}
	}
}

// trim leaves off quotes, brackets and full stops around a run.
func (p *page) trim(start, end int) (int, int) {
	for start < end && strings.IndexByte("\"'`()[]{}<>,;:.!?*~|=", p.low[start]) >= 0 {
		start++
	}
	for start < end && strings.IndexByte("\"'`()[]{}<>,;:.!?*~|=", p.low[end-1]) >= 0 {
		end--
	}
	return start, end
}

// spaces returns the first place from i on that is no blank.
func (p *page) spaces(i int) int {
	for i < len(p.low) && (p.low[i] == ' ' || p.low[i] == '\t') {
		i++
	}
	return i
}

// wordEnd returns the end of the Latin word at i, i itself if there is none.
func (p *page) wordEnd(i int) int {
	start := i
	for i < len(p.low) {
		b := p.low[i]
		switch {
		case isAlnum(b):
			i++
		case b == '\'' && i > start && i+1 < len(p.low) && isLetter(p.low[i+1]):
			i++
		case b >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(p.low[i:])
			if !unicode.Is(unicode.Latin, r) {
				return i
			}
			i += size
		default:
			return i
		}
	}
	return i
}

// lineEnd returns the end of the line that i stands in.
func (p *page) lineEnd(i int) int {
	if n := strings.IndexByte(p.low[i:], '\n'); n >= 0 {
		return i + n
	}
	return len(p.low)
}

// lineStart returns the beginning of the line that i stands in.
func (p *page) lineStart(i int) int { return strings.LastIndexByte(p.low[:i], '\n') + 1 }

// clauseEnds reports whether nothing more is said behind i in this line, or a sign parts it.
func (p *page) clauseEnds(i int) bool {
	i = p.spaces(i)
	if i >= len(p.low) {
		return true
	}
	if p.low[i] < utf8.RuneSelf {
		return strings.IndexByte(".,;:!?)\n\r\"]/|-&", p.low[i]) >= 0
	}
	r, _ := utf8.DecodeRuneInString(p.low[i:])
	return !isJapanese(r) && !unicode.Is(unicode.Latin, r)
}

// everyWord reports whether a Latin word is one of everyday messages, or misspells one.
func (p *page) everyWord(word string) bool {
	if _, ok := p.everyday[word]; ok {
		return true
	}
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
	return !p.words.knows(word) && p.misspelt(word)
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
