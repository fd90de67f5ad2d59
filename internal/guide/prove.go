package guide

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Proof is what Prove found out about every conversation that the content allows.
type Proof struct {
	Cases      int       // classes of fact combinations that the tree tells apart, each with one outcome
	Paths      int       // ways from the first question to the end, volunteering nothing
	Worst      int       // questions on the longest of them
	WorstPath  []Fact    // replies that lead there
	Mean       float64   // questions, averaged over the paths
	Outcomes   []string  // every answer that some combination reaches, sorted; "human" among them
	IdleAsks   []Idle    // where a question is put although, with these facts, no reply changes the outcome
	violations []finding // what is not as it must be
}

// Idle is a question that cannot change the outcome once these facts are known.
type Idle struct {
	Slot  string
	Facts string
}

// finding is one counter-example: the node it belongs to and the facts that show it.
type finding struct {
	node    *Node
	message string
}

// Prove walks every combination of facts that the tree can tell apart, and every conversation
// from there on, and reports the bounds. It does not sample: values are closed and the walk is
// pure, so combinations that agree on all slots a walk reads are one case.
func (g *Guide) Prove() Proof {
	p := &prover{guide: g, matters: map[*Node]bool{}, asked: map[*Node]combination{}, outcomes: map[string]bool{}, violated: map[finding]bool{}}
	p.cases(combination{}, func(c combination, end Place) {
		p.proof.Cases++
		p.examine(c, end)
	})
	p.questionsMatter()
	p.count(nothing(g), nil, 0)
	if p.work > maxWork { // what was found is not the whole truth
		p.proof.violations = []finding{{g.root, fmt.Sprintf("the tree allows too many combinations of facts to prove it (more than %d walks)", maxWork)}}
	}
	p.proof.Mean /= float64(max(1, p.proof.Paths))
	p.proof.Outcomes = sortedKeys(p.outcomes)
	return p.proof
}

// combination decides some slots: a value, or "" for "is not known". A slot that is absent is
// undecided.
type combination map[string]string

// nothing decides that no fact is known: a conversation in which nothing is volunteered.
func nothing(g *Guide) combination {
	c := combination{}
	for _, s := range g.slots {
		c[s.Name] = ""
	}
	return c
}

// with decides one more slot, and all that follows from it. ok is false if that contradicts.
func (c combination) with(g *Guide, slot, value string) (combination, bool) {
	next := maps.Clone(c)
	next[slot] = value
	if value == "" {
		return next, true
	}
	for _, implied := range g.Closure(Fact{Slot: slot, Value: value}) {
		if old, decided := next[implied.Slot]; decided && old != implied.Value {
			return nil, false
		}
		next[implied.Slot] = implied.Value
	}
	return next, true
}

// answered is the combination after a customer answered a question: the new fact and what it
// implies hold, and whatever contradicts them is not known any more.
func (c combination) answered(g *Guide, f Fact) combination {
	closure := g.Closure(f)
	fresh := Known{}
	for _, implied := range closure {
		fresh[implied.Slot] = implied.Value
	}
	next := maps.Clone(c)
	for slot, value := range c {
		if value != "" && fresh.contradicts(g.Closure(Fact{Slot: slot, Value: value})) {
			next[slot] = ""
		}
	}
	maps.Copy(next, combination(fresh))
	return next
}

// forgetOnce is the combination after an answer: facts that are good for one answer are gone.
func (c combination) forgetOnce(g *Guide) combination {
	next := maps.Clone(c)
	for _, s := range g.slots {
		if s.Once {
			next[s.Name] = ""
		}
	}
	return next
}

func (c combination) String() string {
	var parts []string
	for _, slot := range sortedKeys(c) {
		if c[slot] != "" {
			parts = append(parts, slot+": "+c[slot])
		}
	}
	if len(parts) == 0 {
		return "nothing known"
	}
	return strings.Join(parts, ", ")
}

// maxWork bounds how many walks a proof may take; ours takes 1,400. Facts that are read
// independently of each other multiply, so a small tree could need more than there is time.
const maxWork = 14_000 // ten times as many

type prover struct {
	guide    *Guide
	work     int // walks so far
	proof    Proof
	matters  map[*Node]bool        // questions whose replies make a difference in some case
	asked    map[*Node]combination // questions that some case puts, with an example
	outcomes map[string]bool
	violated map[finding]bool // kinds of violation seen, by node
}

// cases walks from the top, deciding slots one at a time as the walk reads them, and visits
// every case that extends c once.
func (p *prover) cases(c combination, visit func(combination, Place)) {
	if p.work++; p.work > maxWork {
		return
	}
	undecided := ""
	var w walk
	end := w.down(p.guide.root, func(slot string) string {
		value, decided := c[slot]
		if !decided && undecided == "" {
			undecided = slot
		}
		return value
	})
	if undecided == "" {
		if end == nil {
			p.violate(p.guide.root, "no outcome for: %s", c)
			return
		}
		visit(c, w.place(end))
		return
	}
	for _, value := range append([]string{""}, p.guide.slotIndex[undecided].Values...) {
		if next, ok := c.with(p.guide, undecided, value); ok {
			p.cases(next, visit)
		}
	}
}

// violate records the first counter-example of its kind at a node; more would say no more.
func (p *prover) violate(n *Node, format string, args ...any) {
	kind := finding{node: n, message: format}
	if p.violated[kind] {
		return
	}
	p.violated[kind] = true
	p.proof.violations = append(p.proof.violations, finding{node: n, message: fmt.Sprintf(format, args...)})
}

// examine looks at one case: where it ends, or what becomes of its question.
func (p *prover) examine(c combination, end Place) {
	if end.Ask == "" {
		p.outcomes[end.Outcome()] = true
		return
	}
	p.asked[end.node] = c
	var first []string
	different := false
	for i, value := range p.guide.slotIndex[end.Ask].Values {
		p.agrees(c, end.node, value)
		reached := map[string]bool{}
		p.follow(c.answered(p.guide, Fact{end.Ask, value}), []string{end.Ask}, reached)
		if set := sortedKeys(reached); i == 0 {
			first = set
		} else if !slices.Equal(first, set) {
			different = true
		}
	}
	if different {
		p.matters[end.node] = true
	} else {
		p.proof.IdleAsks = append(p.proof.IdleAsks, Idle{Slot: end.Ask, Facts: c.String()})
	}
}
