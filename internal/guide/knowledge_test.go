package guide_test

import (
	"math"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"passdesk/internal/guide"
	"passdesk/knowledge"
)

// loadEmbedded loads the content that is shipped, on which the promises of the engine rest.
var loadEmbedded = sync.OnceValues(func() (*guide.Guide, error) { return guide.Load(knowledge.Files) })

func embedded(t testing.TB) *guide.Guide {
	t.Helper()
	g, err := loadEmbedded()
	if err != nil {
		t.Fatalf("the embedded content does not load:\n%v", err)
	}
	return g
}

// everyFact lists all facts that content declares.
func everyFact(g *guide.Guide) (all []guide.Fact) {
	for _, s := range g.Slots() {
		for _, value := range s.Values {
			all = append(all, guide.Fact{Slot: s.Name, Value: value})
		}
	}
	return all
}

// oneEnd fails unless the walk ended in exactly one of question, answer and person.
func oneEnd(t *rapid.T, g *guide.Guide, place guide.Place) {
	t.Helper()
	ends := 0
	if place.Ask != "" {
		ends++
		if g.Question(place.Ask).Ask.IsZero() {
			t.Fatalf("%s is asked, but has no question", place.Ask)
		}
	}
	if place.Answer != "" {
		ends++
		if g.Answer(place.Answer) == nil {
			t.Fatalf("answer %s does not exist", place.Answer)
		}
	}
	if place.Human {
		ends++
	}
	if ends != 1 {
		t.Fatalf("the walk ends in %d of question, answer and person: %+v", ends, place)
	}
}

// asksOnce fails if the path reads a slot twice as a question. A slot that the tree asks for is
// never read by `when`, so every reading of it is a question's.
func asksOnce(t *rapid.T, g *guide.Guide, place guide.Place) {
	t.Helper()
	asked := map[string]bool{}
	for _, turn := range place.Path {
		if g.Question(turn.Slot).Ask.IsZero() {
			continue
		}
		if asked[turn.Slot] {
			t.Fatalf("%s is asked twice on the path %v", turn.Slot, place.Path)
		}
		asked[turn.Slot] = true
	}
}

func TestEveryConversationEndsWhateverWasSaidBefore(t *testing.T) {
	g := embedded(t)
	facts := everyFact(g)
	rapid.Check(t, func(t *rapid.T) {
		stated := rapid.SliceOfN(rapid.SampledFrom(facts), 0, 12).Draw(t, "stated")
		var asked []string
		for {
			place := g.Walk(g.Active(stated))
			oneEnd(t, g, place)
			asksOnce(t, g, place)
			if place.Ask == "" {
				return
			}
			if slices.Contains(asked, place.Ask) {
				t.Fatalf("%s is asked again after %v", place.Ask, stated)
			}
			asked = append(asked, place.Ask)
			for _, value := range g.Slot(place.Ask).Values { // whichever it will be, it is an answer
				after := append(slices.Clone(stated), guide.Fact{Slot: place.Ask, Value: value})
				if again := g.Walk(g.Active(after)); again.Ask == place.Ask {
					t.Fatalf("%s is asked again though %s was the reply, after %v", place.Ask, value, stated)
				}
			}
			value := rapid.SampledFrom(g.Slot(place.Ask).Values).Draw(t, place.Ask)
			stated = append(stated, guide.Fact{Slot: place.Ask, Value: value})
		}
	})
}

// The proof plays conversations on sets of undecided facts. Here they are played as the engine
// plays them, every one of them, and must come to the same figures.
func TestProofAgreesWithPlayingEveryConversation(t *testing.T) {
	g := embedded(t)
	paths, questions, worst := 0, 0, 0
	outcomes := map[string]bool{}
	var play func(stated []guide.Fact)
	play = func(stated []guide.Fact) {
		place := g.Walk(g.Active(stated))
		if place.Ask == "" {
			paths, questions, worst = paths+1, questions+len(stated), max(worst, len(stated))
			outcomes[place.Outcome()] = true
			return
		}
		if len(stated) > len(g.Slots()) {
			t.Fatalf("conversation does not end: %v", stated)
		}
		for _, value := range g.Slot(place.Ask).Values {
			play(append(slices.Clone(stated), guide.Fact{Slot: place.Ask, Value: value}))
		}
	}
	play(nil)
	proof := g.Prove()
	if proof.Paths != paths || proof.Worst != worst || math.Abs(proof.Mean-float64(questions)/float64(paths)) > 1e-9 {
		t.Errorf("proof says %d paths, worst %d, mean %.4f; playing finds %d, %d, %.4f",
			proof.Paths, proof.Worst, proof.Mean, paths, worst, float64(questions)/float64(paths))
	}
	if len(proof.WorstPath) != proof.Worst || g.Walk(g.Active(proof.WorstPath)).Ask != "" {
		t.Errorf("the longest path %v does not end after %d questions", proof.WorstPath, proof.Worst)
	}
	for outcome := range outcomes {
		if !slices.Contains(proof.Outcomes, outcome) {
			t.Errorf("outcome %s is reached by asking, but the proof lacks it", outcome)
		}
	}
	if want := append(g.Answers(), "human"); len(proof.Outcomes) != len(want) {
		t.Errorf("outcomes = %v, want every answer and human: %v", proof.Outcomes, want)
	}
}

func TestNothingKnownNeedsAtMostTheProvenNumberOfQuestions(t *testing.T) {
	g := embedded(t)
	worst := g.Prove().Worst
	rapid.Check(t, func(t *rapid.T) {
		var stated []guide.Fact
		for place := g.Walk(nil); place.Ask != ""; place = g.Walk(g.Active(stated)) {
			value := rapid.SampledFrom(g.Slot(place.Ask).Values).Draw(t, place.Ask)
			if stated = append(stated, guide.Fact{Slot: place.Ask, Value: value}); len(stated) > worst {
				t.Fatalf("question %d of at most %d: %v", len(stated), worst, stated)
			}
		}
	})
}
