package redact

import (
	"io/fs"
	"strings"

	"passdesk/internal/strictyaml"
)

const vocabularyFile = "vocabulary.txt"

// vocabulary is a sorted list of English words, one a line, searched as it is: to make a map of
// it would cost every start.
type vocabulary struct {
	text  string
	begin [26*26 + 1]int32 // where the words with these two first letters begin
	seen  [27 * 27 * 27]bool
}

func readVocabulary(intents fs.FS, report *strictyaml.Report) *vocabulary {
	v := &vocabulary{}
	data, err := fs.ReadFile(intents, vocabularyFile)
	if err != nil {
		report.Add(strictyaml.Problem{File: vocabularyFile, Message: "read vocabulary: " + err.Error()})
		return v
	}
	text, line := string(data), 0
	for strings.HasPrefix(text, "#") {
		_, text, _ = strings.Cut(text, "\n")
		line++
	}
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	v.text = text
	previous, next := "", 0
	for at := 0; at < len(text); {
		end := len(text)
		if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
			end = at + n
		}
		word := text[at:end]
		line++
		if !lowerWord(word) || word <= previous {
			report.Add(strictyaml.Problem{File: vocabularyFile, Line: line, Column: 1, Message: "expected one word of two or more small letters a line, sorted"})
			return v
		}
		for bucket := bucketOf(word); next <= bucket; next++ {
			v.begin[next] = int32(at)
		}
		v.note(word)
		previous, at = word, end+1
	}
	for ; next < len(v.begin); next++ {
		v.begin[next] = int32(len(text))
	}
	return v
}

func lowerWord(word string) bool {
	for i := range len(word) {
		if word[i] < 'a' || word[i] > 'z' {
			return false
		}
	}
	return len(word) > 1
}

func bucketOf(word string) int { return int(word[0]-'a')*26 + int(word[1]-'a') }

// note remembers which three letters stand together in English.
func (v *vocabulary) note(word string) {
	a, b := 0, 0
	for i := 0; i <= len(word); i++ {
		c := 0
		if i < len(word) {
			c = int(word[i]-'a') + 1
		}
		v.seen[(a*27+b)*27+c] = true
		a, b = b, c
	}
}

// plausible reports whether a word could be one: its letters stand together as in English.
func (v *vocabulary) plausible(word string) bool {
	if !lowerWord(word) || len(word) > 16 {
		return false
	}
	a, b, odd := 0, 0, 0
	for i := 0; i <= len(word); i++ {
		c := 0
		if i < len(word) {
			c = int(word[i]-'a') + 1
		}
		if !v.seen[(a*27+b)*27+c] {
			odd++
		}
		a, b = b, c
	}
	return odd*5 <= len(word)
}

// has reports whether the list has the word as it stands.
func (v *vocabulary) has(word string) bool {
	if !lowerWord(word) {
		return false
	}
	low, high := int(v.begin[bucketOf(word)]), int(v.begin[bucketOf(word)+1])
	for low < high {
		middle := low + (high-low)/2
		start := low + strings.LastIndexByte(v.text[low:middle], '\n') + 1
		end := start + max(0, strings.IndexByte(v.text[start:], '\n'))
		switch found := v.text[start:end]; {
		case found == word:
			return true
		case found < word:
			low = end + 1
		default:
			high = start
		}
	}
	return false
}

// knows reports whether the list has the word or one that it is regularly derived from.
func (v *vocabulary) knows(word string) bool {
	word = strings.TrimSuffix(word, "'s")
	if i := strings.LastIndex(word, "is"); i > 3 && v.has(word[:i]+"ize") {
		return true // British spelling
	}
	if v.has(word) {
		return true
	}
	for _, ending := range [...][2]string{
		{"s", ""}, {"es", ""}, {"ed", ""}, {"ed", "e"}, {"ing", ""}, {"ing", "e"}, {"ly", ""}, {"er", ""}, {"er", "e"}, {"ies", "y"}, {"ied", "y"}, {"'", ""},
	} {
		if stem, ok := strings.CutSuffix(word, ending[0]); ok && len(stem) > 2 && v.has(stem+ending[1]) {
			return true
		}
	}
	for _, twice := range [...]string{"ed", "ing", "er"} {
		if stem, ok := strings.CutSuffix(word, twice); ok && len(stem) > 3 && stem[len(stem)-1] == stem[len(stem)-2] && v.has(stem[:len(stem)-1]) {
			return true
		}
	}
	for _, ending := range [...]string{"s", "ly", "ing", "ed", "er"} { // two endings: settings
		if stem, ok := strings.CutSuffix(word, ending); ok && len(stem) > 4 {
			for _, inner := range [...]string{"ing", "er", "ed", "ly"} {
				if root, ok := strings.CutSuffix(stem, inner); ok && len(root) > 2 && (v.has(root) || v.has(root+"e") || root[len(root)-1] == root[len(root)-2] && v.has(root[:len(root)-1])) {
					return true
				}
			}
		}
	}
	return false
}
