package main

import (
	"errors"
	"maps"
	"slices"

	"passdesk/internal/channel/slackbot/blocks"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/reply"
	"passdesk/internal/strictyaml"
)

// tooMuchForSlack lists what Slack would refuse of all that can be asked and answered: what is too long
// for it would reach customers without its end. It is for author.Check.
func tooMuchForSlack(g *guide.Guide) (problems []strictyaml.Problem) {
	for _, language := range guide.Languages() {
		problems = append(problems, tooMuchIn(g, language)...)
	}
	return problems
}

func tooMuchIn(g *guide.Guide, language guide.Language) (problems []strictyaml.Problem) {
	words := blocks.Words(g.WordsIn(guide.PageSlack, language))
	drawn := func(id string) (url, alt string, ok bool) { // as if all were published, at a long address
		p := g.Picture(id)
		return "https://a-rather-long-name-of-a-server.example.com" + picturePath(id, string(language)), p.Description.In(language), true
	}
	add := func(file string, m blocks.Message) {
		err := blocks.Check(m)
		if m.Cut {
			err = errors.New("it is too long for one message")
		}
		if err != nil {
			problems = append(problems, strictyaml.Problem{File: file, Message: "Slack refuses it in " + string(language) + ": " + err.Error()})
		}
	}
	state, steps := dialogue.State{Language: language}, everyStep(g, language)
	for _, name := range slices.Sorted(maps.Keys(steps)) {
		r := reply.Build(g, state, steps[name], "H-0000-0000")
		add(name, blocks.Reply(r, 1<<40, words, drawn))
		for _, c := range r.Choices {
			add(name, blocks.Settled(r, c.Label, "U00000000000", words, drawn))
		}
	}
	for _, id := range g.Answers() {
		add("answers ("+id+")", blocks.Canned(blocks.Posted{Parts: reply.Guidance(g, id, language), Agent: "U00000000000"}, words, drawn))
	}
	return problems
}

// everyStep is all that the desk can say, by the file that it stands in.
func everyStep(g *guide.Guide, language guide.Language) map[string]dialogue.Step {
	steps := map[string]dialogue.Step{"phrases.yaml": {Kind: dialogue.StepHuman}}
	for _, slot := range g.Slots() {
		q := g.Question(slot.Name)
		if q == nil || q.Ask.In(language) == "" {
			continue
		}
		step := dialogue.Step{Kind: dialogue.StepAsk, Ask: slot.Name}
		for _, value := range slot.Values {
			step.Choices = append(step.Choices, guide.Fact{Slot: slot.Name, Value: value})
		}
		steps["questions.yaml ("+slot.Name+")"] = step
	}
	for _, id := range g.Answers() {
		steps["answers ("+id+")"] = dialogue.Step{Kind: dialogue.StepAnswer, Answer: id}
	}
	return steps
}
