package guide_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"passdesk/internal/guide"
)

func TestActiveFactsAreConsistentAndTheNewestHolds(t *testing.T) {
	g := embedded(t)
	facts := everyFact(g)
	rapid.Check(t, func(t *rapid.T) {
		stated := rapid.SliceOfN(rapid.SampledFrom(facts), 1, 12).Draw(t, "stated")
		active := g.Active(stated)
		for _, f := range g.Closure(stated[len(stated)-1]) {
			if active[f.Slot] != f.Value {
				t.Fatalf("the newest fact %v means %v, but active is %v", stated[len(stated)-1], f, active)
			}
		}
		for slot, value := range active {
			if g.Contradicts(active, guide.Fact{Slot: slot, Value: value}) {
				t.Fatalf("%s: %s contradicts the rest of %v", slot, value, active)
			}
		}
		if diff := cmp.Diff(active, g.Active(g.Facts(active))); diff != "" {
			t.Fatalf("stating what is active changes it (-before +after):\n%s", diff)
		}
		at := rapid.IntRange(0, len(stated)).Draw(t, "at")
		gone := rapid.SampledFrom([]guide.Fact{{Slot: "gone", Value: "x"}, {Slot: facts[0].Slot, Value: "gone"}, {}}).Draw(t, "gone")
		if diff := cmp.Diff(active, g.Active(slices.Insert(slices.Clone(stated), at, gone))); diff != "" {
			t.Fatalf("the undeclared fact %v changes what is active (-without +with):\n%s", gone, diff)
		}
	})
}

// Nothing that was said is lost without a reason: what does not hold contradicts what does, and
// does not count until that is gone.
func TestSilencedFactsContradictWhatHoldsAndDoNotCount(t *testing.T) {
	g := embedded(t)
	facts := everyFact(g)
	rapid.Check(t, func(t *rapid.T) {
		stated := rapid.SliceOfN(rapid.SampledFrom(facts), 1, 12).Draw(t, "stated")
		active := g.Active(stated)
		holds := slices.DeleteFunc(slices.Clone(stated), func(f guide.Fact) bool {
			if active[f.Slot] == f.Value {
				return false
			}
			if !g.Contradicts(active, f) {
				t.Fatalf("%v is silenced in %v, though nothing contradicts it", f, stated)
			}
			return true
		})
		if diff := cmp.Diff(active, g.Active(holds)); diff != "" {
			t.Fatalf("without the silenced facts other facts hold (-with +without):\n%s", diff)
		}
	})
}
