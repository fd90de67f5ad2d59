package canned

import (
	"unicode"
	"unicode/utf8"
)

// longestReading bounds how many characters of a text are read as one word.
const longestReading = 8

// readings writes texts as they are read, as far as that is known. Texts that have nothing to be
// read are left out.
func readings(texts []string, hiragana Hiragana) []string {
	if hiragana == nil {
		return nil
	}
	var all []string
	for _, text := range texts {
		if read := reading(text, hiragana); read != text {
			all = append(all, read)
		}
	}
	return all
}

// reading replaces the kanji whose reading is known; a text may well have others.
func reading(text string, hiragana Hiragana) string {
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if unicode.Is(unicode.Han, r) {
			if read, n := longest(text[i:], hiragana); n > 0 {
				out = append(out, read...)
				i += n
				continue
			}
		}
		out = append(out, text[i:i+size]...)
		i += size
	}
	return string(out)
}

// longest reads as much of the beginning of a text as can be read, and says how much that is.
func longest(text string, hiragana Hiragana) (read string, size int) {
	var ends []int
	for i := range text {
		if i > 0 {
			ends = append(ends, i)
		}
		if len(ends) == longestReading {
			break
		}
	}
	if len(ends) < longestReading {
		ends = append(ends, len(text))
	}
	for n := len(ends) - 1; n >= 0; n-- {
		if read, ok := hiragana(text[:ends[n]]); ok {
			return read, ends[n]
		}
	}
	return "", 0
}
