package understand

import (
	"strings"
)

// A message becomes a sparse vector of n-gram features in five blocks, each TF-IDF weighted and
// scaled to its own length. Blocks and weights follow what was measured on public sets: words
// and word pairs, character 2–5-grams within Latin words, Japanese character 1–3-grams, and
// 2–4-grams of the sound, which make hiragana, katakana and romaji meet.
type block uint64

const (
	wordBlock block = iota
	pairBlock
	latinBlock
	japaneseBlock
	soundBlock
	conceptBlock
	conceptPairBlock
	blocks
)

// Longest n-gram, in runes, of each kind.
const (
	latinGram    = 5
	japaneseGram = 3
	soundGram    = 4
)

// deniedMark keeps the features of what is denied apart from those of what is said.
const deniedMark = 1 << 8

// gram is a hashed n-gram; the low byte is its block.
type gram uint64

func (g gram) block() block { return block(g & 0xff) }

// extractor turns text into grams. It is scratch space: one per goroutine, reused.
type extractor struct {
	words    *words
	kana     *kanaFolder
	lexicon  *lexicon
	spans    []span
	grams    []gram
	seen     gramSet // the grams found so far
	runes    []rune
	sound    []rune
	tokens   []string
	concepts []uint64
}

// extract returns the distinct grams of a normalised text. The result is valid until the next call.
func (x *extractor) extract(text string) []gram {
	x.grams, x.concepts = x.grams[:0], x.concepts[:0]
	x.seen.next()
	x.spans = x.words.spans(x.spans, text)
	for _, s := range x.spans {
		mark := uint64(0)
		if s.denied {
			mark = deniedMark
		}
		for clause := range strings.FieldsFuncSeq(s.text, func(r rune) bool { return strings.ContainsRune(clauseEnds, r) }) {
			start := len(x.concepts)
			x.latin(clause, mark)
			x.japanese(clause, mark)
			x.conceptPairs(x.concepts[start:], clauseMark)
		}
	}
	x.conceptPairs(x.concepts, 0)
	return x.grams
}

const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

func (x *extractor) emit(b block, mark, hash uint64) {
	hash = (hash ^ mark) * fnvPrime
	g := gram(hash&^0xff | uint64(b) | 1<<63) // never 0
	if x.seen.add(g, len(x.grams)) {
		x.grams = append(x.grams, g)
	}
}

// latin emits words, pairs of neighbours, character n-grams within words, and concepts.
func (x *extractor) latin(text string, mark uint64) {
	x.tokens = splitWords(x.tokens, text)
	var previous uint64
	for i, word := range x.tokens {
		h := hashString(word)
		x.emit(wordBlock, mark, h)
		x.emit(pairBlock, mark, (previous^h)*fnvPrime)
		previous = h * 31
		x.runes = append(x.runes[:0], '<')
		for _, r := range word {
			if len(x.runes) < 24 {
				x.runes = append(x.runes, r)
			}
		}
		x.runes = append(x.runes, '>')
		x.ngrams(latinBlock, mark, x.runes, 3, latinGram)
		x.tokens[i] = x.lexicon.corrected(word)
	}
	for i := range x.tokens {
		x.lexicon.inWords(x.tokens, i, func(concept uint64) { x.concept(mark, concept) })
	}
	x.romaji(mark)
}

// romaji emits the sound of words that can be read as Japanese.
func (x *extractor) romaji(mark uint64) {
	x.sound = x.sound[:0]
	for _, word := range x.tokens {
		if kana, ok := fromRomaji(word); ok {
			for _, r := range kana {
				x.sound = append(x.sound, r)
			}
		} else {
			x.sound = append(x.sound, ' ')
		}
	}
	x.ngrams(soundBlock, mark, x.sound, 3, soundGram)
	x.lexicon.inSounds(x.sound, func(concept uint64) { x.concept(mark, concept) })
}

func (x *extractor) concept(mark, concept uint64) {
	x.emit(conceptBlock, mark, concept)
	x.concepts = append(x.concepts, concept^mark)
}

// clauseMark keeps what is named in one clause apart from what one message names somewhere:
// "lost the ID, the coupon is here" has lost and coupon, but not in one clause.
const clauseMark = 1 << 9

// conceptPairs emits what is named together, in whatever order.
func (x *extractor) conceptPairs(concepts []uint64, mark uint64) {
	for i, a := range concepts {
		for _, b := range concepts[i+1:] {
			x.emit(conceptPairBlock, mark, min(a, b)*fnvPrime^max(a, b))
		}
	}
}

// japanese emits character n-grams of each run of Japanese, as written and as it sounds.
func (x *extractor) japanese(text string, mark uint64) {
	x.runes = x.runes[:0]
	any := false
	for _, r := range text {
		if isJapanese(r) {
			any = true
			x.runes = append(x.runes, r)
		} else if n := len(x.runes); n > 0 && x.runes[n-1] != ' ' && r != ' ' {
			x.runes = append(x.runes, ' ')
		}
	}
	if !any {
		return
	}
	x.ngrams(japaneseBlock, mark, x.runes, 1, japaneseGram)
	x.sound = x.kana.reading(x.sound, text)
	x.ngrams(soundBlock, mark, x.sound, 2, soundGram)
	x.lexicon.inSounds(x.sound, func(concept uint64) { x.concept(mark, concept) })
}

// ngrams emits every n-gram that does not span a gap.
func (x *extractor) ngrams(b block, mark uint64, runes []rune, shortest, longest int) {
	for i := range runes {
		h := uint64(fnvOffset)
		for n := 1; n <= longest && i+n <= len(runes); n++ {
			r := runes[i+n-1]
			if r == ' ' {
				break
			}
			h = (h ^ uint64(r)) * fnvPrime
			if n >= shortest {
				x.emit(b, mark, h^uint64(n))
			}
		}
	}
}

func hashString(s string) uint64 {
	h := uint64(fnvOffset)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	return h
}
