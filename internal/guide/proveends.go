package guide

import "slices"

// follow collects every outcome that a conversation can still have from here, and reports a
// question that comes back although it has been answered: a conversation without end.
func (p *prover) follow(c combination, asked []string, reached map[string]bool) {
	p.cases(c, func(c combination, end Place) {
		if end.Ask == "" {
			reached[end.Outcome()] = true
			return
		}
		if slices.Contains(asked, end.Ask) {
			p.violate(end.node, "conversation does not end: %q is asked again with %s", end.Ask, c)
			return
		}
		for _, value := range p.guide.slotIndex[end.Ask].Values {
			p.follow(c.answered(p.guide, Fact{end.Ask, value}), append(slices.Clone(asked), end.Ask), reached)
		}
	})
}

// agrees reports a reply whose written branch leads elsewhere than what the reply implies.
// The engine walks again from the top, so what a value implies decides; a branch that says
// otherwise would be a lie to whoever reads the tree.
func (p *prover) agrees(c combination, asking *Node, value string) {
	branch := asking.Branches[value]
	if branch == nil {
		return // reported as a missing branch
	}
	after := c.answered(p.guide, Fact{asking.Slot, value})
	p.cases(after, func(c combination, end Place) {
		var w walk
		written := w.down(branch, func(slot string) string { return c[slot] })
		if written == nil {
			return // falls through to the same place as the whole walk does
		}
		if got := w.place(written); got.Outcome() != end.Outcome() {
			p.violate(branch, "implies contradicts the tree: %s: %s is written to lead to %s, but what it implies leads to %s (with %s)",
				asking.Slot, value, got.Outcome(), end.Outcome(), c)
		}
	})
}

// questionsMatter reports every question that changes the outcome in no case at all.
func (p *prover) questionsMatter() {
	for node, c := range p.asked {
		if !p.matters[node] {
			p.violate(node, "question %q can never change the outcome, for example with %s", node.Slot, c)
		}
	}
}

// count goes through every conversation that starts with nothing known.
func (p *prover) count(c combination, replies []Fact, depth int) {
	p.cases(c, func(c combination, end Place) {
		if end.Ask == "" || depth > maxDepth {
			p.proof.Paths++
			p.proof.Mean += float64(depth)
			if depth > p.proof.Worst {
				p.proof.Worst, p.proof.WorstPath = depth, slices.Clone(replies)
			}
			return
		}
		for _, value := range p.guide.slotIndex[end.Ask].Values {
			f := Fact{end.Ask, value}
			p.count(c.answered(p.guide, f), append(slices.Clone(replies), f), depth+1)
		}
	})
}

// checkOutcomes adds what the proof refutes to the report.
func (l *loader) checkOutcomes() {
	for _, f := range l.guide.Prove().violations {
		f.node.place.Problemf("%s", f.message)
	}
	l.checkFollowUps()
}

// checkFollowUps reports buttons under an answer that would lead back to the same answer.
func (l *loader) checkFollowUps() {
	for _, id := range sortedKeys(l.guide.answers) {
		for _, f := range l.guide.answers[id].FollowUps {
			if l.leadsOnlyTo(id, f) {
				l.answerPlace[id].Problemf("follow-up {%s: %s} of answer %q leads back to it", f.Slot, f.Value, id)
			}
		}
	}
}

// leadsOnlyTo reports whether pressing the button ends at the same answer in every case.
func (l *loader) leadsOnlyTo(id string, f Fact) bool {
	same, cases := 0, 0
	p := &prover{guide: l.guide, violated: map[finding]bool{}}
	p.cases(combination{}, func(c combination, end Place) {
		if end.Answer != id {
			return
		}
		p.cases(c.forgetOnce(l.guide).answered(l.guide, f), func(_ combination, end Place) {
			cases++
			if end.Answer == id {
				same++
			}
		})
	})
	return cases > 0 && same == cases && p.work <= maxWork
}
