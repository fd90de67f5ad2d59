package surface

import (
	"strings"
	"unicode/utf8"
)

// reading folds a normalised text to how it sounds, roughly: katakana become hiragana, long
// vowels and the marks that people mix up (ぱ/ば/は, ー, っ, small ゃ) go, kanji words with a
// known reading are spelled out. What is left unites アカウント, あかうんと and akaunto.
func (k *kanaFolder) reading(dst []rune, text string) []rune {
	dst = dst[:0]
	for i := 0; i < len(text); {
		if word, ok := k.wordAt(text[i:]); ok {
			dst = append(dst, word.sound...)
			i += len(word.kanji)
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		if r = soundOf(r); r != 0 {
			dst = append(dst, r)
		}
	}
	return dst
}

// kanaFolder knows the readings of kanji words, longest first by their first character.
type kanaFolder struct {
	words map[rune][]kanjiWord
}

type kanjiWord struct {
	kanji string
	kana  string
	sound []rune // kana, folded
}

// wordAt returns the longest known word at the start of a text.
func (k *kanaFolder) wordAt(text string) (kanjiWord, bool) {
	first, _ := utf8.DecodeRuneInString(text)
	for _, w := range k.words[first] {
		if strings.HasPrefix(text, w.kanji) {
			return w, true
		}
	}
	return kanjiWord{}, false
}

// plain maps voiced and small hiragana to the plain one.
var plain = func() map[rune]rune {
	from := []rune("がぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽゔぁぃぅぇぉゃゅょゎゐゑを")
	to := []rune("かきくけこさしすせそたちつてとはひふへほはひふへほうあいうえおやゆよわいえお")
	table := make(map[rune]rune, len(from))
	for i, r := range from {
		table[r] = to[i]
	}
	return table
}()

// soundOf folds one character; 0 drops it.
func soundOf(r rune) rune {
	if r >= 'ァ' && r <= 'ヶ' {
		r -= 'ァ' - 'ぁ'
	}
	switch {
	case r == 'ー' || r == 'っ':
		return 0
	case IsHiragana(r):
		if p, ok := plain[r]; ok {
			return p
		}
		return r
	case IsJapanese(r) || IsLatin(r):
		return r
	default:
		return ' '
	}
}
