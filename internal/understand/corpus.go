package understand

import (
	"io/fs"
	"slices"
	"strings"

	"passdesk/internal/classify"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/strictyaml"
	"passdesk/internal/surface"
)

// Example is one message that people write, and all that it establishes.
type Example struct {
	Text     string
	Language guide.Language
	Facts    guide.Known
	Act      dialogue.Act
	Asked    string // slot whose question it replies to; "" if it stands for itself
	File     string
	Line     int
	normal   string // Text, normalised
	place    strictyaml.Value
}

// normalised is the text in its normal form.
func (e Example) normalised() string {
	if e.normal != "" {
		return e.normal
	}
	return surface.Normalise(e.Text)
}

func readExamples(fsys fs.FS, g *guide.Guide, report *strictyaml.Report) []Example {
	names, err := fs.Glob(fsys, "*.yaml")
	names = slices.DeleteFunc(names, func(name string) bool { return surface.IsRules(name) || name == calibrationFile })
	if err != nil || len(names) == 0 {
		report.Add(strictyaml.Problem{File: "intents", Message: "no example files"})
	}
	loaders := make([]corpusLoader, len(names))
	classify.Share(len(names), 1, func(i int) {
		loaders[i].guide = g
		if file, ok := strictyaml.Read(fsys, names[i], &loaders[i].report); ok {
			loaders[i].file(file)
		}
	})
	return merge(loaders, report)
}

// merge puts the files together in their order and reports messages that stand twice, whatever
// their width and case.
func merge(loaders []corpusLoader, report *strictyaml.Report) []Example {
	var all []Example
	seen := map[string]*Example{}
	for i := range loaders {
		for k := range loaders[i].examples {
			e := &loaders[i].examples[k]
			key := e.Asked + "\x00" + e.normal
			if first, twice := seen[key]; twice {
				e.place.Problemf("message stands already in %s:%d", first.File, first.Line)
				continue
			}
			seen[key] = e
			all = append(all, *e)
		}
		report.Join(&loaders[i].report)
	}
	return all
}

// corpusLoader reads one file.
type corpusLoader struct {
	guide    *guide.Guide
	report   strictyaml.Report
	examples []Example
}

func (c *corpusLoader) file(file strictyaml.Value) {
	fields := file.Fields("language", "examples")
	language := guide.Language(fields["language"].String())
	if !slices.Contains(guide.Languages(), language) {
		file.Problemf("`language` must be ja or en")
	}
	for _, item := range fields["examples"].Items() {
		c.entry(item, language)
	}
}

func (c *corpusLoader) entry(item strictyaml.Value, language guide.Language) {
	fields := item.Fields("facts", "act", "asked", "says")
	shared := Example{Language: language, Facts: guide.Known{}, File: item.File(), Act: c.act(fields["act"]), Asked: c.asked(fields["asked"])}
	if !fields["facts"].Exists() && !fields["act"].Exists() {
		item.Problemf("an example needs `facts` or `act`; `facts: {}` says that it establishes nothing")
	}
	for _, e := range fields["facts"].Entries() {
		c.fact(shared.Facts, e)
	}
	c.complete(item, shared.Facts)
	if len(fields["says"].Items()) == 0 {
		item.Problemf("an entry needs messages under `says`")
	}
	for _, message := range fields["says"].Items() {
		example := shared
		example.Text, example.Line = message.String(), message.Line()
		example.normal = surface.Normalise(example.Text)
		example.place = message
		c.examples = append(c.examples, example)
	}
}

func (c *corpusLoader) act(v strictyaml.Value) dialogue.Act {
	act := dialogue.Act(v.String())
	if v.Exists() && !slices.Contains(dialogue.Acts(), act) {
		var names []string
		for _, a := range dialogue.Acts() {
			names = append(names, string(a))
		}
		v.Problemf("unknown act %q%s", act, strictyaml.Suggest(string(act), names))
		return dialogue.NoAct
	}
	return act
}

func (c *corpusLoader) asked(v strictyaml.Value) string {
	name := v.String()
	if q := c.guide.Question(name); v.Exists() && (q == nil || q.Ask.IsZero()) {
		v.Problemf("the desk never asks for %q", name)
		return ""
	}
	return name
}

func (c *corpusLoader) fact(facts guide.Known, e strictyaml.Entry) {
	f := guide.Fact{Slot: e.Key.String(), Value: e.Value.String()}
	if slot := c.guide.Slot(f.Slot); slot == nil {
		var names []string
		for _, s := range c.guide.Slots() {
			names = append(names, s.Name)
		}
		e.Key.Problemf("unknown fact %q%s", f.Slot, strictyaml.Suggest(f.Slot, names))
	} else if !slices.Contains(slot.Values, f.Value) {
		e.Value.Problemf("fact %q has no value %q%s", f.Slot, f.Value, strictyaml.Suggest(f.Value, slot.Values))
	} else {
		facts[f.Slot] = f.Value
	}
}

// complete adds what the facts imply, and reports labels that contradict each other.
func (c *corpusLoader) complete(item strictyaml.Value, facts guide.Known) {
	for _, f := range c.guide.Facts(facts) {
		if c.guide.Contradicts(facts, f) {
			var parts []string
			for _, implied := range c.guide.Closure(f) {
				parts = append(parts, implied.Slot+": "+implied.Value)
			}
			item.Problemf("the facts contradict each other: %s: %s means %s", f.Slot, f.Value, strings.Join(parts, ", "))
			continue
		}
		for _, implied := range c.guide.Closure(f) {
			facts[implied.Slot] = implied.Value
		}
	}
}
