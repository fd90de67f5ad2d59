package redact

import (
	"strings"
	"unicode/utf8"
)

// count counts the letters, digits and other signs of a text.
func count(text string) (letters, digits, signs int) {
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r >= 'a' && r <= 'z' || r >= utf8.RuneSelf:
			letters++
		default:
			signs++
		}
	}
	return letters, digits, signs
}

func allDigits(text string) bool {
	for i := range len(text) {
		if !isDigit(text[i]) {
			return false
		}
	}
	return text != ""
}

// placeholder reports whether a text only stands for a secret: XXXX-XXXX, ****, ____.
func placeholder(text string) bool {
	var first byte
	for i := range len(text) {
		b := text[i]
		if b == '-' || b == '_' || b == '.' || b == '*' || b == '/' || b == '?' || b == '#' {
			continue
		}
		if first == 0 {
			first = b
		}
		if b != first || b != 'x' && b != 'o' && b != 'n' && b != '0' && b != 'y' && b != 'z' && b != 'a' {
			return false
		}
	}
	return first != '0' && first != 'a' || len(text) > 4 && strings.ContainsAny(text, "-")
}
