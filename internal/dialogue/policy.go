package dialogue

import (
	"slices"

	"passdesk/internal/guide"
)

// walk goes down the tree with what is known now and makes the step it ends at.
func (t *turn) walk() Step {
	place := t.guide.Walk(t.guide.Active(t.state.Stated))
	t.state.Misses, t.state.Failed, t.state.HandedOver = 0, 0, false
	var step Step
	switch {
	case place.Ask != "":
		step = t.ask(place.Ask, StepAsk)
	case place.Human:
		step = t.human(guide.PhraseHumanUnsure)
	default:
		step = t.answer(place.Answer)
	}
	step.Path = place.Path
	return step
}

// ask puts a question and counts it.
func (t *turn) ask(slot string, kind Kind, phrases ...string) Step {
	t.state.Asked, t.state.Answered = slot, ""
	t.state.Questions++
	if t.before.Shown == nil && t.state.Questions == 1 {
		t.say(guide.PhraseSecretWarning) // the first thing that is asked of anybody
	}
	step := Step{Kind: kind, Ask: slot, Again: kind == StepRephrase, Choices: t.choices(slot)}
	if likely := t.likely(slot); likely != nil {
		step.Narrow, step.Choices = true, likely
	}
	return t.step(step, phrases...)
}

// choices are the buttons of a question: its values in order, then what is offered beside them.
func (t *turn) choices(slot string) []guide.Fact {
	declared := t.guide.Slot(slot)
	choices := make([]guide.Fact, 0, len(declared.Values)+1)
	for _, value := range declared.Values {
		choices = append(choices, guide.Fact{Slot: slot, Value: value})
	}
	return append(choices, t.guide.Question(slot).Offer...)
}

// answer gives guidance. When it was a side question, the pending one is put again, once.
func (t *turn) answer(id string) Step {
	step := Step{Kind: StepAnswer, Answer: id}
	if id == t.before.Answered {
		t.say(guide.PhraseSameAnswer)
	}
	side := t.forgetOnce()
	t.state.Answered = id
	pending := t.guide.Walk(t.guide.Active(t.state.Stated)).Ask
	if side && pending != "" && pending == t.before.Asked && len(t.state.Stated) > 0 {
		t.state.Asked = pending // a restart in the same message had cleared it
		step.Ask, step.Choices = pending, t.choices(pending)
		return t.step(step)
	}
	t.state.Asked = ""
	step.Choices = t.followUps(id)
	return t.step(step)
}

// forgetOnce drops facts that are good for one answer only.
func (t *turn) forgetOnce() (dropped bool) {
	kept := slices.DeleteFunc(slices.Clone(t.state.Stated), func(f guide.Fact) bool {
		slot := t.guide.Slot(f.Slot)
		return slot != nil && slot.Once
	})
	dropped = len(kept) != len(t.state.Stated)
	if n := len(t.state.Trail); dropped && n > 0 && slices.Equal(t.state.Trail[n-1], kept) {
		t.state.Trail = t.state.Trail[:n-1] // a side question is no step to go back from
	}
	t.state.Stated = kept
	return dropped
}

// followUps are the buttons under an answer, without those that already hold.
func (t *turn) followUps(id string) []guide.Fact {
	known := t.guide.Active(t.state.Stated)
	var open []guide.Fact
	for _, f := range t.guide.Answer(id).FollowUps {
		if known[f.Slot] != f.Value {
			open = append(open, f)
		}
	}
	return open
}

func (t *turn) human(phrase string) Step {
	if !t.state.HandedOver {
		t.remember() // going back leads to what was open
	}
	t.state.Misses, t.state.Failed, t.state.HandedOver = 0, 0, true
	t.state.Asked, t.state.Answered = "", "" // a "yes" now answers nothing
	return t.step(Step{Kind: StepHuman}, phrase)
}

// assert adds facts to what the customer has stated and reports whether any held. The most
// certain counts as the newest; a fact that contradicts a more certain one of the same message
// is not taken, since the message cannot mean both.
func (t *turn) assert(heard []Heard) bool {
	ordered := slices.Clone(heard)
	slices.SortStableFunc(ordered, func(a, b Heard) int {
		switch {
		case a.Confidence > b.Confidence:
			return -1
		case a.Confidence < b.Confidence:
			return 1
		}
		return 0
	})
	holds := guide.Known{}
	var taken []guide.Fact
	for _, h := range ordered {
		if !t.guide.Valid(h.Fact) || t.guide.Contradicts(holds, h.Fact) {
			continue
		}
		for _, c := range t.guide.Closure(h.Fact) {
			holds[c.Slot] = c.Value
		}
		taken = append(taken, h.Fact)
	}
	if len(taken) == 0 {
		return false
	}
	t.remember()
	for _, f := range slices.Backward(taken) {
		t.forget(f.Slot)
		t.state.Stated = append(t.state.Stated, f)
	}
	return true
}

// forget works on a copy: what was stated may be shared with the trail or an earlier state.
func (t *turn) forget(slot string) {
	t.state.Stated = slices.DeleteFunc(slices.Clone(t.state.Stated), func(f guide.Fact) bool { return f.Slot == slot })
}

// remember keeps what was stated before a change, so that the customer can go back.
func (t *turn) remember() {
	t.state.Trail = append(t.state.Trail, slices.Clone(t.state.Stated))
	if len(t.state.Trail) > maxTrail {
		t.state.Trail = slices.Clone(t.state.Trail[len(t.state.Trail)-maxTrail:])
	}
}

// back undoes the last change of facts.
func (t *turn) back() Step {
	if n := len(t.state.Trail); n > 0 {
		t.state.Stated, t.state.Trail = t.state.Trail[n-1], t.state.Trail[:n-1]
		t.say(guide.PhraseWentBack)
		return t.walk()
	}
	return t.repeat(guide.PhraseNothingToGoBack)
}
