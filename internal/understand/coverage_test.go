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
const leastExamples = 20

func TestEveryValueAndActHasExamples(t *testing.T) {
	g, _ := reader(t)
	content, err := understand.Load(intents.Files, g)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[guide.Language]map[string]int{guide.Japanese: {}, guide.English: {}}
	for _, e := range content.Examples {
		counts[e.Language]["act "+string(e.Act)]++
		for slot, value := range e.Facts {
			counts[e.Language][slot+": "+value]++
		}
	}
	var wanted []string
	for _, a := range dialogue.Acts() {
		wanted = append(wanted, "act "+string(a))
	}
	for _, slot := range g.Slots() {
		for _, value := range slot.Values {
			wanted = append(wanted, slot.Name+": "+value)
		}
	}
	for language, count := range counts {
		for _, name := range wanted {
			if count[name] < leastExamples {
				t.Errorf("%s: %d examples in %s, want at least %d", name, count[name], language, leastExamples)
			}
		}
	}
}
