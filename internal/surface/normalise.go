package surface

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Normalise brings a message into the one form in which messages are compared: valid UTF-8,
// NFKC (full-width Latin and half-width kana become ordinary), lower case, no control or
// invisible characters, single spaces, and kanji that were typed for look-alike katakana
// (卜 in アカウン卜) put right.
func Normalise(text string) string {
	text = strings.ToLower(norm.NFKC.String(strings.ToValidUTF8(text, " ")))
	var out strings.Builder
	out.Grow(len(text))
	space := true
	for _, r := range text {
		switch {
		case unicode.IsSpace(r), unicode.IsControl(r), r == unicode.ReplacementChar:
			if !space {
				out.WriteByte(' ')
			}
			space = true
			continue
		case unicode.In(r, unicode.Cf, unicode.Variation_Selector), r == 0x20E3:
			continue // zero-width, direction marks, emoji selectors and key caps
		case r == '’' || r == '‘':
			r = '\''
		}
		out.WriteRune(r)
		space = false
	}
	return repairLookAlikes(strings.TrimSpace(out.String()))
}

// lookAlikes are kanji and signs that are typed for the katakana they resemble.
var lookAlikes = map[rune]rune{
	'卜': 'ト', '口': 'ロ', '力': 'カ', '工': 'エ', '二': 'ニ', '八': 'ハ', '夕': 'タ', '一': 'ー', '-': 'ー', '−': 'ー', '―': 'ー', '‐': 'ー', '~': 'ー', '〜': 'ー',
}

// repairLookAlikes replaces a look-alike that follows katakana, where the other reading makes
// no sense; at the end of a run it must not be followed by kanji (ソフト一本 keeps its 一).
func repairLookAlikes(text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { _, ok := lookAlikes[r]; return ok }) {
		return text
	}
	runes := []rune(text)
	for i, r := range runes {
		kana, ok := lookAlikes[r]
		if !ok || i == 0 || !isKatakana(runes[i-1]) {
			continue
		}
		if i+1 < len(runes) && unicode.Is(unicode.Han, runes[i+1]) {
			continue
		}
		runes[i] = kana
	}
	return string(runes)
}

func isKatakana(r rune) bool { return r >= 'ァ' && r <= 'ヺ' || r == 'ー' }

// IsHiragana reports whether r is written in hiragana only.
func IsHiragana(r rune) bool { return r >= 'ぁ' && r <= 'ゖ' }

// IsJapanese reports whether r is kana or kanji.
func IsJapanese(r rune) bool {
	return isKatakana(r) || IsHiragana(r) || unicode.Is(unicode.Han, r) || r == '々'
}

// IsLatin reports whether r belongs into a Latin word of a normalised text: a letter or a digit.
func IsLatin(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 0x7f && unicode.Is(unicode.Latin, r)
}
