package understand_test

import (
	"slices"
	"strings"
	"testing"

	"passdesk/intents"
	"passdesk/internal/dialogue"
	"passdesk/internal/understand"
)

func TestExplanation(t *testing.T) {
	g, r := reader(t)
	content, err := understand.Load(intents.Files, g)
	if err != nil {
		t.Fatal(err)
	}
	x := r.Explain("My Private Internet Access password is lost", dialogue.Expectation{}, content.Examples)
	at := slices.IndexFunc(x.Values, func(e understand.Evidence) bool { return e.Slot == "vpn-generation" && e.Value == "legacy" })
	if at < 0 {
		t.Fatalf("explanation of %v lacks vpn-generation: legacy", x.Values)
	}
	legacy := x.Values[at]
	if legacy.Probability < legacy.Needed {
		t.Errorf("vpn-generation: legacy has %.2f, needs %.2f", legacy.Probability, legacy.Needed)
	}
	if !slices.ContainsFunc(legacy.For, func(s understand.Spoken) bool {
		return strings.Contains(s.Name, "pia") || strings.Contains(s.Name, "private")
	}) {
		t.Errorf("nothing of the product's name spoke for it: %v", legacy.For)
	}
	if len(x.Nearest) == 0 || x.Nearest[0].Similarity <= 0 || x.Nearest[0].Similarity > 1.001 {
		t.Errorf("nearest examples: %v", x.Nearest)
	}
	if x.Coverage <= .5 || x.Coverage > 1 {
		t.Errorf("coverage %.2f of a message in ordinary words", x.Coverage)
	}
}

func TestTwins(t *testing.T) {
	g, r := reader(t)
	examples := []understand.Example{
		{Text: "I forgot the password of Privacy Protection", Facts: map[string]string{"vpn-need": "lost"}},
		{Text: "The weather is nice in Kyoto today"},
		{Text: "I forgot the password of Privacy Protection!!", Facts: map[string]string{"vpn-need": "change"}},
		{Text: "I forgot the password of Privacy Protection", Asked: "coupon"},
	}
	twins := r.Twins(examples, .9)
	if len(twins) != 1 || twins[0].First != 0 || twins[0].Second != 2 {
		t.Fatalf("twins %v, want the first and the third only", twins)
	}
	if !understand.Contradict(g, examples[0], examples[2]) || understand.Contradict(g, examples[0], examples[1]) {
		t.Error("lost and change contradict each other; lost and nothing do not")
	}
}
