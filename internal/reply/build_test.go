package reply_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"passdesk/internal/chat"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/reply"
)

// TestAnyConversation words whatever the engine comes up with.
func TestAnyConversation(t *testing.T) {
	g := content()
	acts := append(dialogue.Acts(), dialogue.NoAct, dialogue.NoAct, dialogue.TooLong, dialogue.Empty)
	languages := append(guide.Languages(), "")
	rapid.Check(t, func(t *rapid.T) {
		var s dialogue.State
		for range rapid.IntRange(1, 12).Draw(t, "turns") {
			in := dialogue.Reading{Act: rapid.SampledFrom(acts).Draw(t, "act"), Language: rapid.SampledFrom(languages).Draw(t, "language")}
			for range rapid.IntRange(0, 2).Draw(t, "facts") {
				slot := rapid.SampledFrom(g.Slots()).Draw(t, "slot")
				f := guide.Fact{Slot: slot.Name, Value: rapid.SampledFrom(slot.Values).Draw(t, "value")}
				in.Facts = append(in.Facts, dialogue.Heard{Fact: f, Confidence: 1})
			}
			var step dialogue.Step
			s, step = dialogue.Next(g, s, in)
			r := reply.Build(g, s, step, "")
			fit(t, "reply", r)
			faithful(t, s, step, r)
		}
	})
}

// faithful says that a reply carries the ids of the step it words, and nothing else.
func faithful(t *rapid.T, s dialogue.State, step dialogue.Step, r chat.Reply) {
	var choices []guide.Fact
	for _, c := range r.Choices {
		choices = append(choices, guide.Fact{Slot: c.Fact, Value: c.Value})
	}
	if diff := cmp.Diff(step.Choices, choices, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("choices (-step +reply):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]string(step.Known), r.Facts, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("facts (-step +reply):\n%s", diff)
	}
	want := chat.Reply{Step: string(step.Kind), Ask: step.Ask, Answer: step.Answer, Questions: s.Questions, Text: reply.Plain(r.Parts)}
	got := chat.Reply{Step: r.Step, Ask: r.Ask, Answer: r.Answer, Questions: r.Questions, Text: r.Text}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("reply (-want +got):\n%s", diff)
	}
	for _, l := range r.SoFar {
		if r.Facts[l.Fact] == "" {
			t.Errorf("%q is listed as said but does not hold", l.Fact)
		}
	}
	if data, err := json.Marshal(r); err != nil || strings.Contains(string(data), ":null") {
		t.Errorf("JSON %s, %v: lists that are empty must be [] and not null", data, err)
	}
}

// TestSoFar lists what the customer said and what still holds: not what was implied, not what
// lost against something newer, not what the content no longer knows.
func TestSoFar(t *testing.T) {
	g := content()
	s := dialogue.State{Language: guide.English, Stated: []guide.Fact{
		{Slot: "router", Value: "on"}, {Slot: "vpn-generation", Value: "legacy"}, {Slot: "platform", Value: "mac"},
		{Slot: "portal-history", Value: "used"},
	}}
	r := reply.Build(g, s, dialogue.Step{Kind: dialogue.StepThanks, Known: g.Active(s.Stated)}, "")
	want := []chat.SoFar{
		{Fact: "platform", About: "computer", Label: "I use a Mac"},
		{Fact: "portal-history", About: "signed in before", Label: "I've signed in before"},
	}
	if diff := cmp.Diff(want, r.SoFar); diff != "" {
		t.Errorf("so far (-want +got):\n%s", diff)
	}
}

// TestCommands says which way out is offered where.
func TestCommands(t *testing.T) {
	known := guide.Known{"prompt": "vpn"}
	tests := []struct {
		name string
		step dialogue.Step
		want []chat.Command
	}{
		{"nothing known: only a person", dialogue.Step{Kind: dialogue.StepAsk, Ask: "prompt"}, []chat.Command{chat.Human}},
		{"something known: everything", dialogue.Step{Kind: dialogue.StepAsk, Ask: "vpn-generation", Known: known}, []chat.Command{chat.Human, chat.Back, chat.Restart}},
		{"a person is coming already", dialogue.Step{Kind: dialogue.StepHuman, Known: known}, []chat.Command{chat.Back, chat.Restart}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []chat.Command
			for _, b := range reply.Build(content(), dialogue.State{}, test.step, "").Commands {
				got = append(got, b.Command)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("commands (-want +got):\n%s", diff)
			}
		})
	}
}

// TestPlain pins the layout on parts made by hand, so that a change of content cannot hide one.
func TestPlain(t *testing.T) {
	got := reply.Plain([]chat.Part{
		{Kind: chat.Summary, Text: "It is the Mac's password."},
		{Kind: chat.Steps, Text: "What to do", Items: []chat.Item{{Text: "Open it."}, {Text: "Type it."}}},
		{Kind: chat.Cautions, Text: "Please note", Items: []chat.Item{{Text: "Never here."}}},
		{Kind: chat.Links, Text: "Links", Items: []chat.Item{{Text: "Article", URL: "https://example.com/a", Note: " (not checked)"}, {Text: "Page", URL: "https://example.com/b"}}},
		{Kind: chat.Question, Text: "Did that solve it?"},
	})
	const want = `It is the Mac's password.

What to do
1. Open it.
2. Type it.

Please note
- Never here.

Links
- Article (not checked)
  https://example.com/a
- Page
  https://example.com/b

Did that solve it?`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Plain (-want +got):\n%s", diff)
	}
}
