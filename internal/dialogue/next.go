package dialogue

import (
	"slices"

	"passdesk/internal/guide"
)

// Patience with replies that lead nowhere: the first is put differently, the second gets
// another tactic, the third a person.
const (
	missesBeforeTactic = 2
	missesBeforeHuman  = 3
)

// maxTrail bounds how far back a customer can go, and so the size of the state.
const maxTrail = 20

// Next is the whole engine: it hears one reading and decides the next step. It is total and
// pure; the state given is not changed.
func Next(g *guide.Guide, s State, in Reading) (State, Step) {
	t := &turn{guide: g, before: s, state: s, in: in}
	t.state.Stated, t.state.Trail = slices.Clone(s.Stated), slices.Clone(s.Trail)
	t.hearLanguage()
	step := t.policy()
	step.Known = g.Active(t.state.Stated)
	if step.Path == nil {
		step.Path = g.Walk(step.Known).Path
	}
	t.state.Shown, t.state.Narrowed = step.Choices, step.Narrow
	return t.state, step
}

// turn is one run of Next.
type turn struct {
	guide    *guide.Guide
	before   State
	state    State
	in       Reading
	preface  []string
	switched bool // the customer changed language
}

func (t *turn) hearLanguage() {
	if t.in.Language == "" {
		return
	}
	t.switched = t.before.Language != "" && t.before.Language != t.in.Language
	t.state.Language = t.in.Language
	if t.switched {
		t.say(guide.PhraseSwitchedLanguage)
	}
}

func (t *turn) say(phrase string) { t.preface = append(t.preface, phrase) }

// policy is the same for every topic: what to do with the act, then with the facts, then with
// a message that had neither.
func (t *turn) policy() Step {
	switch t.in.Act {
	case TooLong:
		return t.repeat(guide.PhraseTooLong)
	case Empty:
		return t.repeat(guide.PhraseEmptyMessage)
	case Human:
		t.assert(t.in.Facts) // for the person to know
		t.forgetOnce()
		return t.human(guide.PhraseHuman)
	case Restart:
		t.state = State{Language: t.state.Language, Questions: t.state.Questions}
		t.say(guide.PhraseRestarted)
		t.assert(t.in.Facts)
		return t.walk()
	case OutOfScope:
		return t.outOfScope()
	}
	if t.noneOfThese() {
		return t.ask(t.state.Asked, StepAsk)
	}
	t.replyInContext()
	if t.in.Change != "" {
		return t.change(t.in.Change)
	}
	unchanged, preface := t.state, t.preface
	if t.assert(t.in.Facts) {
		if step := t.walk(); t.moved(step) {
			return step
		}
		t.state, t.preface = unchanged, preface
	}
	return t.withoutFacts()
}

// moved reports whether the facts just heard brought the conversation on: anything but the
// same question with the same facts, or the same guidance to a customer who was reacting to it.
func (t *turn) moved(step Step) bool {
	sameFacts := slices.Equal(t.guide.Facts(t.guide.Active(t.before.Stated)), t.guide.Facts(t.guide.Active(t.state.Stated)))
	if step.Kind == StepAsk && step.Ask == t.before.Asked {
		return !sameFacts
	}
	reacting := t.in.Act == DidNotWork || t.in.Act == Thanks || t.in.Act == Yes || t.in.Act == No || t.in.Act == Back
	return !reacting || step.Answer == "" || step.Answer != t.before.Answered
}

// replyInContext turns yes, no and "I don't know" into the fact they mean for what was asked.
func (t *turn) replyInContext() {
	q := t.guide.Question(t.state.Asked)
	if q == nil || len(t.in.Facts) > 0 {
		return
	}
	value := map[Act]string{Yes: q.Yes, No: q.No, DontKnow: q.NotSure}[t.in.Act]
	if value != "" {
		t.in.Facts = []Heard{{Fact: guide.Fact{Slot: q.Slot, Value: value}, Confidence: 1}}
	}
}

// withoutFacts handles a message that established nothing new.
func (t *turn) withoutFacts() Step {
	answered := t.guide.Answer(t.state.Answered) != nil && t.state.Asked == ""
	switch {
	case t.in.Act == Back: // "no, wait, it is the other one" had a fact, and that was what to go back to
		return t.back()
	case t.in.Act == Greeting && answered:
		return t.step(Step{Kind: StepGreeting, Choices: t.followUps(t.state.Answered)}, guide.PhraseSolved)
	case t.in.Act == Greeting && len(t.state.Stated) > 0:
		return t.repeat()
	case t.in.Act == Greeting:
		return t.opening()
	case t.in.Act == Thanks, t.in.Act == Yes && answered:
		return t.thanks()
	case t.state.HandedOver && !t.switched && t.in.Act != Language:
		return t.human(guide.PhraseHumanAgain)
	case answered && (t.in.Act == DidNotWork || t.in.Act == No):
		return t.didNotWork()
	case t.switched, t.in.Act == Language:
		return t.repeat()
	default:
		return t.unclear()
	}
}

// opening greets and puts the first question. It is not counted: nothing has been said yet that
// could be clarified.
func (t *turn) opening() Step {
	step := t.step(Step{Kind: StepGreeting}, guide.PhraseGreeting, guide.PhraseSecretWarning)
	if place := t.guide.Walk(guide.Known{}); place.Ask != "" {
		step.Ask, step.Choices = place.Ask, t.choices(place.Ask)
		t.state.Asked = place.Ask
	}
	return step
}

// thanks closes politely. An open question stays open, with its buttons, but is not put again:
// whoever says goodbye has heard it.
func (t *turn) thanks() Step {
	t.state.Misses, t.state.Failed = 0, 0
	step := Step{Kind: StepThanks}
	if t.guide.Slot(t.state.Asked) != nil && t.isStillAsked() {
		step.Choices = t.choices(t.state.Asked)
	} else if t.guide.Answer(t.state.Answered) != nil {
		step.Choices = t.followUps(t.state.Answered)
	}
	return t.step(step, guide.PhraseThanks)
}

// step puts what is to be said before a step in front of it.
func (t *turn) step(s Step, phrases ...string) Step {
	s.Phrases = append(slices.Clone(t.preface), phrases...)
	return s
}
