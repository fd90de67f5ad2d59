package guide

import (
	"maps"
	"slices"
)

// Known is a consistent set of facts: slot → value.
type Known map[string]string

func (k Known) read(slot string) string { return k[slot] }

// Facts returns the set in the order of the tree file's declarations.
func (g *Guide) Facts(known Known) []Fact {
	facts := make([]Fact, 0, len(known))
	for _, s := range g.slots {
		if value, ok := known[s.Name]; ok {
			facts = append(facts, Fact{Slot: s.Name, Value: value})
		}
	}
	return facts
}

// Closure returns the fact and everything it implies; nil for a fact that is not declared.
// The result is shared: do not change it.
func (g *Guide) Closure(f Fact) []Fact {
	slot := g.slotIndex[f.Slot]
	if slot == nil {
		return nil
	}
	return slot.closure[f.Value]
}

// Active returns what holds, given everything the customer has stated, oldest first. The newest
// statement always holds, with all it implies; an older one holds if it does not contradict a
// newer one. A statement that lost is not forgotten by the caller: it holds again once the
// contradiction is gone, so a customer may change topic and come back. Facts that are no longer
// declared are passed over, which is what lets content change under a conversation.
func (g *Guide) Active(stated []Fact) Known {
	known := make(Known, len(stated)+2)
	for _, f := range slices.Backward(stated) {
		closure := g.Closure(f)
		if !known.contradicts(closure) {
			for _, c := range closure {
				known[c.Slot] = c.Value
			}
		}
	}
	return known
}

func (k Known) contradicts(facts []Fact) bool {
	for _, f := range facts {
		if value, ok := k[f.Slot]; ok && value != f.Value {
			return true
		}
	}
	return false
}

// Contradicts reports whether the fact, or anything it implies, differs from what is known.
func (g *Guide) Contradicts(known Known, f Fact) bool { return known.contradicts(g.Closure(f)) }

// computeClosures follows implications to the end. It reports the slots whose implications
// contradict themselves, as facts that cannot be.
func (g *Guide) computeClosures() (impossible []Fact) {
	for _, slot := range g.slots {
		slot.closure = make(map[string][]Fact, len(slot.Values))
		for _, value := range slot.Values {
			known := Known{slot.Name: value}
			queue := []Fact{{Slot: slot.Name, Value: value}}
			for len(queue) > 0 {
				f := queue[0]
				queue = queue[1:]
				for _, implied := range g.slotIndex[f.Slot].Implies[f.Value] {
					if known.contradicts([]Fact{implied}) {
						impossible = append(impossible, Fact{Slot: slot.Name, Value: value})
						continue
					}
					if _, ok := known[implied.Slot]; !ok {
						known[implied.Slot] = implied.Value
						queue = append(queue, implied)
					}
				}
			}
			slot.closure[value] = g.Facts(known)
		}
	}
	return impossible
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
