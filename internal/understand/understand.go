// Package understand reads short support messages in Japanese and English.
// It exists to say which facts a message really establishes, and nothing beyond that: what it
// is not sure of it leaves out, because the desk can ask and a wrong answer cannot be unsaid.
package understand

import (
	"io/fs"
	"sync"

	"passdesk/internal/classify"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/strictyaml"
	"passdesk/internal/surface"
)

// Reader understands messages. It is built once from content and examples, never changes, and
// may be used by any number of goroutines.
type Reader struct {
	guide    *guide.Guide
	rules    *surface.Rules
	settings Settings
	model    *model
	layout   layout
	exact    map[string]map[string]string // slot → normalised label or synonym → value
	scratch  *sync.Pool                   // of *scratch
}

// Hiragana writes a Japanese text as it is read, as far as the rules know it; see surface.Rules.
func (r *Reader) Hiragana(text string) (string, bool) { return r.rules.Hiragana(text) }

// New makes a reader for the guide from the files in fsys: from what was saved there, if it was
// learnt from the very same content, else from the examples. An error in them is a
// *strictyaml.Error that lists every problem.
func New(g *guide.Guide, fsys fs.FS) (*Reader, error) {
	rules := &strictyaml.Report{}
	r := newReader(g, surface.Load(fsys, rules), LoadSettings(fsys, rules))
	if err := rules.Err(); err == nil {
		if r.model = r.recall(fsys); r.model != nil {
			return r, nil
		}
	}
	content, err := Load(fsys, g)
	if err != nil {
		return nil, err
	}
	return Train(g, content, content.Examples), nil
}

// Train makes a reader that has learnt from the examples given, which need not be all that the
// content has.
func Train(g *guide.Guide, content *Content, examples []Example) *Reader {
	r := newReader(g, content.Rules, content.Settings)
	r.model = r.train(append(labelExamples(g), examples...))
	return r
}

func newReader(g *guide.Guide, rules *surface.Rules, settings Settings) *Reader {
	r := &Reader{guide: g, rules: rules, settings: settings, layout: newLayout(g), exact: exactReplies(g), scratch: new(sync.Pool)}
	r.scratch.New = func() any { return &scratch{extractor: rules.NewExtractor()} }
	return r
}

// Content is all that a reader is made from.
type Content struct {
	Examples []Example
	Rules    *surface.Rules
	Settings Settings
}

// Load reads what people write: examples, rules and settings. The error, if any, is a
// *strictyaml.Error that lists every problem in any of them.
func Load(fsys fs.FS, g *guide.Guide) (*Content, error) {
	var c Content
	var examples, others strictyaml.Report
	sideBySide(
		func() { c.Examples = readExamples(fsys, g, &examples) },
		func() { c.Rules, c.Settings = surface.Load(fsys, &others), LoadSettings(fsys, &others) },
	)
	examples.Join(&others)
	return &c, examples.Err()
}

// layout says which outputs of the model answer which question.
type layout struct {
	slots    []part
	acts     part
	outcomes int            // where the outcomes begin; their number is the model's
	replies  map[string]int // by slot: place in inReply of the head for replies to its question
	inReply  []part
}

// part is a head: its name, what its classes mean, and its first output. Class 0 is "not
// mentioned", class 1 is values[0].
type part struct {
	name   string
	values []string
	first  int
}

func (p part) classes() int { return len(p.values) + 1 }

// newLayout puts the heads side by side: one per fact, one for the acts, one per question for
// replies to it, and the outcomes last.
func newLayout(g *guide.Guide) layout {
	l := layout{replies: map[string]int{}}
	next := 0
	add := func(name string, values []string) part {
		p := part{name, values, next}
		next += p.classes()
		return p
	}
	for _, slot := range g.Slots() {
		l.slots = append(l.slots, add(slot.Name, slot.Values))
	}
	var acts []string
	for _, a := range dialogue.Acts() {
		acts = append(acts, string(a))
	}
	l.acts = add("act", acts)
	for _, slot := range g.Slots() {
		if !g.Question(slot.Name).Ask.IsZero() {
			l.replies[slot.Name] = len(l.inReply)
			l.inReply = append(l.inReply, add(slot.Name, slot.Values))
		}
	}
	l.outcomes = next
	return l
}

// sideBySide does independent jobs on all cores.
func sideBySide(jobs ...func()) {
	classify.Share(len(jobs), 1, func(i int) { jobs[i]() })
}
