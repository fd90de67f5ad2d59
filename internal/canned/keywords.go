package canned

import (
	"maps"
	"slices"
	"strings"

	"passdesk/internal/guide"
)

// maxStates bounds how many combinations of facts are looked at. Ours are some hundred; content
// that has more than this still works, with fewer keywords.
const maxStates = 20_000

// keywordsOf returns the words for the facts that lead to each answer, by id and language.
func keywordsOf(g *guide.Guide) map[string]map[guide.Language][]string {
	all := map[string]map[guide.Language][]string{}
	for id, facts := range leading(g) {
		all[id] = map[guide.Language][]string{}
		for _, language := range guide.Languages() {
			for _, f := range facts {
				for _, word := range wordsFor(g, f, language) {
					if word != "" && !slices.Contains(all[id][language], word) {
						all[id][language] = append(all[id][language], word)
					}
				}
			}
		}
	}
	return all
}

// leading returns the facts that lead to each answer, as the tree and the facts are declared.
func leading(g *guide.Guide) map[string][]guide.Fact {
	w := wayfinder{guide: g, written: map[guide.Branch]bool{}, seen: map[string]bool{}, found: map[string]map[guide.Fact]bool{}}
	for _, b := range g.Branches() {
		w.written[b] = true
	}
	w.walk(nil)
	order := map[guide.Fact]int{}
	for _, slot := range g.Slots() {
		for _, value := range slot.Values {
			order[guide.Fact{Slot: slot.Name, Value: value}] = len(order)
		}
	}
	all := map[string][]guide.Fact{}
	for id, facts := range w.found {
		all[id] = slices.SortedFunc(maps.Keys(facts), func(a, b guide.Fact) int { return order[a] - order[b] })
	}
	return all
}

// wayfinder goes every way through the tree, also those that customers open by themselves.
type wayfinder struct {
	guide   *guide.Guide
	written map[guide.Branch]bool
	seen    map[string]bool
	found   map[string]map[guide.Fact]bool // by answer
}

// walk looks where the stated facts lead, and then at each fact that could be known besides.
func (w *wayfinder) walk(stated []guide.Fact) {
	known := w.guide.Active(stated)
	key := keyOf(known)
	if w.seen[key] || len(w.seen) == maxStates {
		return
	}
	w.seen[key] = true
	place := w.guide.Walk(known)
	if place.Answer != "" {
		w.arrived(place, stated, known)
	}
	for _, turn := range place.Path {
		if turn.Value != "" {
			continue
		}
		for _, value := range w.guide.Slot(turn.Slot).Values {
			w.walk(append(slices.Clip(stated), guide.Fact{Slot: turn.Slot, Value: value}))
		}
	}
}

// arrived keeps the facts that led to an answer. A fact for which the tree has no branch did not;
// "I don't know" only did where it was the last word.
func (w *wayfinder) arrived(place guide.Place, stated []guide.Fact, known guide.Known) {
	var way []guide.Fact
	for _, turn := range place.Path {
		if w.written[guide.Branch{Line: turn.Line, Slot: turn.Slot, Value: turn.Value}] {
			way = append(way, guide.Fact{Slot: turn.Slot, Value: turn.Value})
		}
	}
	facts := w.found[place.Answer]
	if facts == nil {
		facts = map[guide.Fact]bool{}
		w.found[place.Answer] = facts
	}
	for i, f := range way {
		if i == len(way)-1 || w.guide.Question(f.Slot).NotSure != f.Value {
			facts[f] = true
		}
	}
	for i, f := range stated { // a window that implies the prompt leads there as well
		if known[f.Slot] == f.Value && (w.needs(place, stated, i) || w.brings(way, stated, i)) {
			facts[f] = true
		}
	}
}

// brings reports whether what was stated at i brought a fact of the way with it.
func (w *wayfinder) brings(way, stated []guide.Fact, i int) bool {
	before, after := w.guide.Active(stated[:i]), w.guide.Active(stated[:i+1])
	return slices.ContainsFunc(way, func(f guide.Fact) bool {
		return f.Slot != stated[i].Slot && before[f.Slot] != f.Value && after[f.Slot] == f.Value
	})
}

// needs reports whether the walk would have ended elsewhere without what was stated at i.
func (w *wayfinder) needs(place guide.Place, stated []guide.Fact, i int) bool {
	others := slices.Delete(slices.Clone(stated), i, i+1)
	return w.guide.Walk(w.guide.Active(others)).Answer != place.Answer
}

func keyOf(known guide.Known) string {
	var key strings.Builder
	for _, slot := range slices.Sorted(maps.Keys(known)) {
		key.WriteString(slot + "=" + known[slot] + "\n")
	}
	return key.String()
}
