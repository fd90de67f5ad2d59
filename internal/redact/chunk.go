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
