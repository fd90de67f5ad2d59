package dialogue

import (
	"slices"

	"passdesk/internal/guide"
)

// worthNarrowing is how many values a narrowed question must spare the customer: to leave out a
// single one makes nothing easier.
const worthNarrowing = 2

// likely are the values to offer instead of all, nil if the question is better put in full.
func (t *turn) likely(slot string) []guide.Fact {
	if t.before.Narrowed && t.before.Asked == slot {
		return nil // it was narrowed already, and that did not help
	}
	var likely []guide.Fact
	for _, h := range t.in.Likely {
		if h.Slot == slot && !slices.Contains(likely, h.Fact) && t.guide.Valid(h.Fact) {
			likely = append(likely, h.Fact)
		}
	}
	if len(likely) < 2 || len(t.guide.Slot(slot).Values)-len(likely) < worthNarrowing {
		return nil
	}
	return likely
}

// noneOfThese tells whether the customer has just turned down a narrowed question: with a "no",
// with "I don't know" or "none" where that was not on offer, or with words that say nothing. It is
// asked before "no" and "I don't know" are turned into the values they stand for.
func (t *turn) noneOfThese() bool {
	q := t.guide.Question(t.state.Asked)
	if !t.before.Narrowed || q == nil || t.in.Change != "" || !t.isStillAsked() {
		return false
	}
	switch t.in.Act {
	case NoAct, No, DontKnow:
	default:
		return false
	}
	for _, h := range t.in.Facts {
		if h.Fact != (guide.Fact{Slot: q.Slot, Value: q.NotSure}) || slices.Contains(t.before.Shown, h.Fact) || t.leadsToGuidance(h.Fact) {
			return false
		}
	}
	return true
}

// leadsToGuidance tells a value that says something from one that only says "none of these".
func (t *turn) leadsToGuidance(f guide.Fact) bool {
	stated := append(slices.Clone(t.state.Stated), f)
	return t.guide.Walk(t.guide.Active(stated)).Answer != ""
}
