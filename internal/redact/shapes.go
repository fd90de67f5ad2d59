package redact

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// compileShapes describes the runs with signs and digits in them that are harmless and begin with a
// digit, and the others. Small expressions are searched much faster than one that has all of it.
func compileShapes() (numbers, names *regexp.Regexp) {
	numbers = oneOf(
		`(?:19|20)\d{2}[-/.]\d{1,2}(?:[-/.]\d{1,2})?`, // 2024-01-15
		`\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d{2}`,     // 15.01.2024
		`2\dh[12]`,       // 22h2, a release of windows
		`(?:19|20)\d{6}`, // 20240115
		`\d{1,2}:\d{2}(?::\d{2})?(?:am|pm|z)?(?:-\d{1,2}:\d{2}(?:am|pm)?)?`, // 10:30
		`(?:19|20)\d{2}-\d{2}-\d{2}t\d{2}:\d{2}(?::\d{2})?z?`,               // 2024-01-15t10:30
		`\d{1,3}(?:\.\d{1,4}){1,3}(?:b\d{1,2}|beta|-\d{1,3})?`,              // 10.9.18
		`[1-2]\d[a-h]\d{2,4}[a-z]?`,                                         // 23c71, a build of macos
		`0x[0-9a-f]{1,8}`,                                                   // 0x80070643
		`(?:127|10)(?:\.\d{1,3}){3}(?::\d{1,5}|/\d{1,2})?`,                  // private addresses
		`192\.168(?:\.\d{1,3}){2}(?::\d{1,5}|/\d{1,2})?`,
		`172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}(?::\d{1,5}|/\d{1,2})?`,
		`169\.254(?:\.\d{1,3}){2}|0\.0\.0\.0|255(?:\.\d{1,3}){3}|8\.8\.[84]\.[84]|1\.[01]\.[01]\.1`,
	)
	names = oneOf(
		`v(?:er)?\.?\d{1,3}(?:\.\d{1,4}){0,3}(?:b\d{1,2})?`, // v2.1
		`(?:macos|osx|mac|win|windows|ios|ipados|ie|act|office|safari|chrome|firefox|tls|ipv|wifi|php|java)-?\d{1,3}(?:\.\d{1,3}){0,2}`,
		`x\d{1,2}(?:\.\d{1,3}){0,3}`,          // x9, x9.2
		`[mai]\d{1,2}(?:-\d{4,5}[a-z]{0,2})?`, // m2, i5-8259u
		`a[12]\d{3}`,                          // a2337, a model
		`(?:macbookpro|macbookair|macbook|macmini|macpro|imacpro|imac|mac|iphone|ipad)\d{1,2},\d{1,2}`,
		`m[a-z0-9]{3}[0-9][a-z]{0,2}/[a-z]`, // mlh32j/a
		`-\d{1,6}`,                          // -1712
		`[#q]\d{1,3}`,                       // #1
		`(?:err|error|http|nsurlerrordomain|code|e|ikev|event)[-_#:]?-?\d{1,6}`,
		`(?:ht|dl|kb|sp)\d{5,7}`, // ht202860
		`localhost:\d{2,5}|fe80::[0-9a-f:]+|::1`,
		`u\+[0-9a-f]{4,5}`,
	)
	return numbers, names
}

func oneOf(patterns ...string) *regexp.Regexp {
	return regexp.MustCompile(`^(?:` + strings.Join(patterns, `|`) + `)$`)
}

// publicAddress is four numbers that only look like a version: an address of the internet.
func publicAddress(text string) bool {
	parts := strings.Split(text, ".")
	if len(parts) != 4 {
		return false
	}
	for _, part := range parts {
		if !allDigits(part) || len(part) > 3 {
			return false
		}
	}
	return len(text) > 8 && len(parts[0]) > 1
}

// harmlessShape reports whether a run is a version, a date, an amount, a model, an error code.
func (p *page) harmlessShape(start, end int) bool {
	text := p.low[start:end]
	if _, ok := p.known[text]; ok {
		return true
	}
	if len(text) > 40 {
		return false
	}
	if start > 0 && p.low[start-1] == '-' && allDigits(text) && len(text) < 7 && (start < 2 || p.low[start-2] <= ' ') {
		return true
	}
	if publicAddress(text) && !privateAddress(text) {
		return false
	}
	return p.shape(text)
}

func privateAddress(text string) bool {
	return strings.HasPrefix(text, "10.") || strings.HasPrefix(text, "127.") || strings.HasPrefix(text, "192.168.") ||
		strings.HasPrefix(text, "172.") || strings.HasPrefix(text, "169.254.") || strings.HasPrefix(text, "255.")
}

// harmlessPart reports whether one piece of a run, between signs, is a word or a short number.
func (p *page) harmlessPart(part string) bool {
	if part == "" {
		return true
	}
	if _, ok := p.known[part]; ok {
		return true
	}
	letters, digits, _ := count(part)
	switch {
	case letters == 0:
		return digits < 5
	case digits == 0:
		return p.harmlessWord(part)
	case len(part) < 4:
		return true
	default:
		return len(part) < 13 && p.shape(part)
	}
}

// harmlessWord reports whether a word of letters is, or could be, a word of a language.
func (p *page) harmlessWord(word string) bool {
	if len(word) < 4 {
		return true
	}
	if _, ok := p.everyday[word]; ok {
		return true
	}
	if len(word) > 24 {
		return placeholder(word)
	}
	word = strings.ReplaceAll(word, "'", "")
	return p.words.knows(word) || romaji(word) || p.words.plausible(plainLatin(word)) || stretched(word) || p.misspelt(word)
}

// stretched reports whether a word is drawn out or laughter: hellooooo, hahaha, hmmm.
func stretched(word string) bool {
	var seen [256]bool
	different := 0
	for i := range len(word) {
		if !seen[word[i]] {
			seen[word[i]] = true
			different++
		}
	}
	return different*2 <= len(word) && different < 5 && len(word) < 13
}

// plainLatin replaces accented letters, which make a word no less plausible.
func plainLatin(word string) string {
	return strings.Map(func(r rune) rune {
		if r >= utf8.RuneSelf {
			return 'e'
		}
		return r
	}, word)
}

// romaji reports whether a word is Japanese in Latin letters: consonant, vowel, consonant, vowel.
func romaji(word string) bool {
	i := 0
	for i < len(word) {
		start := i
		for i < len(word) && strings.IndexByte("aiueo", word[i]) < 0 {
			i++
		}
		if !onset(word[start:i], i == len(word)) {
			return false
		}
		vowels := i
		for i < len(word) && strings.IndexByte("aiueo", word[i]) >= 0 {
			i++
		}
		if i-vowels > 3 {
			return false
		}
	}
	return true
}

// onset reports whether these consonants may begin a syllable, or end the word.
func onset(text string, last bool) bool {
	if last {
		return text == "" || text == "n" || text == "nn"
	}
	text = strings.TrimPrefix(text, "n")
	if len(text) > 1 && text[0] == text[1] || strings.HasPrefix(text, "tch") {
		text = text[1:]
	}
	switch text {
	case "", "k", "s", "t", "n", "h", "m", "y", "r", "w", "g", "z", "d", "b", "p", "j", "f", "v", "sh", "ch", "ts",
		"ky", "gy", "ny", "hy", "my", "ry", "by", "py", "sy", "ty", "zy", "jy", "dz":
		return true
	default:
		return false
	}
}
