package reply

import (
	"passdesk/internal/chat"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
)

func (b *builder) choices(facts []guide.Fact) []chat.Choice {
	choices := make([]chat.Choice, 0, len(facts))
	for _, f := range facts {
		words := b.guide.Question(f.Slot).Values[f.Value]
		choice := chat.Choice{Fact: f.Slot, Value: f.Value, Label: words.Label.In(b.language), Short: words.Short.In(b.language)}
		if p := b.guide.PictureOf(f); p != nil {
			choice.Picture = p.ID
		}
		choices = append(choices, choice)
	}
	return choices
}

// commands offers a person at every step, and back and start again where there is something
// to go back to.
func (b *builder) commands(step dialogue.Step) []chat.Button {
	buttons := []chat.Button{} // in JSON an empty list, never null
	add := func(command chat.Command, phrase string) {
		buttons = append(buttons, chat.Button{Command: command, Label: b.phrase(phrase)})
	}
	if step.Narrow {
		add(chat.All, guide.PhraseButtonAll)
	}
	if step.Kind != dialogue.StepHuman {
		add(chat.Human, guide.PhraseButtonHuman)
	}
	if len(step.Known) > 0 {
		add(chat.Back, guide.PhraseButtonBack)
		add(chat.Restart, guide.PhraseButtonRestart)
	}
	return buttons
}

// soFar lists what the customer has stated and what still holds, in the order it was said.
func (b *builder) soFar(s dialogue.State) []chat.SoFar {
	known := b.guide.Active(s.Stated)
	var lines []chat.SoFar
	for _, f := range s.Stated {
		if known[f.Slot] != f.Value {
			continue
		}
		q := b.guide.Question(f.Slot)
		lines = append(lines, chat.SoFar{
			Fact: f.Slot, About: q.Change.In(b.language), Label: q.Values[f.Value].Label.In(b.language),
		})
	}
	return lines
}
