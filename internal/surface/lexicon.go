package surface

import (
	"io/fs"
	"slices"
	"strings"

	"passdesk/internal/guide"
	"passdesk/internal/strictyaml"
)

// typoLength is the shortest word in which one typo is forgiven; in shorter ones a typo makes
// another word.
const typoLength = 6

// lexicon finds concepts in a message, whatever words, script or language they come in. It is
// what carries over from an example to a message that shares no wording with it.
type lexicon struct {
	sounds  map[[2]rune][]soundForm // Japanese forms by their first two sounds
	words   map[string][]wordForm   // English forms by their first word
	starts  []wordForm              // English forms whose first word is a prefix, sorted by it
	longest int                     // length of the longest such prefix
	known   map[string]bool         // every whole word, for typos
	names   map[uint64]string       // what each concept is called
	byHead  map[byte][]string       // long words by first letter, for typos
}

type soundForm struct {
	sound   []rune
	concept uint64
}

// wordForm is a sequence of words; one that ends in * stands for every word that starts so.
type wordForm struct {
	words   []string
	start   string // the first word without its *
	concept uint64
}

// loadLexicon reads lexicon.yaml; the file may be absent.
func loadLexicon(fsys fs.FS, kana *kanaFolder, report *strictyaml.Report) *lexicon {
	l := &lexicon{sounds: map[[2]rune][]soundForm{}, words: map[string][]wordForm{}, known: map[string]bool{}, names: map[uint64]string{}, byHead: map[byte][]string{}}
	file, ok := optional(fsys, lexiconFile, report)
	if !ok {
		return l
	}
	for _, e := range file.Entries() {
		fields := e.Value.Fields(string(guide.Japanese), string(guide.English))
		concept := Hash(e.Key.String())
		l.names[concept] = e.Key.String()
		for _, form := range fields[string(guide.Japanese)].Items() {
			l.addSound(form, kana, concept)
		}
		for _, form := range fields[string(guide.English)].Items() {
			l.addWords(form.String(), concept)
		}
	}
	slices.SortStableFunc(l.starts, func(a, b wordForm) int { return strings.Compare(a.start, b.start) })
	return l
}

func (l *lexicon) addSound(form strictyaml.Value, kana *kanaFolder, concept uint64) {
	text := Normalise(form.String())
	if !strings.ContainsFunc(text, IsJapanese) {
		l.addWords(text, concept)
		return
	}
	sound := slices.DeleteFunc(kana.reading(nil, text), func(r rune) bool { return r == ' ' })
	if len(sound) < 2 {
		if len(sound) == 1 && IsJapanese(sound[0]) && !IsHiragana(sound[0]) { // a single kanji is distinct enough
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
	words := strings.Fields(strings.ReplaceAll(Normalise(form), "-", " "))
	if len(words) == 0 {
		return
	}
	l.addForm(words, concept)
	if joined := strings.Join(words, ""); len(words) == 2 && !strings.Contains(joined, "'") {
		l.addForm([]string{joined}, concept)
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

func (l *lexicon) addForm(words []string, concept uint64) {
	start, isPrefix := strings.CutSuffix(words[0], "*")
	f := wordForm{words, start, concept}
	if isPrefix {
		l.starts = append(l.starts, f)
		l.longest = max(l.longest, len(start))
		return
	}
	l.words[start] = append(l.words[start], f)
}
