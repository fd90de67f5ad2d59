// Package measure says how well the desk reads: on messages held out from its own examples, on
// files of labelled messages, and on public sets. It exists so that every figure and every
// threshold comes from a command that anybody can run again.
package measure

import (
	"fmt"
	"math"

	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
)

// Verdict is how a message came out, the way the product is judged.
type Verdict int

// The verdicts.
const (
	Right Verdict = iota // the desk does what it would do had it understood everything
	Safe                 // it asks, or offers a person, without having assumed anything false
	Wrong                // it answers or assumes something else, or sends the customer away
)

// String names the verdict.
func (v Verdict) String() string { return [...]string{"right", "safe", "wrong"}[v] }

// CostOfWrong is what a wrong outcome costs, in questions put for nothing.
const CostOfWrong = 8

// Tally counts verdicts.
type Tally [3]int

// Of returns how many messages were counted.
func (t Tally) Of() int { return t[Right] + t[Safe] + t[Wrong] }

// Share returns the part of the messages with a verdict, 0 to 1.
func (t Tally) Share(v Verdict) float64 { return float64(t[v]) / float64(max(1, t.Of())) }

// Cost is what the messages cost on average, in questions.
func (t Tally) Cost() float64 { return t.Share(Safe) + CostOfWrong*t.Share(Wrong) }

// StandardError is that of Cost.
func (t Tally) StandardError() float64 {
	mean := t.Cost()
	square := t.Share(Safe) + CostOfWrong*CostOfWrong*t.Share(Wrong)
	return math.Sqrt((square - mean*mean) / float64(max(1, t.Of())))
}

// String renders the tally as "right 85.0 % safe 12.0 % wrong 3.0 % of 100".
func (t Tally) String() string {
	return fmt.Sprintf("right %5.1f %%  safe %5.1f %%  wrong %4.1f %%  of %d", 100*t.Share(Right), 100*t.Share(Safe), 100*t.Share(Wrong), t.Of())
}

// judge compares a step with the one that perfect understanding leads to.
func judge(got, want dialogue.Step) Verdict {
	switch {
	case got.Kind == want.Kind && got.Answer == want.Answer && got.Ask == want.Ask:
		return Right
	case clash(got.Known, want.Known) != "":
		return Wrong
	case got.Kind == dialogue.StepAsk, got.Kind == dialogue.StepRephrase, got.Kind == dialogue.StepHuman:
		return Safe
	default:
		return Wrong
	}
}

// notSure is the value of "I don't know", which assumes nothing.
const notSure = "unsure"

// clash names a fact that the desk took and that is false.
func clash(got, want guide.Known) string {
	for slot, value := range got {
		if v, ok := want[slot]; ok && v != value && value != notSure {
			return slot + ": " + value + ", not " + v
		}
	}
	return ""
}

// Outcome names what a step leads to, in the words of the evaluation files: an answer's id,
// clarify:FACT, or the kind of step.
func Outcome(s dialogue.Step) string {
	switch {
	case s.Kind == dialogue.StepAnswer:
		return s.Answer
	case (s.Kind == dialogue.StepAsk || s.Kind == dialogue.StepRephrase) && s.Ask != "":
		return "clarify:" + s.Ask
	default:
		return string(s.Kind)
	}
}
