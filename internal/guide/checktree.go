package guide

import (
	"fmt"
	"maps"
	"slices"

	"passdesk/internal/strictyaml"
)

// maxDepth bounds how many places lie on one path, so that a wrong `use` cannot run away.
const maxDepth = 64

// linkBranches points every `use` at its branch.
func (l *loader) linkBranches() {
	for _, n := range l.guide.nodes() {
		if n.Kind != Use {
			continue
		}
		n.target = l.guide.branches[n.Branch]
		l.branchUsed[n.Branch] = true
		if n.target == nil {
			n.place.Problemf("unknown branch %q%s", n.Branch, strictyaml.Suggest(n.Branch, sortedKeys(l.guide.branches)))
			n.target = &Node{Kind: Person, place: n.place}
		}
	}
	for _, name := range sortedKeys(l.branchPlace) {
		if !l.branchUsed[name] {
			l.branchPlace[name].Problemf("branch %q is never used", name)
		}
	}
}

// nodes returns every node as written, each once, without following `use`.
func (g *Guide) nodes() []*Node {
	var all []*Node
	var add func(n *Node)
	seen := map[*Node]bool{}
	add = func(n *Node) {
		if n == nil || seen[n] {
			return
		}
		seen[n] = true
		all = append(all, n)
		for _, value := range slices.Sorted(maps.Keys(n.Branches)) {
			add(n.Branches[value])
		}
		add(n.Before)
		add(n.Else)
	}
	add(g.root)
	for _, name := range sortedKeys(g.branches) {
		add(g.branches[name])
	}
	return all
}

// checkTree looks at the written paths: nothing asked twice, no endless `use`, no hole at the
// end of a path, no `when` on something that is asked.
func (l *loader) checkTree() {
	if l.guide.root == nil {
		return
	}
	asked := map[string]bool{}
	for _, n := range l.guide.nodes() {
		if n.Kind == Ask {
			asked[n.Slot] = true
		}
	}
	for _, n := range l.guide.nodes() {
		if n.Kind == When && asked[n.Slot] {
			n.place.Problemf("`when` on %q, which is asked elsewhere; a fact is either asked or volunteered", n.Slot)
		}
	}
	l.checkPath(l.guide.root, nil, 0, "", false)
}

// checkPath follows one written path. covered tells that something further up takes over when
// this node falls through.
func (l *loader) checkPath(n *Node, asked []string, depth int, way string, covered bool) {
	if depth > maxDepth {
		n.place.Problemf("path is endless or longer than %d places: %s", maxDepth, way)
		return
	}
	switch n.Kind {
	case Leaf, Person:
		return
	case Use:
		l.checkPath(n.target, asked, depth+1, way, covered || n.Else != nil)
	case When:
		if n.Else == nil && !covered {
			n.place.Problemf("missing branch: when %s has no `else`, and nothing else takes over%s", n.Slot, onWay(way))
		}
	case Ask:
		if slices.Contains(asked, n.Slot) {
			n.place.Problemf("fact %q is asked twice on one path%s", n.Slot, onWay(way))
			return
		}
		asked = append(slices.Clone(asked), n.Slot)
	}
	for _, value := range slices.Sorted(maps.Keys(n.Branches)) {
		step := fmt.Sprintf("%s %s: %s", way, n.Slot, value)
		l.checkPath(n.Branches[value], asked, depth+1, step, covered || n.Else != nil)
	}
	if n.Before != nil {
		l.checkPath(n.Before, asked, depth+1, way, true)
	}
	if n.Else != nil {
		l.checkPath(n.Else, asked, depth+1, way, covered)
	}
}

func onWay(way string) string {
	if way == "" {
		return ""
	}
	return " (on the way" + way + ")"
}
