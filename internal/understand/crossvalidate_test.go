package understand

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"passdesk/intents"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/strictyaml"
	"passdesk/knowledge"
)

// tally counts what the desk does with messages it has not learnt from, the way the product is
// judged: right at once, safe (it asks), or wrong (it answers or assumes something false).
type tally struct{ right, safe, wrong int }

func (t tally) String() string {
	n := float64(max(1, t.right+t.safe+t.wrong))
	return fmt.Sprintf("right %.1f %% safe %.1f %% wrong %.1f %% of %d", 100*float64(t.right)/n, 100*float64(t.safe)/n, 100*float64(t.wrong)/n, int(n))
}

func TestCrossValidation(t *testing.T) {
	g, err := guide.Load(knowledge.Files)
	if err != nil {
		t.Fatal(err)
	}
	examples, err := LoadExamples(intents.Files, g)
	if err != nil {
		t.Fatal(err)
	}
	report := &strictyaml.Report{}
	l := loadLanguage(intents.Files, report)
	const folds = 5
	tallies := map[string]*tally{}
	for fold := range folds {
		var train, held []Example
		for i, e := range examples {
			if i%folds == fold {
				held = append(held, e)
			} else {
				train = append(train, e)
			}
		}
		r := newReader(g, l, train)
		for _, e := range held {
			result := judge(g, r, e)
			names := []string{"all", string(e.Language)}
			if e.Asked != "" {
				names = []string{"reply", "reply " + e.Asked}
			} else if e.Act != "" {
				names = append(names, "act "+string(e.Act))
			} else {
				names = append(names, "facts")
				for s, v := range e.Facts {
					names = append(names, s+": "+v)
				}
			}
			for _, name := range names {
				if tallies[name] == nil {
					tallies[name] = &tally{}
				}
				switch result {
				case "right":
					tallies[name].right++
				case "safe":
					tallies[name].safe++
				default:
					tallies[name].wrong++
				}
			}
			if os.Getenv("VERBOSE") != "" && result != "right" && result != "safe" {
				fmt.Printf("%s:%d\t%s\t%s\n", e.File, e.Line, result, e.Text)
			}
		}
	}
	names := make([]string, 0, len(tallies))
	for name := range tallies {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		t.Logf("%-40s %s", name, tallies[name])
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
