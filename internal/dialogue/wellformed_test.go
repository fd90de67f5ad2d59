package dialogue_test

import (
	"fmt"
	"slices"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
)

// malformed lists what no step may ever be, whatever was said before.
func malformed(g *guide.Guide, before, after dialogue.State, step dialogue.Step) (complaints []string) {
	complain := func(wrong bool, format string, args ...any) {
		if wrong {
			complaints = append(complaints, fmt.Sprintf(format, args...))
		}
	}
	asks, answers := step.Ask != "", step.Answer != ""
	switch step.Kind {
	case dialogue.StepAsk:
		complain(!asks || answers, "kind ask needs a question and no answer")
	case dialogue.StepAnswer:
		complain(!answers, "kind answer without an answer")
	case dialogue.StepHuman:
		complain(asks || answers || len(step.Choices) > 0, "kind human with a question, an answer or choices")
		complain(after.Asked != "" || after.Answered != "", "a person takes over but %q or %q is still open", after.Asked, after.Answered)
	case dialogue.StepThanks:
		complain(asks || answers, "kind thanks with a question or an answer")
		complain(len(step.Choices) > 0 && after.Asked == "" && after.Answered == "", "kind thanks with the choices of nothing open")
	case dialogue.StepRephrase, dialogue.StepOutOfScope, dialogue.StepGreeting:
		complain(answers, "kind %s with an answer", step.Kind)
	}
	complain(!slices.Contains(dialogue.Kinds(), step.Kind), "unknown kind %q", step.Kind)
	complain(step.Kind == dialogue.StepRephrase && !asks && len(step.Choices) == 0, "kind rephrase with neither a question nor choices")
	complain(step.Kind == dialogue.StepGreeting && !asks && after.Answered == "", "a greeting that puts no question and follows no answer")
	complain(answers && g.Answer(step.Answer) == nil, "unknown answer %q", step.Answer)
	complain(after.Questions < before.Questions, "the count of questions went back from %d to %d", before.Questions, after.Questions)
	complain(step.Kind == dialogue.StepHuman && !after.HandedOver, "a person takes over but the state does not say so")
	complaints = append(complaints, malformedQuestion(g, after, step)...)
	complaints = append(complaints, malformedChoices(g, after, step)...)
	return append(complaints, malformedState(g, after, step)...)
}

// malformedQuestion demands that what is asked is what the tree needs to know next.
func malformedQuestion(g *guide.Guide, after dialogue.State, step dialogue.Step) (complaints []string) {
	if step.Ask == "" {
		return nil
	}
	if q := g.Question(step.Ask); q == nil || q.Ask.IsZero() {
		complaints = append(complaints, fmt.Sprintf("asks for %q, which has no question", step.Ask))
	}
	if after.Asked != step.Ask {
		complaints = append(complaints, fmt.Sprintf("asks for %q but remembers %q", step.Ask, after.Asked))
	}
	if place := g.Walk(step.Known); place.Ask != step.Ask {
		complaints = append(complaints, fmt.Sprintf("asks for %q where the tree says %q", step.Ask, place.Outcome()))
	}
	return complaints
}

func malformedChoices(g *guide.Guide, after dialogue.State, step dialogue.Step) (complaints []string) {
	if diff := cmp.Diff(step.Choices, after.Shown); diff != "" {
		complaints = append(complaints, "the choices shown are not those remembered:\n"+diff)
	}
	for i, c := range step.Choices {
		if !g.Valid(c) {
			complaints = append(complaints, fmt.Sprintf("choice %v is not a declared fact", c))
		}
		if slices.Contains(step.Choices[:i], c) {
			complaints = append(complaints, fmt.Sprintf("choice %v is shown twice", c))
		}
	}
	if step.Narrow {
		all := len(g.Slot(step.Ask).Values)
		if n := len(step.Choices); n < 2 || n > all-2 || !after.Narrowed || step.Again {
			complaints = append(complaints, fmt.Sprintf("narrowed to %d of %d choices", n, all))
		}
	}
	for _, id := range step.Phrases {
		if g.Phrase(id).IsZero() {
			complaints = append(complaints, fmt.Sprintf("says %q, which is no phrase", id))
		}
	}
	return complaints
}

// malformedState checks what the next turn builds on.
func malformedState(g *guide.Guide, after dialogue.State, step dialogue.Step) (complaints []string) {
	if diff := cmp.Diff(g.Active(after.Stated), step.Known); diff != "" {
		complaints = append(complaints, "the step's facts are not the state's:\n"+diff)
	}
	seen := map[string]bool{}
	for _, f := range after.Stated {
		if seen[f.Slot] {
			complaints = append(complaints, fmt.Sprintf("%q is stated twice", f.Slot))
		}
		seen[f.Slot] = true
		if slot := g.Slot(f.Slot); slot != nil && slot.Once && g.Valid(f) {
			complaints = append(complaints, fmt.Sprintf("%v outlives the turn, though it is good for one answer", f))
		}
	}
	return complaints
}
