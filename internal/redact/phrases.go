package redact

import (
	"slices"
	"strings"
	"unicode/utf8"

	"passdesk/internal/strictyaml"
)

// phrases is a list of words and phrases to look for at a place in a message.
type phrases struct {
	first   [256]bool // bytes that some phrase begins with
	by      map[rune][]phrase
	longest int // bytes
}

type phrase struct {
	text  string
	value int
}

// weakFlag marks a keyword that means other things too.
const weakFlag = 1 << 8

func (l *phrases) add(c *Cleaner, item strictyaml.Value, value int) {
	text := foldString(c, item.String())
	if text == "" {
		item.Problemf("an empty word stands everywhere")
		return
	}
	if l.by == nil {
		l.by = map[rune][]phrase{}
	}
	first, _ := utf8.DecodeRuneInString(text)
	l.first[text[0]] = true
	l.longest = max(l.longest, len(text))
	same := append(l.by[first], phrase{text, value})
	slices.SortStableFunc(same, func(a, b phrase) int { return len(b.text) - len(a.text) })
	l.by[first] = same
}

// at returns the longest phrase at a place of the text, as long as it is a whole word there.
func (l *phrases) at(text string, i int) (length, value int) {
	if i >= len(text) || !l.first[text[i]] || i > 0 && isAlnum(text[i]) && isAlnum(text[i-1]) {
		return 0, 0
	}
	first, _ := utf8.DecodeRuneInString(text[i:])
	for _, candidate := range l.by[first] {
		if strings.HasPrefix(text[i:], candidate.text) && wholeWord(text, i, i+len(candidate.text)) {
			return len(candidate.text), candidate.value
		}
	}
	return 0, 0
}

// has reports whether a phrase of the list stands at a place of the text.
func (l *phrases) has(text string, i int) bool {
	n, _ := l.at(text, i)
	return n > 0
}

// piece is at for what may stand within a longer word of kana.
func (l *phrases) piece(text string, i int) (length int) {
	if i >= len(text) || !l.first[text[i]] {
		return 0
	}
	first, _ := utf8.DecodeRuneInString(text[i:])
	for _, candidate := range l.by[first] {
		if strings.HasPrefix(text[i:], candidate.text) && (first >= utf8.RuneSelf || wholeWord(text, i, i+len(candidate.text))) {
			return len(candidate.text)
		}
	}
	return 0
}

// before returns the longest phrase that ends at a place of the text.
func (l *phrases) before(text string, end int) (length int) {
	for start := end - 1; start >= 0 && end-start <= l.longest; start-- {
		if !l.first[text[start]] {
			continue
		}
		if n, _ := l.at(text[:end], start); start+n == end && wholeWord(text, start, end) {
			length = n
		}
	}
	return length
}

// wholeWord reports whether a Latin word ends at both ends of a piece of text, and whether a
// katakana word does at its end: the Japanese for "pass" also begins other words.
func wholeWord(text string, start, end int) bool {
	if isAlnum(text[start]) && start > 0 && isAlnum(text[start-1]) {
		return false
	}
	if end == len(text) {
		return true
	}
	if isAlnum(text[end-1]) {
		return !isAlnum(text[end])
	}
	if text[end-1] < utf8.RuneSelf {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(text[start:end])
	next, _ := utf8.DecodeRuneInString(text[end:])
	if end-start <= 9 && isKatakana(last) && start > 0 {
		if previous, _ := utf8.DecodeLastRuneInString(text[:start]); isKatakana(previous) {
			return false
		}
	}
	return !isKatakana(last) || !isKatakana(next)
}

func isAlnum(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b >= 'A' && b <= 'Z'
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }

func isKatakana(r rune) bool { return r >= 0x30a1 && r <= 0x30fe && r != 0x30fb }

func isHiragana(r rune) bool { return r >= 0x3041 && r <= 0x3096 }

func isKanji(r rune) bool { return r >= 0x4e00 && r <= 0x9fff || r == 0x3005 }

func isJapanese(r rune) bool { return isKatakana(r) || isHiragana(r) || isKanji(r) }
