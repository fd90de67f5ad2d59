package reply_test

import (
	"os"
	"path/filepath"
	"testing"

	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/reply"
)

// TestGolden shows every text as a customer reads it. A reviewer of content reads these files.
func TestGolden(t *testing.T) {
	g := content()
	written := map[string]bool{}
	check := func(name string, language guide.Language, got string) {
		name += "." + string(language)
		written[name+".txt"] = true
		golden(t, name, got)
	}
	for _, language := range guide.Languages() {
		for _, id := range g.Answers() {
			check(id, language, reply.Plain(reply.Guidance(g, id, language))+"\n")
		}
		for _, slot := range g.Slots() {
			if !g.Question(slot.Name).Ask.IsZero() {
				check("question-"+slot.Name, language, question(g, slot, language))
			}
		}
		for _, s := range steps() {
			s.state.Language = language
			s.step.Known = g.Active(s.state.Stated)
			check("step-"+s.name, language, sheet(reply.Build(g, s.state, s.step, "")))
		}
	}
	noneLeftOver(t, written)
}

// question is one question in both its wordings, with its buttons.
func question(g *guide.Guide, slot *guide.Slot, language guide.Language) string {
	var choices []guide.Fact
	for _, value := range slot.Values {
		choices = append(choices, guide.Fact{Slot: slot.Name, Value: value})
	}
	s := dialogue.State{Language: language}
	again := reply.Build(g, s, dialogue.Step{Kind: dialogue.StepAsk, Ask: slot.Name, Again: true}, "")
	return again.Text + "\n\n" + sheet(reply.Build(g, s, dialogue.Step{Kind: dialogue.StepAsk, Ask: slot.Name, Choices: choices}, ""))
}

// noneLeftOver fails for the golden file of a text that is no more.
func noneLeftOver(t *testing.T, written map[string]bool) {
	t.Helper()
	files, err := filepath.Glob("testdata/golden/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if written[filepath.Base(file)] {
			continue
		}
		if !*update {
			t.Errorf("%s belongs to no text; -update removes it", file)
		} else if err := os.Remove(file); err != nil {
			t.Error(err)
		}
	}
}

type namedStep struct {
	name  string
	state dialogue.State
	step  dialogue.Step
}

// steps has one of every kind, and of every layout that a kind may take.
func steps() []namedStep {
	vpn := dialogue.State{Stated: []guide.Fact{{Slot: "prompt", Value: "vpn"}}}
	install := dialogue.State{Stated: []guide.Fact{{Slot: "prompt", Value: "install"}}}
	generations := []guide.Fact{{Slot: "vpn-generation", Value: "current"}, {Slot: "vpn-generation", Value: "legacy"}}
	overview := []guide.Fact{{Slot: "request", Value: "overview"}}
	return []namedStep{
		{"greeting", dialogue.State{}, dialogue.Step{
			Kind: dialogue.StepGreeting, Phrases: []string{guide.PhraseGreeting, guide.PhraseSecretWarning}, Ask: "prompt", Choices: overview}},
		{"ask", vpn, dialogue.Step{Kind: dialogue.StepAsk, Ask: "vpn-generation", Choices: generations}},
		{"ask-switched", vpn, dialogue.Step{
			Kind: dialogue.StepAsk, Phrases: []string{guide.PhraseSwitchedLanguage}, Ask: "vpn-generation", Choices: generations}},
		{"rephrase", vpn, dialogue.Step{
			Kind: dialogue.StepRephrase, Phrases: []string{guide.PhraseRephrase}, Ask: "vpn-generation", Again: true, Choices: generations}},
		{"rephrase-after-answer", install, dialogue.Step{
			Kind: dialogue.StepRephrase, Phrases: []string{guide.PhraseNotUnderstoodAfter}, Choices: []guide.Fact{{Slot: "platform", Value: "windows"}}}},
		{"answer", install, dialogue.Step{
			Kind: dialogue.StepAnswer, Answer: "mac-admin-install", Choices: []guide.Fact{{Slot: "mac-password", Value: "forgotten"}}}},
		{"answer-with-question", vpn, dialogue.Step{
			Kind: dialogue.StepAnswer, Answer: "overview", Ask: "vpn-generation", Choices: generations}},
		{"human", vpn, dialogue.Step{Kind: dialogue.StepHuman, Phrases: []string{guide.PhraseHuman}}},
		{"out-of-scope", dialogue.State{}, dialogue.Step{
			Kind: dialogue.StepOutOfScope, Phrases: []string{guide.PhraseOutOfScope}, Choices: overview}},
		{"out-of-scope-with-question", vpn, dialogue.Step{
			Kind: dialogue.StepOutOfScope, Phrases: []string{guide.PhraseOutOfScope, guide.PhraseBackToQuestion}, Ask: "vpn-generation", Choices: generations}},
		{"thanks", install, dialogue.Step{Kind: dialogue.StepThanks, Phrases: []string{guide.PhraseThanks}}},
	}
}
