package dialogue

import "passdesk/internal/guide"

// repeat puts again what is open: the pending question, or the guidance given last. It is not
// counted as a question, since it is the same one.
func (t *turn) repeat(phrases ...string) Step {
	t.preface = append(t.preface, phrases...)
	switch {
	case t.guide.Slot(t.state.Asked) != nil && t.isStillAsked():
		return t.step(Step{Kind: StepAsk, Ask: t.state.Asked, Choices: t.choices(t.state.Asked)})
	case t.guide.Answer(t.state.Answered) != nil:
		return t.step(Step{Kind: StepAnswer, Answer: t.state.Answered, Choices: t.followUps(t.state.Answered)})
	default:
		return t.walk()
	}
}

// isStillAsked tells whether the tree, as it is now, would put the pending question.
func (t *turn) isStillAsked() bool {
	return t.guide.Walk(t.guide.Active(t.state.Stated)).Ask == t.state.Asked
}

// outOfScope says plainly what the desk covers. A pending question is then put once more.
func (t *turn) outOfScope() Step {
	step := Step{Kind: StepOutOfScope}
	if t.guide.Slot(t.state.Asked) != nil && t.isStillAsked() {
		step.Ask, step.Choices = t.state.Asked, t.choices(t.state.Asked)
		return t.step(step, guide.PhraseOutOfScope, guide.PhraseBackToQuestion)
	}
	if t.guide.Answer(t.state.Answered) != nil {
		step.Choices = t.followUps(t.state.Answered) // what the customer still sees keeps working
	}
	if first := t.guide.Walk(guide.Known{}).Ask; first != "" {
		step.Choices = append(step.Choices, t.guide.Question(first).Offer...)
	}
	return t.step(step, guide.PhraseOutOfScope)
}

// didNotWork offers the cases under the answer, once; after that, or if there are none, a person.
func (t *turn) didNotWork() Step {
	t.state.Failed++
	open := t.followUps(t.state.Answered)
	if t.state.Failed > 1 || len(open) == 0 || t.guide.Answer(t.state.Answered).Escalate {
		return t.human(guide.PhraseNothingMore)
	}
	return t.step(Step{Kind: StepRephrase, Choices: open}, guide.PhraseDidNotWork)
}

// unclear handles a reply that was not understood.
func (t *turn) unclear() Step {
	t.state.Misses++
	switch {
	case t.state.Misses >= missesBeforeHuman:
		return t.human(guide.PhraseHumanUnsure)
	case t.state.Asked == "" && t.guide.Answer(t.state.Answered) != nil:
		open := t.followUps(t.state.Answered)
		if len(open) == 0 {
			return t.human(guide.PhraseHumanUnsure)
		}
		return t.step(Step{Kind: StepRephrase, Choices: open}, guide.PhraseNotUnderstoodAfter)
	case t.guide.Slot(t.state.Asked) == nil || !t.isStillAsked():
		misses := t.state.Misses
		step := t.walk()
		t.state.Misses = misses
		return step
	case t.likely(t.state.Asked) != nil:
		return t.ask(t.state.Asked, StepAsk)
	case t.state.Misses >= missesBeforeTactic:
		return t.otherTactic()
	default:
		return t.ask(t.state.Asked, StepRephrase, guide.PhraseRephrase)
	}
}

// otherTactic stops putting the same question. If "not sure" leads to a question that comes at
// it from another side, that one is put; it is never taken as licence to give guidance.
func (t *turn) otherTactic() Step {
	misses, asked := t.state.Misses, t.state.Asked
	notSure := guide.Fact{Slot: asked, Value: t.guide.Question(asked).NotSure}
	stated := append(append([]guide.Fact{}, t.state.Stated...), notSure)
	place := t.guide.Walk(t.guide.Active(stated))
	if place.Ask == "" || place.Ask == asked {
		return t.ask(asked, StepRephrase, guide.PhraseOtherTactic)
	}
	if t.state.Questions > 1 {
		t.say(guide.PhraseOtherTactic)
	} else {
		t.say(guide.PhraseRephrase) // the first message said nothing; this is the first apology
	}
	t.assert([]Heard{{Fact: notSure, Confidence: 1}})
	step := t.walk()
	t.state.Misses = misses
	return step
}
