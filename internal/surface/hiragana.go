package surface

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Hiragana writes a normalised Japanese text the way people do who do not convert what they type:
// kanji as they are read, katakana as hiragana. It reports false if a kanji's reading is not known.
func (r *Rules) Hiragana(text string) (string, bool) {
	var out strings.Builder
	for i := 0; i < len(text); {
		if word, ok := r.kana.wordAt(text[i:]); ok {
			out.WriteString(word.kana)
			i += len(word.kanji)
			continue
		}
		c, size := utf8.DecodeRuneInString(text[i:])
		i += size
		switch {
		case unicode.Is(unicode.Han, c):
			return "", false
		case c >= 'ァ' && c <= 'ヶ':
			c -= 'ァ' - 'ぁ'
		}
		out.WriteRune(c)
	}
	return out.String(), true
}
