package author

import (
	"fmt"
	"strings"

	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/measure"
	"passdesk/internal/strictyaml"
	"passdesk/internal/surface"
	"passdesk/internal/understand"
)

// FewExamples is how many messages a value or act should have in each language; a rare one may do
// with half of them. With fewer the reader knows their wording and not their meaning.
const FewExamples = 100

// nearlySame is the similarity from which on a second example teaches nothing new.
const nearlySame = .98

// contradictions reports messages that stand under labels which exclude each other: the same words,
// whatever their width, case and punctuation.
func contradictions(g *guide.Guide, examples []understand.Example) []strictyaml.Problem {
	var problems []strictyaml.Problem
	first := map[string]understand.Example{}
	for _, e := range examples {
		key := e.Asked + "\x00" + strings.Map(withoutPunctuation, surface.Normalise(e.Text))
		other, seen := first[key]
		if !seen {
			first[key] = e
		} else if understand.Contradict(g, other, e) {
			problems = append(problems, strictyaml.Problem{File: e.File, Line: e.Line, Column: 1,
				Message: fmt.Sprintf("the same message stands in %s:%d with labels that contradict these", other.File, other.Line)})
		}
	}
	return problems
}

func withoutPunctuation(r rune) rune {
	if strings.ContainsRune(" .,!?。、…'\"", r) {
		return -1
	}
	return r
}

// tooFew notes the values and acts with less than FewExamples in a language.
func tooFew(g *guide.Guide, examples []understand.Example) []string {
	counts := map[string]int{}
	for _, e := range examples {
		counts[string(e.Language)+" act "+string(e.Act)]++
		for slot, value := range e.Facts {
			counts[string(e.Language)+" "+slot+": "+value]++
		}
	}
	var names []string
	for _, slot := range g.Slots() {
		for _, value := range slot.Values {
			names = append(names, slot.Name+": "+value)
		}
	}
	for _, a := range dialogue.Acts() {
		names = append(names, "act "+string(a))
	}
	var notes []string
	for _, language := range guide.Languages() {
		for _, name := range names {
			if n := counts[string(language)+" "+name]; n < FewExamples {
				notes = append(notes, fmt.Sprintf("%s has %d examples in %s, should have %d (a rare one %d)", name, n, language, FewExamples, FewExamples/2))
			}
		}
	}
	return notes
}

// nearDuplicates notes examples that teach nothing new.
func nearDuplicates(examples []understand.Example, twins []understand.Twins) []string {
	var notes []string
	for _, t := range twins {
		a, b := examples[t.First], examples[t.Second]
		if t.Similarity >= nearlySame && sameLabels(a, b) {
			notes = append(notes, fmt.Sprintf("%s:%d: nearly the same as %s:%d: %s", b.File, b.Line, a.File, a.Line, b.Text))
		}
	}
	return notes
}

func sameLabels(a, b understand.Example) bool {
	if a.Act != b.Act || len(a.Facts) != len(b.Facts) {
		return false
	}
	for slot, value := range a.Facts {
		if b.Facts[slot] != value {
			return false
		}
	}
	return true
}

// misread lists the examples that a reader gets wrong that has not learnt from them, the surest
// mistakes first: wrong labels, or hard cases that need more examples of their kind.
func misread(v *measure.Validation, settings understand.Settings) []string {
	var list []string
	for _, m := range v.Misreads(settings) {
		list = append(list, m.String())
	}
	return list
}
