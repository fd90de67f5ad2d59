package surface

import (
	"slices"
	"strings"

	"github.com/kljensen/snowball/english"

	"passdesk/internal/classify"
)

// A message becomes a set of n-grams in blocks, each of which is weighted and scaled by itself.
// Which blocks, and how much each counts, was measured on public development sets and by
// cross-validation on our own examples (docs/performance.md).
const (
	stemBlock     uint8 = iota // Porter2 stems of Latin words
	pairBlock                  // two stems in a row
	skipBlock                  // two stems with one between
	latinBlock                 // character 2–5-grams within a Latin word
	japaneseBlock              // single characters; the next two blocks hold 2-grams and 3-grams
	_
	_
	runBlock         // whole runs of one script, which often are words
	soundBlock       // 1–4-grams of the sound: hiragana, katakana and romaji meet
	conceptBlock     // concepts of the lexicon
	conceptPairBlock // two concepts in one message or clause
	blocks
)

// Weights returns how much each block counts, by its number.
func Weights() []float32 {
	return []float32{
		stemBlock: 1, pairBlock: .7, skipBlock: .5, latinBlock: 1,
		japaneseBlock: .9, japaneseBlock + 1: .9, japaneseBlock + 2: .7, runBlock: .6, soundBlock: .8, conceptBlock: 1, conceptPairBlock: 1,
	}
}

// Longest and shortest n-grams, in runes.
const (
	latinShortest, latinLongest = 2, 5
	japaneseLongest             = 3
	soundLongest                = 4
	longestWord                 = 24 // of a longer Latin word only the beginning is looked at
)

// Marks keep the features of what is denied, and of what stands in one clause, apart from others:
// "lost the ID, the coupon is here" has lost and coupon, but not in one clause.
const (
	deniedMark uint64 = 1 << 8
	clauseMark uint64 = 1 << 9
)

// Extractor turns texts into grams. It is scratch space: one per goroutine, reused.
type Extractor struct {
	rules    *Rules
	spans    []span
	grams    []classify.Gram
	seen     *classify.GramSet
	runes    []rune
	sound    []rune
	tokens   []string
	concepts []uint64
	clause   int                      // where the concepts of the current clause begin
	names    map[classify.Gram]string // what each gram stands for, if somebody wants to know
	name     []rune                   // what the grams being emitted stand for
}

// NewExtractor returns an extractor that follows the rules.
func (r *Rules) NewExtractor() *Extractor {
	return &Extractor{rules: r, seen: classify.NewGramSet()}
}

// Grams returns the distinct grams of a normalised text. The result is valid until the next call.
func (x *Extractor) Grams(text string) []classify.Gram {
	x.grams, x.concepts = x.grams[:0], x.concepts[:0]
	x.seen.Next()
	x.spans = x.rules.words.spans(x.spans, text)
	for _, s := range x.spans {
		mark := uint64(0)
		if s.denied {
			mark = deniedMark
		}
		for clause := range strings.FieldsFuncSeq(s.text, func(r rune) bool { return strings.ContainsRune(clauseEnds, r) }) {
			x.clause = len(x.concepts)
			x.latin(clause, mark)
			x.japanese(clause, mark)
			x.conceptPairs(x.concepts[x.clause:], clauseMark)
		}
	}
	x.conceptPairs(x.concepts, 0)
	return x.grams
}

const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

func (x *Extractor) emit(block uint8, mark, hash uint64) {
	g := classify.NewGram(block, (hash^mark)*fnvPrime)
	if x.seen.Add(g, len(x.grams)) {
		x.grams = append(x.grams, g)
		x.explain(g, mark)
	}
}

