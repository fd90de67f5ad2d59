// Package surface says what a message looks like, before anything is learnt from it: its normal
// form, how it sounds, what it denies, the concepts it names, and its n-grams. It exists so that
// the reader, the benchmarks and the authors' tools all see a text in one and the same way.
package surface

import (
	"io/fs"
	"strings"

	"passdesk/internal/guide"
	"passdesk/internal/strictyaml"
)

// Rules are what the content says of words: readings, concepts, numbers, denials, languages.
// They never change and may be used by any number of goroutines.
type Rules struct {
	words   words
	kana    *kanaFolder
	lexicon *lexicon
}

// Files of rules among the examples; each may be absent.
const (
	wordsFile    = "words.yaml"
	readingsFile = "readings.yaml"
	lexiconFile  = "lexicon.yaml"
	noiseFile    = "noise.yaml" // not a rule, but no examples either: see package measure
)

// IsRules reports whether a file holds rules, and so no examples.
func IsRules(name string) bool {
	return name == wordsFile || name == readingsFile || name == lexiconFile || name == noiseFile
}

// Load reads the rules in fsys and reports every problem in them.
func Load(fsys fs.FS, report *strictyaml.Report) *Rules {
	kana := loadReadings(fsys, report)
	return &Rules{words: loadWords(fsys, report), kana: kana, lexicon: loadLexicon(fsys, kana, report)}
}

// optional reads a file that may be absent.
func optional(fsys fs.FS, name string, report *strictyaml.Report) (strictyaml.Value, bool) {
	if _, err := fs.Stat(fsys, name); err != nil {
		return strictyaml.Value{}, false
	}
	return strictyaml.Read(fsys, name, report)
}

// IsNeutral reports whether a word is written the same in every language.
func (r *Rules) IsNeutral(word string) bool { return r.words.neutral[word] }

// Named returns the languages that a normalised text names.
func (r *Rules) Named(text string) []guide.Language {
	var named []guide.Language
	for _, language := range guide.Languages() {
		for _, name := range r.words.languages[language] {
			if strings.Contains(text, name) {
				named = append(named, language)
				break
			}
		}
	}
	return named
}

// Choice returns the number of the choice that a normalised reply names ("2", "the second one",
// 上から2番目), counted from 1, or 0 if it names none. shown is how many there are.
func (r *Rules) Choice(text string, shown int) int { return r.words.choice(text, shown) }

// Bare returns rules that say nothing: no readings, concepts or denials.
func Bare() *Rules {
	return &Rules{kana: &kanaFolder{}, lexicon: &lexicon{}}
}
