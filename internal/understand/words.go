package understand

import (
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"passdesk/internal/guide"
	"passdesk/internal/strictyaml"
)

// readingsFile spells kanji words in kana.
const readingsFile = "readings.yaml"

// lastChoice stands for "the last one".
const lastChoice = -1

// words are the closed lists of words.yaml, normalised.
type words struct {
	ordinals     map[string]int // 1 is the first choice, lastChoice the last
	fillers      []string       // longest first
	fromEnd      []string
	deniedBefore []string // longest first
	deniedAfter  []string
	languages    map[guide.Language][]string
	neutral      map[string]bool
}

// CheckWords reports every problem in the closed word lists, as a *strictyaml.Error.
func CheckWords(fsys fs.FS) error {
	report := &strictyaml.Report{}
	loadLanguage(fsys, report)
	return report.Err()
}

func loadWords(fsys fs.FS, report *strictyaml.Report) words {
	w := words{ordinals: map[string]int{}, languages: map[guide.Language][]string{}, neutral: map[string]bool{}}
	file, ok := strictyaml.Read(fsys, wordsFile, report)
	if !ok {
		return w
	}
	fields := file.Fields("ordinals", "fillers", "from-end", "denied-before", "denied-after", "languages", "neutral")
	for _, e := range fields["ordinals"].Entries() {
		n, err := strconv.Atoi(e.Key.String())
		if e.Key.String() == "last" {
			n, err = lastChoice, nil
		}
		if err != nil {
			e.Key.Problemf("expected a number or last")
		}
		for _, word := range e.Value.Strings() {
			w.ordinals[normalise(word)] = n
		}
	}
	w.fillers, w.fromEnd = longestFirst(fields["fillers"]), longestFirst(fields["from-end"])
	w.deniedBefore, w.deniedAfter = longestFirst(fields["denied-before"]), longestFirst(fields["denied-after"])
	for _, e := range fields["languages"].Entries() {
		w.languages[guide.Language(e.Key.String())] = longestFirst(e.Value)
	}
	for _, word := range fields["neutral"].Strings() {
		w.neutral[normalise(word)] = true
	}
	return w
}

func longestFirst(v strictyaml.Value) []string {
	var list []string
	for _, item := range v.Items() {
		word := normalise(item.String())
		if word == "" {
			item.Problemf("a word is needed here") // an empty one would match everywhere
			continue
		}
		list = append(list, word)
	}
	slices.SortStableFunc(list, func(a, b string) int { return len(b) - len(a) })
	return list
}

// loadReadings reads the kana spellings; the file may be absent.
func loadReadings(fsys fs.FS, report *strictyaml.Report) *kanaFolder {
	k := &kanaFolder{words: map[rune][]kanjiWord{}}
	if _, err := fs.Stat(fsys, readingsFile); err != nil {
		return k
	}
	file, ok := strictyaml.Read(fsys, readingsFile, report)
	if !ok {
		return k
	}
	for _, e := range file.Entries() {
		kanji := normalise(e.Key.String())
		var sound []rune
		for _, r := range normalise(e.Value.String()) {
			if s := soundOf(r); s != 0 && s != ' ' {
				sound = append(sound, s)
			}
		}
		if kanji == "" || len(sound) == 0 {
			e.Key.Problemf("expected a word and its reading in kana")
			continue
		}
		first := []rune(kanji)[0]
		k.words[first] = append(k.words[first], kanjiWord{kanji: kanji, sound: sound})
	}
	for _, list := range k.words {
		slices.SortStableFunc(list, func(a, b kanjiWord) int { return len(b.kanji) - len(a.kanji) })
	}
	return k
}

// choice returns the number of the choice that a reply names ("2", "the second one",
// 上から2番目), counted from 1, or 0 if it names none. shown is how many there are.
func (w *words) choice(text string, shown int) int {
	fromEnd := false
	for _, marker := range w.fromEnd {
		if strings.Contains(text, marker) {
			text, fromEnd = strings.Replace(text, marker, " ", 1), true
			break
		}
	}
	n := w.number(text)
	switch {
	case n == lastChoice:
		n = shown
	case fromEnd && n > 0:
		n = shown + 1 - n
	}
	if n < 1 || n > shown {
		return 0
	}
	return n
}

// number reads the one number in a text that has nothing else but fillers; 0 if it cannot.
func (w *words) number(text string) int {
	text = strings.Trim(text, " .,!?。、！？#()[]:;")
	for range 8 { // each round takes one filler off; nobody stacks more
		if n, ok := w.ordinals[text]; ok {
			return n
		}
		if n, err := strconv.Atoi(text); err == nil && n > 0 {
			return n
		}
		shorter := w.withoutFiller(text)
		if shorter == text {
			return 0
		}
		text = shorter
	}
	return 0
}

// withoutFiller takes one filler off the start or the end.
func (w *words) withoutFiller(text string) string {
	for _, filler := range w.fillers {
		if rest, ok := strings.CutSuffix(text, filler); ok && boundary(rest, filler, false) {
			return strings.Trim(rest, " .,!?。、")
		}
		if rest, ok := strings.CutPrefix(text, filler); ok && boundary(rest, filler, true) {
			return strings.Trim(rest, " .,!?。、")
		}
	}
	return text
}

// boundary keeps Latin fillers from being cut out of longer words.
func boundary(rest, filler string, prefix bool) bool {
	if rest == "" || filler[0] > 0x7f {
		return rest != ""
	}
	if prefix {
		return !isLatin(rune(rest[0])) || rest[0] <= '9'
	}
	last := rest[len(rest)-1]
	return !isLatin(rune(last)) || last <= '9'
}
