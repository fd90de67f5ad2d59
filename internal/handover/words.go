package handover

import (
	"cmp"
	"encoding/json"
	"slices"

	"passdesk/internal/chat"
	"passdesk/internal/guide"
)

// words turns ids into what the content calls them. An id that the content no longer has keeps its
// place, without words.
type words struct {
	guide    *guide.Guide
	language guide.Language
}

func (w words) about(slot string) string {
	if question := w.guide.Question(slot); question != nil {
		return question.Change.In(w.language)
	}
	return ""
}

func (w words) question(slot string) string {
	if question := w.guide.Question(slot); question != nil {
		return question.Ask.In(w.language)
	}
	return ""
}

func (w words) label(slot, value string) string {
	if question := w.guide.Question(slot); question != nil {
		return question.Values[value].Label.In(w.language)
	}
	return ""
}

// facts are sorted as the tree file declares them, those that it no longer declares last.
func (w words) facts(known map[string]string) []Fact {
	order := map[string]int{}
	for i, slot := range w.guide.Slots() {
		order[slot.Name] = i - len(w.guide.Slots())
	}
	facts := make([]Fact, 0, len(known))
	for slot, value := range known {
		facts = append(facts, Fact{Slot: slot, Value: value, About: w.about(slot), Label: w.label(slot, value)})
	}
	slices.SortFunc(facts, func(a, b Fact) int {
		return cmp.Or(cmp.Compare(order[a.Slot], order[b.Slot]), cmp.Compare(a.Slot, b.Slot))
	})
	return facts
}

// path leaves out what the tree looked at without asking and did not find: that tells nobody anything.
func (w words) path(d Details) []Step {
	path := make([]Step, 0, len(d.Path))
	for _, slot := range d.Path {
		value := d.Facts[slot]
		step := Step{Slot: slot, Question: w.question(slot), Value: value, Label: w.label(slot, value)}
		if step.Question != "" || step.Value != "" {
			path = append(path, step)
		}
	}
	return path
}

// pressed reads what the desk keeps of a button, nil if there was none or it cannot be read.
func (w words) pressed(text string) *Pressed {
	var kept struct {
		Choose  *chat.Choose
		Change  string
		Command chat.Command
	}
	if text == "" || json.Unmarshal([]byte(text), &kept) != nil {
		return nil
	}
	switch {
	case kept.Choose != nil:
		return &Pressed{Action: "choose", Slot: kept.Choose.Fact, Value: kept.Choose.Value, Label: w.label(kept.Choose.Fact, kept.Choose.Value)}
	case kept.Change != "":
		return &Pressed{Action: "change", Slot: kept.Change, Label: w.about(kept.Change)}
	case kept.Command != "":
		return &Pressed{Action: "command", Command: string(kept.Command), Label: w.guide.Phrase(button(kept.Command)).In(w.language)}
	}
	return nil
}

// button is the phrase on a command's button; a conversation starts without one.
func button(command chat.Command) string {
	switch command {
	case chat.Back:
		return guide.PhraseButtonBack
	case chat.Restart:
		return guide.PhraseButtonRestart
	case chat.Human:
		return guide.PhraseButtonHuman
	case chat.All:
		return guide.PhraseButtonAll
	}
	return ""
}
