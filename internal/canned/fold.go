package canned

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// fold brings a text into the form in which query and answers meet: full-width letters and
// half-width kana become ordinary, letters small, katakana hiragana, small kana large; long-vowel
// marks, hyphens and apostrophes go; everything else that is no letter or digit separates words.
// The fold of the beginning of a text is, but for a blank, the beginning of its fold.
func fold(text string) string {
	var out strings.Builder
	out.Grow(len(text))
	blank := true // so that there is none at the beginning
	for _, r := range norm.NFKC.String(strings.ToValidUTF8(text, " ")) {
		switch r = folded(r); r {
		case dropped:
		case ' ':
			if !blank {
				out.WriteByte(' ')
			}
			blank = true
		default:
			out.WriteRune(r)
			blank = false
		}
	}
	return strings.TrimSuffix(out.String(), " ")
}

const dropped rune = -1

// The kana are named by number, because words belong into the content: the first and the last
// katakana that has a hiragana, and how far that is away.
const (
	firstKatakana, lastKatakana = 0x30A1, 0x30F6
	toHiragana                  = 0x60
)

// folded folds one character of a text in NFKC: to another, to a blank, or to none.
func folded(r rune) rune {
	if r >= firstKatakana && r <= lastKatakana {
		r -= toHiragana
	}
	switch {
	case strings.ContainsRune("ー-‐‑−'’・〜~", r) || unicode.In(r, unicode.Cf, unicode.Variation_Selector):
		return dropped
	case unicode.In(r, unicode.L, unicode.N, unicode.M):
		return unicode.ToLower(large(r))
	}
	return ' '
}

// large returns the large hiragana of a small one, which stands right behind it but for two, and
// everything else as it is.
func large(r rune) rune {
	switch r {
	case 0x3041, 0x3043, 0x3045, 0x3047, 0x3049, 0x3063, 0x3083, 0x3085, 0x3087, 0x308E:
		return r + 1
	case 0x3095:
		return 0x304B // ka
	case 0x3096:
		return 0x3051 // ke
	}
	return r
}

// maxQuery and maxWords bound the work for a query; nobody types more.
const (
	maxQuery = 400 // bytes of the fold
	maxWords = 16
)

// words cuts a query into what must be found: at blanks, and where Japanese meets Latin letters,
// because "vpnぱすわーど" is two words of which a text may have one here and the other there.
func words(query string) []string {
	if len(query) > 4*maxQuery { // folding takes time too
		query = query[:4*maxQuery]
	}
	query = fold(query)
	if len(query) > maxQuery {
		query = strings.ToValidUTF8(query[:maxQuery], "")
	}
	var all []string
	for _, field := range strings.Fields(query) {
		all = append(all, cut(field)...)
	}
	if len(all) > maxWords {
		all = all[:maxWords]
	}
	return all
}

// cut cuts a word between Japanese and other characters, and leaves out what an input method has
// not made kana of yet: the w of "ぱすw".
func cut(word string) []string {
	var parts []string
	start := 0
	for i, r := range word {
		before, _ := utf8.DecodeLastRuneInString(word[:i])
		if i > 0 && isJapanese(r) != isJapanese(before) {
			parts = append(parts, word[start:i])
			start = i
		}
	}
	if rest := word[start:]; start == 0 || !isHalfTyped(rest) {
		parts = append(parts, rest)
	}
	return parts
}

// isHalfTyped reports whether Latin letters behind Japanese may be the beginning of a syllable:
// one or two consonants, or three that no name of a product has (っky).
func isHalfTyped(letters string) bool {
	for i := range len(letters) {
		if c := letters[i]; c < 'a' || c > 'z' || strings.IndexByte("aiueo", c) >= 0 {
			return false
		}
	}
	return len(letters) <= 2 || len(letters) == 3 && (letters[0] == letters[1] || letters[0] == 'x' || letters[0] == 'l')
}

func isJapanese(r rune) bool {
	return unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Han)
}
