package dialogue_test

import (
	"slices"
	"testing"

	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
)

// place is a state in which a conversation without volunteered facts can be, and how it got there.
type place struct {
	replies []guide.Fact
	state   dialogue.State
	step    dialogue.Step
}

// everyPlace plays every conversation in which each question is answered by any of its values.
func everyPlace(g *guide.Guide) []place {
	var all []place
	var visit func(p place)
	visit = func(p place) {
		all = append(all, p)
		if p.step.Kind != dialogue.StepAsk || len(p.replies) > 20 {
			return
		}
		for _, value := range g.Slot(p.step.Ask).Values {
			reply := guide.Fact{Slot: p.step.Ask, Value: value}
			state, step := dialogue.Next(g, p.state, dialogue.Reading{Facts: []dialogue.Heard{{Fact: reply, Confidence: 1}}})
			visit(place{append(slices.Clone(p.replies), reply), state, step})
		}
	}
	state, step := dialogue.Next(g, dialogue.State{}, dialogue.Reading{})
	visit(place{state: state, step: step})
	return all
}

// TestProofHolds compares what the guide proves about paths with conversations really held.
func TestProofHolds(t *testing.T) {
	proof := content().Prove()
	ends, worst, sum := 0, 0, 0
	for _, p := range everyPlace(content()) {
		if p.state.Questions > proof.Worst {
			t.Errorf("after %s: %d questions, proved at most %d", facts(p.replies), p.state.Questions, proof.Worst)
		}
		if p.step.Kind == dialogue.StepAsk {
			continue
		}
		ends, worst, sum = ends+1, max(worst, p.state.Questions), sum+p.state.Questions
		if p.state.Questions != len(p.replies) {
			t.Errorf("after %s: %d questions counted, %d were answered", facts(p.replies), p.state.Questions, len(p.replies))
		}
	}
	if mean := float64(sum) / float64(ends); ends != proof.Paths || worst != proof.Worst || mean != proof.Mean {
		t.Errorf("held %d conversations, worst %d, mean %.3f; proved %d, %d, %.3f", ends, worst, mean, proof.Paths, proof.Worst, proof.Mean)
	}
}

// TestOrderDoesNotMatter says the facts of every path in every order, in one message and in
// several. Only facts that hold together are said: of two that do not, the newer one counts.
func TestOrderDoesNotMatter(t *testing.T) {
	g := content()
	for _, p := range everyPlace(g) {
		if p.step.Kind != dialogue.StepAnswer {
			continue
		}
		var consistent []guide.Fact
		for _, f := range p.state.Stated {
			if p.step.Known[f.Slot] == f.Value {
				consistent = append(consistent, f)
			}
		}
		permutations(consistent, func(order []guide.Fact) {
			var all dialogue.Reading
			var state dialogue.State
			var one, last dialogue.Step
			for i, f := range order {
				h := dialogue.Heard{Fact: f, Confidence: 1 - float64(i)/100}
				all.Facts = append(all.Facts, h)
				state, last = dialogue.Next(g, state, dialogue.Reading{Facts: []dialogue.Heard{h}})
			}
			_, one = dialogue.Next(g, dialogue.State{}, all)
			if one.Answer != p.step.Answer || last.Answer != p.step.Answer {
				t.Errorf("%s: in one message %q, one by one %q, want %q", facts(order), one.Answer, last.Answer, p.step.Answer)
			}
		})
	}
}

func permutations(list []guide.Fact, visit func([]guide.Fact)) {
	var place func(n int)
	place = func(n int) {
		if n == len(list) {
			visit(list)
		}
		for i := n; i < len(list); i++ {
			list[n], list[i] = list[i], list[n]
			place(n + 1)
			list[n], list[i] = list[i], list[n]
		}
	}
	place(0)
}

// TestNotSureLeadsOn says "I don't know" wherever a question can be put.
func TestNotSureLeadsOn(t *testing.T) {
	g := content()
	asked := map[string]bool{}
	for _, p := range everyPlace(g) {
		if p.step.Kind != dialogue.StepAsk {
			continue
		}
		asked[p.step.Ask] = true
		next, step := dialogue.Next(g, p.state, dialogue.Reading{Act: dialogue.DontKnow})
		if next.Misses != 0 || step.Kind == dialogue.StepRephrase || step.Ask == p.step.Ask {
			t.Errorf("after %s, not sure about %q leads to %s %s%s", facts(p.replies), p.step.Ask, step.Kind, step.Ask, step.Answer)
		}
	}
	for _, slot := range g.Slots() {
		if !g.Question(slot.Name).Ask.IsZero() && !asked[slot.Name] {
			t.Errorf("the question for %q was never put", slot.Name)
		}
	}
}

// TestChangeAsksAgain changes every answer that the customer is shown as given, from everywhere.
func TestChangeAsksAgain(t *testing.T) {
	g := content()
	for _, p := range everyPlace(g) {
		for _, f := range p.state.Stated {
			if p.step.Known[f.Slot] != f.Value {
				continue
			}
			next, step := dialogue.Next(g, p.state, dialogue.Reading{Change: f.Slot})
			if step.Ask != f.Slot {
				t.Errorf("after %s, changing %s: %s %s%s", facts(p.replies), f.Slot, step.Kind, step.Ask, step.Answer)
			}
			if restored, _ := dialogue.Next(g, next, dialogue.Reading{Act: dialogue.Back}); facts(restored.Stated) != facts(p.state.Stated) {
				t.Errorf("after %s, changing %s and going back leaves %s", facts(p.replies), f.Slot, facts(restored.Stated))
			}
		}
	}
}

// TestEveryFollowUpLeadsOn presses every button under every answer that a path ends in.
func TestEveryFollowUpLeadsOn(t *testing.T) {
	g := content()
	for _, p := range everyPlace(g) {
		if p.step.Kind != dialogue.StepAnswer {
			continue
		}
		for _, f := range p.step.Choices {
			_, step := dialogue.Next(g, p.state, dialogue.Reading{Facts: []dialogue.Heard{{Fact: f, Confidence: 1}}})
			if step.Answer == p.step.Answer || step.Kind == dialogue.StepRephrase {
				t.Errorf("after %s, the button %v under %s leads to %s %s", facts(p.replies), f, p.step.Answer, step.Kind, step.Answer)
			}
		}
	}
}
