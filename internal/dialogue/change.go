package dialogue

import (
	"slices"

	"passdesk/internal/guide"
)

// change forgets one answer, with whatever rests on it, and asks for it again. What was said
// later may hide that question; then what was said before it counts again, for that is why it
// was put. Nothing else is forgotten: it holds once more when it fits the new answer.
func (t *turn) change(slot string) Step {
	if _, given := t.guide.Active(t.state.Stated)[slot]; given {
		t.remember()
	}
	topic := t.impliedByAny(slot)
	earlier, later := t.without(slot)
	asksWith := func(stated ...[]guide.Fact) bool {
		t.state.Stated = slices.Concat(stated...)
		for _, f := range topic {
			if t.guide.Active(t.state.Stated)[f.Slot] != f.Value {
				t.forget(f.Slot)
				t.state.Stated = append(t.state.Stated, f)
			}
		}
		return t.guide.Walk(t.guide.Active(t.state.Stated)).Ask == slot
	}
	if !asksWith(earlier, later) && !asksWith(later, earlier) {
		asksWith(earlier, later)
	}
	return t.walk()
}

// without returns what was stated before and after a slot, but not what implies its value.
func (t *turn) without(slot string) (earlier, later []guide.Fact) {
	value, known := t.guide.Active(t.state.Stated)[slot]
	before := true
	for _, f := range t.state.Stated {
		switch {
		case f.Slot == slot:
			before = false
		case known && slices.Contains(t.guide.Closure(f), guide.Fact{Slot: slot, Value: value}):
		case before:
			earlier = append(earlier, f)
		default:
			later = append(later, f)
		}
	}
	return earlier, later
}

// impliedByAny are the facts that follow from a known slot whatever its value: the topic, which
// is not in doubt when the value is.
func (t *turn) impliedByAny(slot string) []guide.Fact {
	value, known := t.guide.Active(t.state.Stated)[slot]
	if !known {
		return nil
	}
	always := slices.Clone(t.guide.Closure(guide.Fact{Slot: slot, Value: value}))
	for _, other := range t.guide.Slot(slot).Values {
		closure := t.guide.Closure(guide.Fact{Slot: slot, Value: other})
		always = slices.DeleteFunc(always, func(f guide.Fact) bool { return f.Slot == slot || !slices.Contains(closure, f) })
	}
	return always
}
