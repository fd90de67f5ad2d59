package author

import (
	"io/fs"
	"slices"

	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/strictyaml"
)

// Story is a conversation that an author wants to go this way.
type Story struct {
	Name     string
	Language guide.Language // the customer's locale, "" if none
	Turns    []StoryTurn
	File     string
	Line     int
}

// StoryTurn is one thing the customer does, and what is expected then. One of Say, Choose,
// Change and Command is set.
type StoryTurn struct {
	Say     string
	Choose  *guide.Fact
	Change  string
	Command string
	Expect  Expected
	File    string
	Line    int
}

// Expected is what a turn must lead to; what is empty is not checked.
type Expected struct {
	Step     string
	Ask      string
	Answer   string
	Language string
	Facts    map[string]string
}

// LoadStories reads stories/*.yaml. The error, if any, is a *strictyaml.Error.
func LoadStories(fsys fs.FS, g *guide.Guide) ([]Story, error) {
	l := &storyLoader{guide: g, report: &strictyaml.Report{}}
	names, err := fs.Glob(fsys, "stories/*.yaml")
	if err != nil {
		return nil, err
	}
	var stories []Story
	for _, name := range names {
		file, ok := strictyaml.Read(fsys, name, l.report)
		if !ok {
			continue
		}
		for _, item := range file.Items() {
			stories = append(stories, l.story(item))
		}
	}
	return stories, l.report.Err()
}

type storyLoader struct {
	guide  *guide.Guide
	report *strictyaml.Report
}

func (l *storyLoader) story(v strictyaml.Value) Story {
	fields := v.Fields("story", "language", "turns")
	s := Story{Name: fields["story"].String(), Language: guide.Language(fields["language"].String()), File: v.File(), Line: v.Line()}
	if s.Name == "" {
		v.Problemf("a story needs a name (story: …)")
	}
	if s.Language != "" && !slices.Contains(guide.Languages(), s.Language) {
		fields["language"].Problemf("unknown language %q", s.Language)
	}
	for _, item := range fields["turns"].Items() {
		s.Turns = append(s.Turns, l.turn(item))
	}
	if len(s.Turns) == 0 {
		v.Problemf("a story needs turns")
	}
	return s
}

func (l *storyLoader) turn(v strictyaml.Value) StoryTurn {
	fields := v.Fields("say", "choose", "change", "command", "expect")
	t := StoryTurn{
		Say: fields["say"].String(), Change: fields["change"].String(), Command: fields["command"].String(),
		File: v.File(), Line: v.Line(),
	}
	given := 0
	for _, key := range []string{"say", "choose", "change", "command"} {
		if fields[key].Exists() {
			given++
		}
	}
	if given != 1 {
		v.Problemf("a turn needs exactly one of: say, choose, change, command")
	}
	if t.Command != "" && !slices.Contains([]string{"back", "restart", "human"}, t.Command) {
		fields["command"].Problemf("unknown command %q%s", t.Command, strictyaml.Suggest(t.Command, []string{"back", "restart", "human"}))
	}
	if fields["change"].Exists() {
		l.slot(fields["change"])
	}
	chosen := fields["choose"].Entries()
	if fields["choose"].IsMapping() && len(chosen) != 1 {
		fields["choose"].Problemf("choose one fact, as in {choose: {fact: value}}")
	}
	for _, e := range chosen {
		t.Choose = &guide.Fact{Slot: e.Key.String(), Value: e.Value.String()}
		l.fact(e, *t.Choose)
	}
	t.Expect = l.expected(fields["expect"])
	return t
}

func (l *storyLoader) expected(v strictyaml.Value) Expected {
	fields := v.Fields("step", "ask", "answer", "language", "facts")
	e := Expected{
		Step: fields["step"].String(), Ask: fields["ask"].String(), Answer: fields["answer"].String(),
		Language: fields["language"].String(), Facts: map[string]string{},
	}
	steps := make([]string, 0, len(dialogue.Kinds()))
	for _, kind := range dialogue.Kinds() {
		steps = append(steps, string(kind))
	}
	if e.Step != "" && !slices.Contains(steps, e.Step) {
		fields["step"].Problemf("unknown step %q%s", e.Step, strictyaml.Suggest(e.Step, steps))
	}
	if e.Language != "" && !slices.Contains(guide.Languages(), guide.Language(e.Language)) {
		fields["language"].Problemf("unknown language %q", e.Language)
	}
	if fields["ask"].Exists() {
		l.slot(fields["ask"])
	}
	if e.Answer != "" && l.guide.Answer(e.Answer) == nil {
		fields["answer"].Problemf("unknown answer %q%s", e.Answer, strictyaml.Suggest(e.Answer, l.guide.Answers()))
	}
	for _, entry := range fields["facts"].Entries() {
		f := guide.Fact{Slot: entry.Key.String(), Value: entry.Value.String()}
		l.fact(entry, f)
		e.Facts[f.Slot] = f.Value
	}
	return e
}

func (l *storyLoader) slot(v strictyaml.Value) {
	if l.guide.Slot(v.String()) == nil {
		v.Problemf("unknown fact %q%s", v.String(), strictyaml.Suggest(v.String(), l.slotNames()))
	}
}

func (l *storyLoader) fact(e strictyaml.Entry, f guide.Fact) {
	if slot := l.guide.Slot(f.Slot); slot == nil {
		l.slot(e.Key)
	} else if !l.guide.Valid(f) {
		e.Value.Problemf("fact %q has no value %q%s", f.Slot, f.Value, strictyaml.Suggest(f.Value, slot.Values))
	}
}

func (l *storyLoader) slotNames() []string {
	var names []string
	for _, s := range l.guide.Slots() {
		names = append(names, s.Name)
	}
	return names
}
