package understand_test

import (
	"testing"

	"passdesk/intents"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/understand"
)

// leastExamples is how many messages each value and act must have in each language, replies to
// its question included.
const leastExamples = 100

// leastOutOfScope and leastVague are how many messages must establish nothing: because they are
// not about this desk, or because they are and do not say enough.
const (
	leastOutOfScope = 400
	leastVague      = 200
)

func TestEveryValueAndActHasExamples(t *testing.T) {
	g, _ := reader(t)
	content, err := understand.Load(intents.Files, g)
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range guide.Languages() {
		counts := map[string]int{}
		for _, e := range content.Examples {
			if e.Language != language {
				continue
			}
			counts["act "+string(e.Act)]++
			for slot, value := range e.Facts {
				counts[slot+": "+value]++
			}
			if e.Act == dialogue.NoAct && len(e.Facts) == 0 {
				counts["vague"]++
			}
		}
		wanted := map[string]int{"act " + string(dialogue.OutOfScope): leastOutOfScope, "vague": leastVague}
		for _, a := range dialogue.Acts() {
			wanted["act "+string(a)] = max(leastExamples, wanted["act "+string(a)])
		}
		for _, slot := range g.Slots() {
			for _, value := range slot.Values {
				wanted[slot.Name+": "+value] = leastExamples
			}
		}
		for name, least := range wanted {
			if counts[name] < least {
				t.Errorf("%s: %d examples in %s, want at least %d", name, counts[name], language, least)
			}
		}
	}
}
