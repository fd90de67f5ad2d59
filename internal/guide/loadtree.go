package guide

import (
	"regexp"
	"slices"
	"strings"

	"passdesk/internal/strictyaml"
)

// anyValue is the key under `implies` that stands for every value of the fact.
const anyValue = "any"

func (l *loader) loadTree() {
	l.branchPlace, l.branchUsed = map[string]strictyaml.Value{}, map[string]bool{}
	file, ok := l.read("tree.yaml")
	if !ok {
		return
	}
	fields := file.Fields("facts", "branches", "tree")
	for _, required := range []string{"facts", "tree"} {
		if !fields[required].Exists() && file.IsMapping() {
			file.Problemf("section %q is missing", required)
		}
	}
	l.loadSlots(fields["facts"])
	for _, e := range fields["branches"].Entries() {
		l.branchPlace[e.Key.String()] = e.Key
	}
	for _, e := range fields["branches"].Entries() {
		l.guide.branches[e.Key.String()] = l.node(e.Value)
	}
	if fields["tree"].Exists() {
		l.guide.root = l.node(fields["tree"])
	}
	l.linkBranches()
	l.checkTree()
}

func (l *loader) loadSlots(v strictyaml.Value) {
	implies := map[*Slot]strictyaml.Value{}
	for _, e := range v.Entries() {
		fields := e.Value.Fields("values", "implies", "once")
		slot := &Slot{Name: e.Key.String(), Implies: map[string][]Fact{}, Once: fields["once"].Bool()}
		checkName(e.Key, "fact", slot.Name)
		for _, value := range fields["values"].Items() {
			name := value.String()
			if slices.Contains(slot.Values, name) {
				value.Problemf("duplicate value %q", name)
				continue
			}
			if checkName(value, "value", name); name != "" {
				slot.Values = append(slot.Values, name)
			}
		}
		if len(slot.Values) == 0 {
			e.Key.Problemf("fact %q has no values", slot.Name)
		}
		l.guide.slots = append(l.guide.slots, slot)
		l.guide.slotIndex[slot.Name] = slot
		implies[slot] = fields["implies"]
	}
	if v.IsMapping() && len(l.guide.slots) == 0 {
		v.Problemf("no facts are declared")
	}
	for _, slot := range l.guide.slots {
		l.loadImplies(slot, implies[slot])
	}
	for _, f := range l.guide.computeClosures() {
		implies[l.guide.slotIndex[f.Slot]].Problemf("%s: %s implies two values of the same fact", f.Slot, f.Value)
	}
}

func (l *loader) loadImplies(slot *Slot, v strictyaml.Value) {
	for _, e := range v.Entries() {
		given := e.Key.String()
		if given != anyValue && !slices.Contains(slot.Values, given) {
			e.Key.Problemf("fact %q has no value %q%s", slot.Name, given, strictyaml.Suggest(given, slot.Values))
			continue
		}
		for _, implied := range e.Value.Entries() {
			f := Fact{Slot: implied.Key.String(), Value: implied.Value.String()}
			if !l.declared(implied.Key, implied.Value, f) {
				continue
			}
			for _, value := range slot.Values {
				if given == anyValue || given == value {
					slot.Implies[value] = append(slot.Implies[value], f)
				}
			}
		}
	}
}

// The words that give a tree node its kind or shape; no fact or value may be called so.
var nodeWords = []string{"ask", "when", "use", "answer", "human", "else", "before", anyValue}

var namePattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// checkName reports a name that the tree could not refer to: the empty one stands for "not
// known", a comma parts two values, and nodeWords mean something else.
func checkName(place strictyaml.Value, what, name string) {
	switch {
	case slices.Contains(nodeWords, name):
		place.Problemf("%q is a word of the tree itself and cannot be a %s", name, what)
	case !namePattern.MatchString(name):
		place.Problemf("%q cannot be a %s; names are made of a-z, 0-9 and -", name, what)
	}
}

// node reads one node of the tree. The result is never nil, so that reading goes on.
func (l *loader) node(v strictyaml.Value) *Node {
	n := &Node{Kind: Person, Branches: map[string]*Node{}, place: v}
	kinds := 0
	var values []strictyaml.Entry
	for _, e := range v.Entries() {
		switch key := e.Key.String(); key {
		case "ask", "when":
			kinds++
			n.Kind, n.Slot = Ask, e.Value.String()
			if key == "when" {
				n.Kind = When
			}
			l.unknownFact(e.Value, n.Slot)
		case "use":
			kinds++
			n.Kind, n.Branch = Use, e.Value.String()
		case "answer":
			kinds++
			n.Kind, n.Answer = Leaf, e.Value.String()
		case "human":
			kinds++
			if !e.Value.Bool() {
				e.Value.Problemf("human takes only true")
			}
		case "else":
			n.Else = l.node(e.Value)
		case "before":
			n.Before = l.node(e.Value)
		default:
			values = append(values, e)
		}
	}
	if kinds != 1 {
		v.Problemf("a place in the tree needs exactly one of: ask, when, use, answer, human")
		l.nodeUnkind(n, values)
		return n
	}
	l.nodeShape(n, values)
	return n
}

// nodeUnkind reads what it can of a node whose kind is missing, most likely misspelt.
func (l *loader) nodeUnkind(n *Node, values []strictyaml.Entry) {
	var branches []strictyaml.Entry
	for _, e := range values {
		if meant := strictyaml.Suggest(e.Key.String(), nodeWords); meant != "" && !e.Value.IsMapping() {
			e.Key.Problemf("unknown key %q%s", e.Key.String(), meant)
		}
		if e.Value.IsMapping() {
			branches = append(branches, e)
		}
	}
	l.nodeBranches(n, branches)
}

// nodeShape reads the branches of an ask or when node and reports keys that do not belong.
func (l *loader) nodeShape(n *Node, values []strictyaml.Entry) {
	if n.Kind != Ask && n.Kind != When {
		for _, e := range values {
			e.Key.Problemf("unknown key %q%s", e.Key.String(), strictyaml.Suggest(e.Key.String(), nodeWords))
		}
	}
	if n.Else != nil && n.Kind != When && n.Kind != Use {
		n.Else.place.Problemf("`else` belongs to `when` or `use`; an `ask` names every value")
	}
	if n.Before != nil && n.Kind != Ask {
		n.Before.place.Problemf("`before` belongs to `ask`")
	}
	if n.Kind == Ask || n.Kind == When {
		l.nodeBranches(n, values)
	}
}

// nodeBranches reads the ways on from an ask or when node. Those of an unknown fact are read all
// the same, so that one slip does not make what they lead to unreachable.
func (l *loader) nodeBranches(n *Node, values []strictyaml.Entry) {
	slot := l.guide.slotIndex[n.Slot]
	for _, e := range values {
		child := l.node(e.Value)
		for name := range strings.SplitSeq(e.Key.String(), ",") {
			name = strings.TrimSpace(name)
			if slot != nil && !slices.Contains(slot.Values, name) {
				e.Key.Problemf("fact %q has no value %q%s", slot.Name, name, strictyaml.Suggest(name, slices.Concat(slot.Values, nodeWords)))
				continue
			}
			if n.Branches[name] != nil {
				e.Key.Problemf("duplicate branch for value %q", name)
				continue
			}
			n.Branches[name] = child
		}
	}
	if slot == nil {
		return
	}
	for _, value := range slot.Values {
		if n.Kind == Ask && n.Branches[value] == nil {
			n.place.Problemf("missing branch: ask %s has no way on for %q", n.Slot, value)
		}
	}
}