// latin emits stems, pairs of them, character n-grams within words, and concepts.
func (x *Extractor) latin(text string, mark uint64) {
	x.tokens = splitWords(x.tokens, text)
	var previous, before uint64
	for i, word := range x.tokens {
		stem := Hash(english.Stem(word, false))
		x.spell(word)
		x.emit(stemBlock, mark, stem)
		x.spellPair(i, 1)
		x.emit(pairBlock, mark, (previous^stem)*fnvPrime)
		if i > 1 {
			x.spellPair(i, 2)
			x.emit(skipBlock, mark, (before^stem*7)*fnvPrime)
		}
		before, previous = previous, stem*31
		x.runes = append(x.runes[:0], '<')
		for _, r := range word {
			if len(x.runes) < longestWord {
				x.runes = append(x.runes, r)
			}
		}
		x.runes = append(x.runes, '>')
		x.ngrams(latinBlock, mark, x.runes, latinShortest, latinLongest)
		x.tokens[i] = x.rules.lexicon.corrected(word)
	}
	for i := range x.tokens {
		x.rules.lexicon.inWords(x.tokens, i, func(concept uint64) { x.concept(mark, concept) })
	}
	x.romaji(mark)
}

// romaji emits the sound of words that can be read as Japanese, where they are at least half of
// the words: English has many that can, and their sound says nothing.
func (x *Extractor) romaji(mark uint64) {
	x.sound = x.sound[:0]
	readable := 0
	for _, word := range x.tokens {
		if kana, ok := FromRomaji(word); ok {
			readable++
			for _, r := range kana {
				x.sound = append(x.sound, r)
			}
		} else {
			x.sound = append(x.sound, ' ')
		}
	}
	if 2*readable < len(x.tokens) {
		return
	}
	x.ngrams(soundBlock, mark, x.sound, 3, soundLongest)
	x.rules.lexicon.inSounds(x.sound, func(concept uint64) { x.concept(mark, concept) })
}

// concept emits a concept and keeps it for pairs, once however often a clause repeats it.
func (x *Extractor) concept(mark, concept uint64) {
	x.spellConcepts(concept)
	x.emit(conceptBlock, mark, concept)
	if !slices.Contains(x.concepts[x.clause:], concept^mark) {
		x.concepts = append(x.concepts, concept^mark)
	}
}

// mostConcepts bounds the pairs of a message that does nothing but name things.
const mostConcepts = 64

// conceptPairs emits what is named together, in whatever order.
func (x *Extractor) conceptPairs(concepts []uint64, mark uint64) {
	concepts = concepts[:min(len(concepts), mostConcepts)]
	for i, a := range concepts {
		for _, b := range concepts[i+1:] {
			x.spellConcepts(a, b)
			x.emit(conceptPairBlock, mark, min(a, b)*fnvPrime^max(a, b))
		}
	}
}

// japanese emits character n-grams of each run of Japanese, as written and as it sounds.
func (x *Extractor) japanese(text string, mark uint64) {
	x.runes = x.runes[:0]
	found := false
	for _, r := range text {
		if IsJapanese(r) {
			found = true
			x.runes = append(x.runes, r)
		} else if n := len(x.runes); n > 0 && x.runes[n-1] != ' ' && r != ' ' {
			x.runes = append(x.runes, ' ')
		}
	}
	if !found {
		return
	}
	for n := range japaneseLongest {
		x.ngrams(japaneseBlock+uint8(n), mark, x.runes, n+1, n+1)
	}
	x.runs(mark, x.runes)
	x.sound = x.rules.kana.reading(x.sound, text)
	x.ngrams(soundBlock, mark, x.sound, 1, soundLongest)
	x.rules.lexicon.inSounds(x.sound, func(concept uint64) { x.concept(mark, concept) })
}

// ngrams emits every n-gram that does not span a gap.
func (x *Extractor) ngrams(block uint8, mark uint64, runes []rune, shortest, longest int) {
	for i := range runes {
		h := uint64(fnvOffset)
		for n := 1; n <= longest && i+n <= len(runes); n++ {
			r := runes[i+n-1]
			if r == ' ' {
				break
			}
			h = (h ^ uint64(r)) * fnvPrime
			if n >= shortest {
				x.name = runes[i : i+n]
				x.emit(block, mark, h^uint64(n))
			}
		}
	}
}

// Hash is the 64-bit FNV-1a of a text.
func Hash(s string) uint64 {
	h := uint64(fnvOffset)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	return h
}
