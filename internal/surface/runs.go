package surface

import "unicode"

// script is a kind of Japanese writing.
type script uint8

const (
	gap script = iota
	hiragana
	katakana
	kanji
)

func scriptOf(r rune) script {
	switch {
	case IsHiragana(r):
		return hiragana
	case isKatakana(r):
		return katakana
	case unicode.IsSpace(r):
		return gap
	default:
		return kanji
	}
}

// runs emits each run of one script, and kanji with the first hiragana after it: without a
// dictionary, that is where most Japanese words begin and end (忘れ, アカウント, 設定).
func (x *Extractor) runs(mark uint64, runes []rune) {
	for start := 0; start < len(runes); {
		kind := scriptOf(runes[start])
		end := start + 1
		for end < len(runes) && scriptOf(runes[end]) == kind {
			end++
		}
		if kind != gap {
			x.run(mark, runes[start:end])
		}
		if kind == kanji && end < len(runes) && scriptOf(runes[end]) == hiragana {
			x.run(mark, runes[start:end+1])
		}
		start = end
	}
}

func (x *Extractor) run(mark uint64, runes []rune) {
	h := uint64(fnvOffset)
	for _, r := range runes {
		h = (h ^ uint64(r)) * fnvPrime
	}
	x.name = runes
	x.emit(runBlock, mark, h)
}
