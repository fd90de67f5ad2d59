package dialogue_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
)

// anyFact is mostly a declared fact; now and then one that nobody declared.
func anyFact(g *guide.Guide) *rapid.Generator[guide.Fact] {
	return rapid.Custom(func(t *rapid.T) guide.Fact {
		slot := rapid.SampledFrom(g.Slots()).Draw(t, "slot")
		if rapid.IntRange(0, 9).Draw(t, "odd") == 0 {
			return guide.Fact{Slot: rapid.SampledFrom([]string{slot.Name, "gone", ""}).Draw(t, "odd slot"), Value: "gone"}
		}
		return guide.Fact{Slot: slot.Name, Value: rapid.SampledFrom(slot.Values).Draw(t, "value")}
	})
}

// anyReading is whatever a reader, a button or a bug could hand over.
func anyReading(g *guide.Guide) *rapid.Generator[dialogue.Reading] {
	acts := append(dialogue.Acts(), dialogue.NoAct, dialogue.NoAct, dialogue.NoAct, dialogue.TooLong, dialogue.Empty, "no such act")
	changes := []string{"", "", "", "prompt", "vpn-generation", "portal-history", "request", "gone"}
	return rapid.Custom(func(t *rapid.T) dialogue.Reading {
		in := dialogue.Reading{
			Act:      rapid.SampledFrom(acts).Draw(t, "act"),
			Language: rapid.SampledFrom([]guide.Language{"", guide.Japanese, guide.English}).Draw(t, "language"),
			Change:   rapid.SampledFrom(changes).Draw(t, "change"),
		}
		for _, f := range rapid.SliceOfN(anyFact(g), 0, 3).Draw(t, "facts") {
			in.Facts = append(in.Facts, dialogue.Heard{Fact: f, Confidence: rapid.Float64Range(0, 1).Draw(t, "confidence")})
		}
		for _, f := range rapid.SliceOfN(anyFact(g), 0, 4).Draw(t, "likely") {
			in.Likely = append(in.Likely, dialogue.Heard{Fact: f, Confidence: rapid.Float64Range(0, 1).Draw(t, "likelihood")})
		}
		return in
	})
}

// TestAnyConversation lets conversations branch: a turn may go on from any state so far. So a
// turn that changes a state it was given, or memory shared with one, is found out.
func TestAnyConversation(t *testing.T) {
	g := content()
	rapid.Check(t, func(t *rapid.T) {
		states, copies := []dialogue.State{{}}, []string{marshal(t, dialogue.State{})}
		for range rapid.IntRange(1, 30).Draw(t, "turns") {
			from := max(0, len(states)-1-rapid.SampledFrom([]int{0, 0, 0, 1, 2}).Draw(t, "turns ago"))
			in := anyReading(g).Draw(t, "reading")
			heard := marshal(t, in)
			next, step := dialogue.Next(g, states[from], in)
			for _, complaint := range malformed(g, states[from], next, step) {
				t.Errorf("%+v: %s\nstep: %+v\nstate: %+v", in, complaint, step, next)
			}
			if again, same := dialogue.Next(g, states[from], in); !cmp.Equal(again, next) || !cmp.Equal(same, step) {
				t.Errorf("the same turn gave two outcomes:\n%s%s", cmp.Diff(next, again), cmp.Diff(step, same))
			}
			if diff := cmp.Diff(heard, marshal(t, in)); diff != "" {
				t.Errorf("the reading was changed:\n%s", diff)
			}
			if len(next.Stated) > len(g.Slots()) || len(next.Trail) > 20 {
				t.Errorf("the state grows without bound: %+v", next)
			}
			states, copies = append(states, next), append(copies, marshal(t, next))
		}
		for i, s := range states {
			if diff := cmp.Diff(copies[i], marshal(t, s)); diff != "" {
				t.Fatalf("state %d was changed by a later turn:\n%s", i, diff)
			}
		}
	})
}

// TestStateOfOtherContent starts from whatever a store may hold after the content was edited.
func TestStateOfOtherContent(t *testing.T) {
	g := content()
	words := rapid.SampledFrom([]string{"", "gone", "prompt", "vpn-generation", "mac-password", "overview", "portal-reset"})
	facts := rapid.SliceOfNDistinct(anyFact(g), 0, 4, func(f guide.Fact) string { return f.Slot })
	rapid.Check(t, func(t *rapid.T) {
		s := dialogue.State{
			Asked: words.Draw(t, "asked"), Answered: words.Draw(t, "answered"), Shown: facts.Draw(t, "shown"),
			Trail: rapid.SliceOfN(facts, 0, 25).Draw(t, "trail"), Misses: rapid.IntRange(0, 9).Draw(t, "misses"),
			Failed: rapid.IntRange(0, 9).Draw(t, "failed"), Questions: rapid.IntRange(0, 9).Draw(t, "questions"),
		}
		for _, f := range facts.Draw(t, "stated") {
			if slot := g.Slot(f.Slot); slot == nil || !slot.Once {
				s.Stated = append(s.Stated, f)
			}
		}
		dialogue.Expects(g, s)
		in := anyReading(g).Draw(t, "reading")
		next, step := dialogue.Next(g, s, in)
		for _, complaint := range malformed(g, s, next, step) {
			t.Errorf("%+v then %+v: %s\nstep: %+v\nstate: %+v", s, in, complaint, step, next)
		}
	})
}

func marshal(t *rapid.T, v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
