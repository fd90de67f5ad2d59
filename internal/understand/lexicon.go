package understand

import (
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"passdesk/internal/guide"
	"passdesk/internal/strictyaml"
)

// lexiconFile names the concepts: what customers call the things and happenings of this desk.
const lexiconFile = "lexicon.yaml"

// typoLength is the shortest word in which one typo is forgiven; in shorter ones a typo makes
// another word.
const typoLength = 6

// lexicon finds concepts in a message, whatever words, script or language they come in. It is
// what carries over from an example to a message that shares no wording with it.
type lexicon struct {
	sounds map[[2]rune][]soundForm // Japanese forms by their first two sounds
	words  map[string][]wordForm   // English forms by their first word
	starts []wordForm              // English forms whose first word is a prefix, sorted
	known  map[string]bool         // every whole word, for typos
	byHead map[byte][]string       // long words by first letter, for typos
}

type soundForm struct {
	sound   []rune
	concept uint64
}

// wordForm is a sequence of words; one that ends in * stands for every word that starts so.
type wordForm struct {
	words   []string
	concept uint64
}

// loadLexicon reads lexicon.yaml; the file may be absent.
func loadLexicon(fsys fs.FS, kana *kanaFolder, report *strictyaml.Report) *lexicon {
	l := &lexicon{sounds: map[[2]rune][]soundForm{}, words: map[string][]wordForm{}, known: map[string]bool{}, byHead: map[byte][]string{}}
	if _, err := fs.Stat(fsys, lexiconFile); err != nil {
		return l
	}
	file, ok := strictyaml.Read(fsys, lexiconFile, report)
	if !ok {
		return l
	}
	for _, e := range file.Entries() {
		fields := e.Value.Fields(string(guide.Japanese), string(guide.English))
		concept := hashString(e.Key.String())
		for _, form := range fields[string(guide.Japanese)].Items() {
			l.addSound(form, kana, concept)
		}
		for _, form := range fields[string(guide.English)].Items() {
			l.addWords(form.String(), concept)
		}
	}
	slices.SortFunc(l.starts, func(a, b wordForm) int { return strings.Compare(a.words[0], b.words[0]) })
	return l
}

func (l *lexicon) addSound(form strictyaml.Value, kana *kanaFolder, concept uint64) {
	text := normalise(form.String())
	if !strings.ContainsFunc(text, isJapanese) {
		l.addWords(text, concept)
		return
	}
	sound := slices.DeleteFunc(kana.reading(nil, text), func(r rune) bool { return r == ' ' })
	if len(sound) < 2 {
		if len(sound) == 1 && isJapanese(sound[0]) && !isHiragana(sound[0]) { // a single kanji is distinct enough
			l.sounds[[2]rune{sound[0]}] = append(l.sounds[[2]rune{sound[0]}], soundForm{sound, concept})
			return
		}
		form.Problemf("%q is too short to be told from other words", form.String())
		return
	}
	key := [2]rune{sound[0], sound[1]}
	l.sounds[key] = append(l.sounds[key], soundForm{sound, concept})
}

func (l *lexicon) addWords(form string, concept uint64) {
	words := strings.Fields(strings.ReplaceAll(normalise(form), "-", " "))
	if len(words) == 0 {
		return
	}
	l.addForm(wordForm{words, concept})
	if joined := strings.Join(words, ""); len(words) == 2 && !strings.Contains(joined, "'") {
		l.addForm(wordForm{[]string{joined}, concept})
	}
	for _, w := range words {
		if !strings.HasSuffix(w, "*") && !l.known[w] {
			l.known[w] = true
			if len(w) >= typoLength {
				l.byHead[w[0]] = append(l.byHead[w[0]], w)
			}
		}
	}
}

func (l *lexicon) addForm(f wordForm) {
	if strings.HasSuffix(f.words[0], "*") {
		l.starts = append(l.starts, f)
		return
	}
	l.words[f.words[0]] = append(l.words[f.words[0]], f)
}

// inWords calls found for each concept named by the Latin words from position i on.
func (l *lexicon) inWords(words []string, i int, found func(concept uint64)) {
	for _, f := range l.words[words[i]] {
		if f.matches(words[i:]) {
			found(f.concept)
		}
	}
	for n := min(len(words[i]), 12); n > 1; n-- { // prefixes of the word
		at, ok := slices.BinarySearchFunc(l.starts, words[i][:n], func(f wordForm, prefix string) int {
			return strings.Compare(strings.TrimSuffix(f.words[0], "*"), prefix)
		})
		for ; ok && at < len(l.starts) && strings.TrimSuffix(l.starts[at].words[0], "*") == words[i][:n]; at++ {
			if l.starts[at].matches(words[i:]) {
				found(l.starts[at].concept)
			}
		}
	}
}

func (f wordForm) matches(words []string) bool {
	if len(words) < len(f.words) {
		return false
	}
	for i, w := range f.words {
		if prefix, ok := strings.CutSuffix(w, "*"); ok && strings.HasPrefix(words[i], prefix) {
			continue
		}
		if w != words[i] {
			return false
		}
	}
	return true
}

// corrected returns the known word that a long unknown word is one typo away from, or the word.
func (l *lexicon) corrected(word string) string {
	if len(word) < typoLength-1 || l.known[word] {
		return word
	}
	for _, candidate := range l.byHead[word[0]] {
		if oneTypo(word, candidate) {
			return candidate
		}
	}
	return word
}

// oneTypo reports whether one letter was added, dropped, changed or swapped.
func oneTypo(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if i >= len(a)-1 {
		return true
	}
	return a[i+1:] == b[i+1:] || a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// inSounds calls found for each concept named anywhere in a text folded to its sound.
func (l *lexicon) inSounds(sound []rune, found func(concept uint64)) {
	for i := range sound {
		for _, f := range l.sounds[[2]rune{sound[i]}] {
			found(f.concept)
		}
		if i+1 == len(sound) {
			return
		}
		for _, f := range l.sounds[[2]rune{sound[i], sound[i+1]}] {
			if hasPrefix(sound[i:], f.sound) {
				found(f.concept)
			}
		}
	}
}

func hasPrefix(text, prefix []rune) bool {
	return len(text) >= len(prefix) && slices.Equal(text[:len(prefix)], prefix)
}

// splitWords cuts a text into its Latin words; anything else separates them.
func splitWords(dst []string, text string) []string {
	dst = dst[:0]
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !isLatin(r) {
			i += size
			continue
		}
		start := i
		for i < len(text) {
			r, size = utf8.DecodeRuneInString(text[i:])
			if !isLatin(r) && r != '\'' {
				break
			}
			i += size
		}
		dst = append(dst, strings.Trim(text[start:i], "'"))
	}
	return dst
}
