package guide

import (
	"slices"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"passdesk/internal/strictyaml"
)

// Limits on what stands on buttons: Slack refuses button texts over 75 characters, and narrow
// places (web chips, terminal columns) show 20 graphemes.
const (
	MaxLabel = 75
	MaxShort = 20
)

func (l *loader) loadQuestions() {
	file, ok := l.read("questions.yaml")
	if !ok {
		return
	}
	asked := map[string]bool{}
	for _, n := range l.guide.nodes() {
		asked[n.Slot] = asked[n.Slot] || n.Kind == Ask
	}
	for _, e := range file.Entries() {
		if l.unknownFact(e.Key, e.Key.String()) {
			continue
		}
		slot := l.guide.slotIndex[e.Key.String()]
		l.guide.questions[slot.Name] = l.question(slot, e.Value, asked[slot.Name])
	}
	for _, slot := range l.guide.slots {
		if l.guide.questions[slot.Name] == nil {
			file.Problemf("fact %q has no entry; its values need labels", slot.Name)
		}
	}
}

func (l *loader) question(slot *Slot, v strictyaml.Value, asked bool) *Question {
	fields := v.Fields("ask", "again", "change", "not-sure", "yes", "no", "offer", "values")
	q := &Question{Slot: slot.Name, Values: map[string]Choice{}}
	required := []string{"change", "values"}
	if asked {
		required = []string{"ask", "again", "change", "not-sure", "values"}
	}
	for _, key := range required {
		if !fields[key].Exists() {
			v.Problemf("%q is missing for fact %q", key, slot.Name)
		}
	}
	optional := func(key string) Text {
		if !fields[key].Exists() {
			return Text{}
		}
		return l.text(fields[key])
	}
	q.Ask, q.Again, q.Change = optional("ask"), optional("again"), optional("change")
	if !asked && !q.Ask.IsZero() {
		fields["ask"].Problemf("fact %q has a question, but the tree never asks for it", slot.Name)
	}
	value := func(key string) string {
		name := fields[key].String()
		if name != "" && !slices.Contains(slot.Values, name) {
			fields[key].Problemf("fact %q has no value %q%s", slot.Name, name, strictyaml.Suggest(name, slot.Values))
		}
		return name
	}
	q.NotSure, q.Yes, q.No = value("not-sure"), value("yes"), value("no")
	for _, item := range fields["offer"].Items() {
		if f, ok := l.fact(item); ok {
			q.Offer = append(q.Offer, f)
		}
	}
	l.choices(slot, q, fields["values"])
	return q
}

func (l *loader) choices(slot *Slot, q *Question, v strictyaml.Value) {
	synonymOf := map[string]string{}
	for _, e := range v.Entries() {
		name := e.Key.String()
		if !l.declared(e.Key, e.Key, Fact{Slot: slot.Name, Value: name}) {
			continue
		}
		fields := e.Value.Fields("label", "short", "synonyms")
		choice := Choice{Synonyms: map[Language][]string{}}
		for _, required := range []string{"label", "short"} {
			if !fields[required].Exists() {
				e.Value.Problemf("%q is missing for %s: %s", required, slot.Name, name)
			}
		}
		if fields["label"].Exists() {
			choice.Label = l.text(fields["label"])
		}
		if fields["short"].Exists() {
			choice.Short = l.text(fields["short"])
		}
		checkLengths(fields, choice)
		synonyms := fields["synonyms"].Fields(string(Japanese), string(English))
		for _, language := range Languages() {
			for _, item := range synonyms[string(language)].Items() {
				word := item.String()
				if other, taken := synonymOf[word]; taken && other != name {
					item.Problemf("synonym %q already stands for %q", word, other)
				}
				synonymOf[word] = name
				choice.Synonyms[language] = append(choice.Synonyms[language], word)
			}
		}
		q.Values[name] = choice
	}
	for _, value := range slot.Values {
		if _, ok := q.Values[value]; !ok && v.Exists() {
			v.Problemf("value %q of fact %q has no label", value, slot.Name)
		}
	}
}

func checkLengths(fields map[string]strictyaml.Value, choice Choice) {
	for _, language := range Languages() {
		if n := utf8.RuneCountInString(choice.Label.In(language)); n > MaxLabel {
			fields["label"].Problemf("label (%s) has %d characters, more than %d", language, n, MaxLabel)
		}
		if n := uniseg.GraphemeClusterCount(choice.Short.In(language)); n > MaxShort {
			fields["short"].Problemf("short (%s) has %d characters, more than %d", language, n, MaxShort)
		}
	}
}

func (l *loader) loadPhrases() {
	file, ok := l.read("phrases.yaml")
	if !ok {
		return
	}
	l.phrasePlace = map[string]strictyaml.Value{} // not nil any more: there is a file to judge
	for _, e := range file.Entries() {
		l.guide.phrases[e.Key.String()] = l.text(e.Value)
		l.phrasePlace[e.Key.String()] = e.Key
	}
}
