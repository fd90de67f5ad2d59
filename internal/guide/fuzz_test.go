package guide_test

import (
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"

	"passdesk/internal/guide"
	"passdesk/internal/strictyaml"
	"passdesk/knowledge"
)

// FuzzLoad promises that no tree file makes loading panic or hang, that it is refused with
// reasons or sound, and that sound content keeps the promises of the proof.
func FuzzLoad(f *testing.F) {
	shipped, err := fs.ReadFile(knowledge.Files, "tree.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(shipped)
	f.Add([]byte(soundTree))
	f.Add([]byte("facts: {}\ntree: {human: true}\n"))
	for _, table := range [][]mistake{treeMistakes(), proofMistakes()} {
		for _, m := range table {
			f.Add(broken(f, m.edits...)[tree].Data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		fsys := sound()
		fsys[tree] = &fstest.MapFile{Data: data}
		g, err := guide.Load(fsys)
		if err != nil {
			var problems *strictyaml.Error
			if !errors.As(err, &problems) || len(problems.Problems) == 0 || g != nil {
				t.Fatalf("refused without reasons: guide %v, error %v", g != nil, err)
			}
			return
		}
		endsWithin(t, g, nil, g.Prove().Worst)
	})
}

// endsWithin plays every conversation that starts with nothing known.
func endsWithin(t *testing.T, g *guide.Guide, stated []guide.Fact, questions int) {
	place := g.Walk(g.Active(stated))
	if place.Ask == "" {
		return
	}
	if questions == 0 {
		t.Fatalf("%s is still asked after the proven number of questions: %v", place.Ask, stated)
	}
	for _, value := range g.Slot(place.Ask).Values {
		fact := guide.Fact{Slot: place.Ask, Value: value}
		endsWithin(t, g, append(stated[:len(stated):len(stated)], fact), questions-1)
	}
}
