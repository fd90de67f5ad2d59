package dialogue_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/knowledge"
)

// content is the real content, loaded once: the policy must hold for what customers meet.
var content = sync.OnceValue(func() *guide.Guide {
	g, err := guide.Load(knowledge.Files)
	if err != nil {
		panic(err)
	}
	return g
})

// turn is one message and what must come of it, in the small notation of reading and expect.
type turn struct{ hear, want string }

// conversation is a script that states one promise of the policy.
type conversation struct {
	promise string
	turns   []turn
}

// play runs conversations. The state is written as JSON and read back between every two turns,
// because that is what a store does to it.
func play(t *testing.T, conversations []conversation) {
	t.Helper()
	for _, c := range conversations {
		t.Run(c.promise, func(t *testing.T) {
			g := content()
			var s dialogue.State
			for i, turn := range c.turns {
				next, step := dialogue.Next(g, s, reading(t, turn.hear))
				for _, complaint := range append(expect(turn.want, s, next, step), malformed(g, s, next, step)...) {
					t.Errorf("turn %d, %q: %s\nstep:  %+v\nstate: %+v", i+1, turn.hear, complaint, step, next)
				}
				s = roundTrip(t, next)
			}
		})
	}
}

// reading parses "#act slot=value slot=value@0.7 ~slot=value lang:ja change:slot", where ~ marks what
// is only likely; "" was not understood.
func reading(t testing.TB, notation string) dialogue.Reading {
	t.Helper()
	var in dialogue.Reading
	for word := range strings.FieldsSeq(notation) {
		if act, ok := strings.CutPrefix(word, "#"); ok {
			in.Act = dialogue.Act(act)
		} else if language, ok := strings.CutPrefix(word, "lang:"); ok {
			in.Language = guide.Language(language)
		} else if slot, ok := strings.CutPrefix(word, "change:"); ok {
			in.Change = slot
		} else if likely, ok := strings.CutPrefix(word, "~"); ok {
			in.Likely = append(in.Likely, heard(t, likely))
		} else {
			in.Facts = append(in.Facts, heard(t, word))
		}
	}
	return in
}

func heard(t testing.TB, notation string) dialogue.Heard {
	t.Helper()
	f, confidence, _ := strings.Cut(notation, "@")
	h := dialogue.Heard{Fact: fact(f), Confidence: 1}
	if confidence != "" {
		var err error
		if h.Confidence, err = strconv.ParseFloat(confidence, 64); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

func fact(notation string) guide.Fact {
	slot, value, _ := strings.Cut(notation, "=")
	return guide.Fact{Slot: slot, Value: value}
}

func facts(list []guide.Fact) string {
	var words []string
	for _, f := range list {
		words = append(words, f.Slot+"="+f.Value)
	}
	return strings.Join(words, " ")
}

// expect compares with "kind ask:slot answer:id again says:phrase,phrase questions:N +slot=value
// -slot shows:slot=value,slot=value". The kind, ask and answer are always compared, the rest where
// it is named. "says:" with nothing behind it means that nothing is said first.
func expect(notation string, before, after dialogue.State, step dialogue.Step) (complaints []string) {
	differ := func(what, want, got string) {
		if want != got {
			complaints = append(complaints, fmt.Sprintf("%s: got %q, want %q", what, got, want))
		}
	}
	words := strings.Fields(notation)
	want := map[string]string{"kind": words[0], "ask": "", "answer": ""}
	got := map[string]string{
		"kind": string(step.Kind), "ask": step.Ask, "answer": step.Answer, "says": strings.Join(step.Phrases, ","),
		"again": strconv.FormatBool(step.Again), "narrow": strconv.FormatBool(step.Narrow), "questions": strconv.Itoa(after.Questions), "lang": string(after.Language),
		"shows": strings.ReplaceAll(facts(step.Choices), " ", ","), "more": strconv.Itoa(after.Questions - before.Questions),
	}
	for _, word := range words[1:] {
		if f, ok := strings.CutPrefix(word, "+"); ok {
			differ("known "+f, fact(f).Value, step.Known[fact(f).Slot])
		} else if slot, ok := strings.CutPrefix(word, "-"); ok {
			differ("known "+slot, "", step.Known[slot])
		} else {
			key, value, _ := strings.Cut(word, ":")
			want[key] = value
		}
	}
	for key, value := range want {
		differ(key, value, got[key])
	}
	slices.Sort(complaints)
	return complaints
}

func roundTrip(t testing.TB, s dialogue.State) dialogue.State {
	t.Helper()
	data, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var back dialogue.State
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(s, back, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("state is not the same after JSON (-before +after):\n%s", diff)
	}
	return back
}
