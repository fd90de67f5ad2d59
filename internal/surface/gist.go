package surface

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Gist is what a message says itself, in its normal form: without an e-mail that it answers and
// quotes, and without the courtesies around it, unless there is nothing else. Normal is the whole
// text's normal form.
func (r *Rules) Gist(text, normal string) string {
	if own := unquotedMail(text); len(own) < len(text) {
		if own = Normalise(own); own != "" {
			normal = own
		}
	}
	if rest := r.words.withoutCourtesies(normal); strings.ContainsFunc(rest, isSaid) {
		return rest
	}
	return normal
}

func isSaid(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// unquotedMail drops the lines of an e-mail that is quoted below or between: those that begin with
// ">", and the line that says whose they are.
func unquotedMail(text string) string {
	if !strings.Contains(text, "\n>") && !strings.HasPrefix(text, ">") {
		return text
	}
	var kept []string
	quoting := false
	for line := range strings.Lines(text) {
		bare := strings.TrimSpace(line)
		if !strings.HasPrefix(bare, ">") {
			kept = append(kept, line)
			quoting = quoting && bare == ""
			continue
		}
		if quoting {
			continue
		}
		quoting = true
		for n := len(kept); n > 0 && strings.TrimSpace(kept[n-1]) == ""; n = len(kept) {
			kept = kept[:n-1]
		}
		if n := len(kept); n > 0 && endsInColon(kept[n-1]) {
			kept = kept[:n-1]
		}
	}
	return strings.Join(kept, "")
}

func endsInColon(line string) bool {
	line = strings.TrimSpace(line)
	return strings.HasSuffix(line, ":") || strings.HasSuffix(line, "：")
}

// withoutCourtesies cuts out the phrases that say nothing of the matter.
func (w *words) withoutCourtesies(text string) string {
	for _, phrase := range w.courtesies {
		for from := 0; ; {
			i := indexPhrase(text[from:], phrase)
			if i < 0 {
				break
			}
			i += from
			text = text[:i] + " " + strings.TrimLeft(text[i+len(phrase):], "。、,.!?！？ ")
			from = i + 1
		}
	}
	return strings.TrimSpace(text)
}

// indexPhrase finds a phrase; one in Latin letters only as whole words.
func indexPhrase(text, phrase string) int {
	if first, _ := utf8.DecodeRuneInString(phrase); IsLatin(first) {
		return indexWord(text, phrase)
	}
	return strings.Index(text, phrase)
}
