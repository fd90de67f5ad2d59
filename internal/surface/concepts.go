package surface

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// inWords calls found for each concept named by the Latin words from position i on.
func (l *lexicon) inWords(words []string, i int, found func(concept uint64)) {
	for _, f := range l.words[words[i]] {
		if f.matches(words[i:]) {
			found(f.concept)
		}
	}
	for n := min(len(words[i]), l.longest); n > 1; n-- { // prefixes of the word
		at, ok := slices.BinarySearchFunc(l.starts, words[i][:n], func(f wordForm, prefix string) int {
			return strings.Compare(f.start, prefix)
		})
		for ; ok && at < len(l.starts) && l.starts[at].start == words[i][:n]; at++ {
			if l.starts[at].matches(words[i:]) {
				found(l.starts[at].concept)
			}
		}
	}
}

func (f wordForm) matches(words []string) bool {
	if len(words) < len(f.words) {
		return false
	}
	for i, w := range f.words {
		if prefix, ok := strings.CutSuffix(w, "*"); ok && strings.HasPrefix(words[i], prefix) {
			continue
		}
		if w != words[i] {
			return false
		}
	}
	return true
}

// corrected returns the known word that a long unknown word is one typo away from, or the word.
func (l *lexicon) corrected(word string) string {
	if len(word) < typoLength-1 || l.known[word] {
		return word
	}
	for _, candidate := range l.byHead[word[0]] {
		if oneTypo(word, candidate) {
			return candidate
		}
	}
	return word
}

// oneTypo reports whether one letter was added, dropped, changed or swapped.
func oneTypo(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if i >= len(a)-1 {
		return true
	}
	return a[i+1:] == b[i+1:] || a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// inSounds calls found for each concept named anywhere in a text folded to its sound.
func (l *lexicon) inSounds(sound []rune, found func(concept uint64)) {
	for i := range sound {
		for _, f := range l.sounds[[2]rune{sound[i]}] {
			found(f.concept)
		}
		if i+1 == len(sound) {
			return
		}
		for _, f := range l.sounds[[2]rune{sound[i], sound[i+1]}] {
			if hasPrefix(sound[i:], f.sound) {
				found(f.concept)
			}
		}
	}
}

func hasPrefix(text, prefix []rune) bool {
	return len(text) >= len(prefix) && slices.Equal(text[:len(prefix)], prefix)
}

// splitWords cuts a text into its Latin words; anything else separates them.
func splitWords(dst []string, text string) []string {
	dst = dst[:0]
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !IsLatin(r) {
			i += size
			continue
		}
		start := i
		for i < len(text) {
			r, size = utf8.DecodeRuneInString(text[i:])
			if !IsLatin(r) && r != '\'' {
				break
			}
			i += size
		}
		dst = append(dst, strings.Trim(text[start:i], "'"))
	}
	return dst
}
