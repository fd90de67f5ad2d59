package surface

import (
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"passdesk/internal/guide"
	"passdesk/internal/strictyaml"
)

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
	courtesies   []string // longest first
}

func loadWords(fsys fs.FS, report *strictyaml.Report) words {
	w := words{ordinals: map[string]int{}, languages: map[guide.Language][]string{}, neutral: map[string]bool{}}
	file, ok := optional(fsys, wordsFile, report)
	if !ok {
		return w
	}
	fields := file.Fields("ordinals", "fillers", "from-end", "denied-before", "denied-after", "languages", "neutral", "courtesies")
	for _, e := range fields["ordinals"].Entries() {
		n, err := strconv.Atoi(e.Key.String())
		if e.Key.String() == "last" {
			n = lastChoice
		} else if err != nil || n < 1 {
			e.Key.Problemf("expected a number from 1, or last")
		}
		for _, word := range e.Value.Strings() {
			w.ordinals[Normalise(word)] = n
		}
	}
	w.fillers, w.fromEnd = longestFirst(fields["fillers"]), longestFirst(fields["from-end"])
	w.courtesies = longestFirst(fields["courtesies"])
	w.deniedBefore, w.deniedAfter = longestFirst(fields["denied-before"]), longestFirst(fields["denied-after"])
	for _, e := range fields["languages"].Entries() {
		language := guide.Language(e.Key.String())
		if !slices.Contains(guide.Languages(), language) {
			e.Key.Problemf("expected ja or en")
		}
		w.languages[language] = longestFirst(e.Value)
	}
	for _, word := range fields["neutral"].Strings() {
		w.neutral[Normalise(word)] = true
	}
	return w
}

func longestFirst(v strictyaml.Value) []string {
	var list []string
	for _, item := range v.Items() {
		word := Normalise(item.String())
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
	file, ok := optional(fsys, readingsFile, report)
	if !ok {
		return k
	}
	for _, e := range file.Entries() {
		kanji := Normalise(e.Key.String())
		var sound []rune
		for _, r := range Normalise(e.Value.String()) {
			if s := soundOf(r); s != 0 && s != ' ' {
				sound = append(sound, s)
			}
		}
		if kanji == "" || len(sound) == 0 {
			e.Key.Problemf("expected a word and its reading in kana")
			continue
		}
		first := []rune(kanji)[0]
		k.words[first] = append(k.words[first], kanjiWord{kanji: kanji, kana: Normalise(e.Value.String()), sound: sound})
	}
	for _, list := range k.words {
		slices.SortStableFunc(list, func(a, b kanjiWord) int { return len(b.kanji) - len(a.kanji) })
	}
	return k
}

// choice implements Rules.Choice.
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
	neighbour, _ := utf8.DecodeLastRuneInString(rest)
	if prefix {
		neighbour, _ = utf8.DecodeRuneInString(rest)
	}
	return !IsLatin(neighbour) || unicode.IsDigit(neighbour)
}
