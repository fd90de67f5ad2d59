package surface

import (
	"strings"
	"unicode/utf8"
)

// span is a part of a normalised message: what it says, or what it denies.
type span struct {
	text   string
	denied bool
}

// clauseEnds separate clauses; what is denied lies within one clause.
const clauseEnds = "。、,.!?！？;:\n「」()（）"

// deniedWords bounds how many words an English "not" reaches, and deniedRunes how many
// characters a Japanese じゃなくて does.
const (
	deniedWords = 4
	deniedRunes = 14
)

// spans splits a message into what it says and what it denies. "PIAじゃなくて今の" denies PIA;
// "not the VPN, the update one" denies the VPN.
func (w *words) spans(dst []span, text string) []span {
	dst = dst[:0]
	for text != "" {
		at, marker, before := w.nextDenial(text)
		if at < 0 {
			break
		}
		end := at + len(marker)
		if before {
			start := deniedStart(text[:at])
			dst = appendSpan(dst, text[:start], false)
			dst = appendSpan(dst, text[start:end], true)
			text = text[end:]
			continue
		}
		reach := end + deniedEnd(text[end:])
		dst = appendSpan(dst, text[:at], false)
		dst = appendSpan(dst, text[at:reach], true)
		text = text[reach:]
	}
	return appendSpan(dst, text, false)
}

func appendSpan(dst []span, text string, denied bool) []span {
	if strings.TrimSpace(text) == "" {
		return dst
	}
	return append(dst, span{text, denied})
}

// nextDenial finds the first marker and whether it denies what stands before it.
func (w *words) nextDenial(text string) (at int, marker string, before bool) {
	at = -1
	for _, m := range w.deniedBefore {
		if i := strings.Index(text, m); i >= 0 && (at < 0 || i < at || i == at && len(m) > len(marker)) {
			at, marker, before = i, m, true
		}
	}
	for _, m := range w.deniedAfter {
		if i := indexWord(text, m); i >= 0 && (at < 0 || i < at) {
			at, marker, before = i, m, false
		}
	}
	return at, marker, before
}

// indexWord is strings.Index for whole Latin words.
func indexWord(text, word string) int {
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return -1
		}
		i += from
		end := i + len(word)
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if !IsLatin(before) && !IsLatin(after) && after != '\'' {
			return i
		}
		from = end
	}
}

// deniedStart returns where the denied part before a Japanese marker begins.
func deniedStart(text string) int {
	runes := 0
	for i := len(text); i > 0; {
		r, size := utf8.DecodeLastRuneInString(text[:i])
		if strings.ContainsRune(clauseEnds, r) || runes == deniedRunes {
			return i
		}
		i -= size
		if r == ' ' && i > 0 && text[i-1] > 0x7f { // a blank after Japanese ends a clause
			return i + size
		}
		if r < 0x80 && r != ' ' { // a Latin word counts as one character
			for r, size = utf8.DecodeLastRuneInString(text[:i]); IsLatin(r); r, size = utf8.DecodeLastRuneInString(text[:i]) {
				i -= size
			}
		}
		runes++
	}
	return 0
}

// deniedEnd returns where the denied part after an English marker ends.
func deniedEnd(text string) int {
	count, inWord := 0, false
	for i, r := range text {
		if strings.ContainsRune(clauseEnds, r) {
			return i
		}
		if r == ' ' {
			if inWord {
				count++
			}
			if inWord = false; count == deniedWords {
				return i
			}
			continue
		}
		inWord = true
	}
	return len(text)
}
