package guide

import (
	"fmt"
	"slices"

	"passdesk/internal/strictyaml"
)

// Kind tells what a node of the tree does.
type Kind int

// The kinds of node. Ask needs its slot to be known; When reads it only if it is; Use goes on
// in a named branch; Leaf and Person end the walk.
const (
	Ask Kind = iota
	When
	Use
	Leaf
	Person
)

// Node is one place of the tree. Which fields are set depends on Kind.
type Node struct {
	Kind     Kind
	Slot     string           // Ask, When
	Branches map[string]*Node // Ask, When: by value
	Before   *Node            // Ask: tried while the slot is unknown; may fall through
	Else     *Node            // When, Use: where to go on when nothing else matched; may be nil
	Branch   string           // Use: name of the branch
	target   *Node            // Use: the branch itself
	Answer   string           // Leaf
	place    strictyaml.Value
}

// Place is where a walk ended and how it got there: exactly one of Ask, Answer and Human is set.
type Place struct {
	Ask    string // slot that must be known first
	Answer string // id of the answer
	Human  bool   // a person takes over
	Path   []Turn // the facts that were read on the way, from the top
	node   *Node
}

// Turn is one decision on a walk: the slot that was read and the value found, "" if unknown.
type Turn struct {
	Slot  string `json:"fact"`
	Value string `json:"value"`
	Line  int    `json:"line"` // of the place in tree.yaml
}

// Branch is one way on from a place of the tree. Value is "" for `else`.
type Branch struct {
	Line  int
	Slot  string
	Value string
}

// String names the branch as an author finds it.
func (b Branch) String() string {
	value := b.Value
	if value == "" {
		value = "else"
	}
	return fmt.Sprintf("tree.yaml:%d %s: %s", b.Line, b.Slot, value)
}

// Branches lists every written way on from an ask or a when, in file order.
func (g *Guide) Branches() []Branch {
	var all []Branch
	for _, n := range g.nodes() {
		if n.Kind != Ask && n.Kind != When {
			continue
		}
		for _, value := range g.slotIndex[n.Slot].Values {
			if n.Branches[value] != nil {
				all = append(all, Branch{n.place.Line(), n.Slot, value})
			}
		}
		if n.Else != nil {
			all = append(all, Branch{n.place.Line(), n.Slot, ""})
		}
	}
	slices.SortStableFunc(all, func(a, b Branch) int { return a.Line - b.Line })
	return all
}

// Taken returns the branch that this turn took; ok is false if it was the question itself.
func (g *Guide) Taken(t Turn) (branch Branch, ok bool) {
	for _, b := range g.Branches() {
		if b.Line == t.Line && b.Value == t.Value {
			return b, true
		}
	}
	for _, b := range g.Branches() {
		if b.Line == t.Line && b.Value == "" {
			return b, true
		}
	}
	return Branch{}, false
}

// Outcome names where the walk ended, the way stories and reports write it.
func (p Place) Outcome() string {
	switch {
	case p.Ask != "":
		return "ask " + p.Ask
	case p.Human:
		return "human"
	default:
		return p.Answer
	}
}

// Walk goes down the tree from the top with what is known. It is total: content that loaded
// has a way on for every combination of facts.
func (g *Guide) Walk(known Known) Place {
	var w walk
	if end := w.down(g.root, known.read); end != nil {
		return w.place(end)
	}
	return Place{Human: true, Path: w.path} // only reachable in content that did not load
}

// walk remembers what was read. How a slot is read is the caller's choice, because the proof
// walks with facts that are not decided yet.
type walk struct {
	path []Turn
}

// down returns the node that ends the walk, or nil if it falls through.
func (w *walk) down(n *Node, read func(slot string) string) *Node {
	switch n.Kind {
	case Use:
		if end := w.down(n.target, read); end != nil {
			return end
		}
	case Ask, When:
		value := read(n.Slot)
		w.path = append(w.path, Turn{Slot: n.Slot, Value: value, Line: n.place.Line()})
		if value == "" && n.Kind == Ask {
			if n.Before != nil {
				if end := w.down(n.Before, read); end != nil {
					return end
				}
			}
			return n
		}
		if next := n.Branches[value]; next != nil {
			return w.down(next, read)
		}
	default:
		return n
	}
	if n.Else != nil {
		return w.down(n.Else, read)
	}
	return nil
}

func (w *walk) place(end *Node) Place {
	p := Place{Path: w.path, node: end}
	switch end.Kind {
	case Ask:
		p.Ask = end.Slot
	case Leaf:
		p.Answer = end.Answer
	default:
		p.Human = true
	}
	return p
}
