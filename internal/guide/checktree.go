package guide

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"passdesk/internal/strictyaml"
)

// Bounds on the tree. A branch that is used twice in a row doubles the paths each time, so a
// small file could keep a check busy for ever; ours has some 200 places on all its paths.
const (
	maxDepth  = 64     // places on one path
	maxPlaces = 50_000 // places on all paths together
)

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
	if l.refuseCycles() {
		return // there are paths without end
	}
	if l.checkPath(l.guide.root, nil, 0, "", false); l.placesSeen > maxPlaces {
		l.guide.root.place.Problemf("the tree has more than %d places on all its paths; name fewer shared branches", maxPlaces)
	}
}

// refuseCycles reports every `use` that leads back to the branch it stands in.
func (l *loader) refuseCycles() (found bool) {
	done := map[string]bool{}
	var visit func(n *Node, within []string)
	visit = func(n *Node, within []string) {
		switch {
		case n == nil || n.Kind == Use && l.guide.branches[n.Branch] == nil:
			return
		case n.Kind == Use && slices.Contains(within, n.Branch):
			n.place.Problemf("endless `use`: %s", strings.Join(append(within, n.Branch), " > "))
			found = true
		case n.Kind == Use && !done[n.Branch]:
			visit(n.target, append(slices.Clone(within), n.Branch))
			done[n.Branch] = true
		}
		for _, value := range slices.Sorted(maps.Keys(n.Branches)) {
			visit(n.Branches[value], within)
		}
		visit(n.Before, within)
		visit(n.Else, within)
	}
	for _, name := range sortedKeys(l.guide.branches) {
		if !done[name] {
			visit(l.guide.branches[name], []string{name})
			done[name] = true
		}
	}
	return found
}

// checkPath follows one written path. covered tells that something further up takes over when
// this node falls through.
func (l *loader) checkPath(n *Node, asked []string, depth int, way string, covered bool) {
	if l.placesSeen++; l.placesSeen > maxPlaces {
		return
	}
	if depth > maxDepth {
		n.place.Problemf("path is longer than %d places: %s", maxDepth, way)
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
		l.checkPath(n.Branches[value], asked, depth+1, step, covered)
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
