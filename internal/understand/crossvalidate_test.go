package understand

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"passdesk/intents"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/knowledge"
)

// tally counts what the desk does with messages it has not learnt from, the way the product is
// judged: right at once, safe (it asks), or wrong (it answers or assumes something false).
type tally struct{ right, safe, wrong int }

func (t tally) String() string {
	n := float64(max(1, t.right+t.safe+t.wrong))
	return fmt.Sprintf("right %.1f %% safe %.1f %% wrong %.1f %% of %d", 100*float64(t.right)/n, 100*float64(t.safe)/n, 100*float64(t.wrong)/n, int(n))
}

// TestCrossValidation holds out a fifth of the examples at a time. With -v it prints the tallies by
// language, act and fact, and every message that came out wrong.
func TestCrossValidation(t *testing.T) {
	g, err := guide.Load(knowledge.Files)
	if err != nil {
		t.Fatal(err)
	}
	examples, err := LoadExamples(intents.Files, g)
	if err != nil {
		t.Fatal(err)
	}
	l := testLanguage(t)
	const folds = 5
	tallies := map[string]*tally{}
	for fold := range folds {
		var train, held []Example
		for i, e := range examples {
			if i%folds == fold && !isContrast(e) {
				held = append(held, e)
			} else {
				train = append(train, e)
			}
		}
		r := newReader(g, l, train)
		for _, e := range held {
			result := judge(g, r, e)
			for _, name := range groups(e) {
				if tallies[name] == nil {
					tallies[name] = &tally{}
				}
				tallies[name].add(result)
			}
			if testing.Verbose() && result != "right" && result != "safe" {
				t.Logf("%s:%d: %s: %s", e.File, e.Line, result, e.Text)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(tallies)) {
		t.Logf("%-40s %s", name, tallies[name])
	}
	all := tallies["all"]
	n := float64(all.right + all.safe + all.wrong)
	if right, wrong := float64(all.right)/n, float64(all.wrong)/n; right < leastRight || wrong > mostWrong {
		t.Errorf("cross-validation: %s; want at least %.0f %% right and at most %.0f %% wrong", all, 100*leastRight, 100*mostWrong)
	}
}

// What cross-validation must reach on our own examples.
const (
	leastRight = 0.70
	mostWrong  = 0.05
)

// isContrast tells examples that were written in pairs to differ in what decides. Each is the
// nearest neighbour of its opposite, so holding one out says nothing about a customer's message.
func isContrast(e Example) bool { return strings.HasPrefix(e.File, "contrasts.") }

// groups names the tallies that an example counts in.
func groups(e Example) []string {
	if e.Asked != "" {
		return []string{"all", "reply", "reply " + e.Asked}
	}
	names := []string{"all", string(e.Language)}
	if e.Act != "" {
		return append(names, "act "+string(e.Act))
	}
	for slot, value := range e.Facts {
		names = append(names, slot+": "+value)
	}
	return append(names, "facts")
}

func (t *tally) add(result string) {
	switch result {
	case "right":
		t.right++
	case "safe":
		t.safe++
	default:
		t.wrong++
	}
}

// judge compares what the desk does with what it would do had it understood perfectly.
func judge(g *guide.Guide, r *Reader, e Example) string {
	state := dialogue.State{}
	expects := dialogue.Expectation{}
	if e.Asked != "" {
		state = asking(g, e.Asked)
		expects = dialogue.Expects(g, state)
	}
	perfect := dialogue.Reading{Act: e.Act}
	for s, v := range e.Facts {
		perfect.Facts = append(perfect.Facts, dialogue.Heard{Fact: guide.Fact{Slot: s, Value: v}, Confidence: 1})
	}
	_, want := dialogue.Next(g, state, perfect)
	_, got := dialogue.Next(g, state, r.Read(e.Text, expects))
	if got.Kind == want.Kind && got.Answer == want.Answer && got.Ask == want.Ask {
		return "right"
	}
	for slot, value := range got.Known {
		if v, ok := want.Known[slot]; ok && v != value && value != "unsure" {
			return fmt.Sprintf("wrong fact %s: %s, not %s", slot, value, v)
		}
	}
	if got.Kind == dialogue.StepAsk || got.Kind == dialogue.StepRephrase || got.Kind == dialogue.StepHuman {
		return "safe"
	}
	return fmt.Sprintf("wrong: %s %s, not %s %s %s", got.Kind, got.Answer, want.Kind, want.Answer, want.Ask)
}

// asking is a state in which the desk has just put the question for a slot.
func asking(g *guide.Guide, slot string) dialogue.State {
	before := map[string][]guide.Fact{
		"prompt": nil, "window": {{Slot: "prompt", Value: "unsure"}}, "vpn-generation": {{Slot: "prompt", Value: "vpn"}},
		"vpn-clue": {{Slot: "vpn-generation", Value: "unsure"}}, "vpn-need": {{Slot: "vpn-generation", Value: "current"}},
		"coupon": {{Slot: "vpn-generation", Value: "legacy"}}, "portal-history": {{Slot: "prompt", Value: "portal"}},
		"portal-purchase": {{Slot: "portal-history", Value: "never"}},
	}
	var in dialogue.Reading
	for _, f := range before[slot] {
		in.Facts = append(in.Facts, dialogue.Heard{Fact: f, Confidence: 1})
	}
	state, _ := dialogue.Next(g, dialogue.State{}, in)
	return state
}
