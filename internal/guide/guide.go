// Package guide holds the desk's content: facts, tree, questions, answers, phrases and links.
// It exists so that everything else works on one immutable value that is known to be sound;
// Load refuses content that is not, and Prove shows that every conversation ends.
package guide

import "slices"

// Language is a language the desk speaks, as a BCP 47 code.
type Language string

// The languages of the content. Every text has both.
const (
	Japanese Language = "ja"
	English  Language = "en"
)

// Languages lists every language in which content must exist.
func Languages() []Language { return []Language{Japanese, English} }

// Text is one wording in every language.
type Text struct {
	Japanese, English string
}

// In returns the wording in a language; any unknown language gets English.
func (t Text) In(language Language) string {
	if language == Japanese {
		return t.Japanese
	}
	return t.English
}

// IsZero reports whether there is no wording at all.
func (t Text) IsZero() bool { return t == Text{} }

// Fact is one thing that is known: a declared slot and one of its declared values.
type Fact struct {
	Slot  string `json:"fact"`
	Value string `json:"value"`
}

// Slot declares a fact: its name, its closed values in the order in which they are shown,
// and what each value implies.
type Slot struct {
	Name    string
	Values  []string
	Implies map[string][]Fact // by value; what holds for any value is already merged in
	Once    bool              // forgotten once it has been answered
	closure map[string][]Fact // by value: the fact itself and all it implies, transitively
}

// Guide is sound content. It never changes after Load, so it may be shared freely.
type Guide struct {
	slots     []*Slot
	slotIndex map[string]*Slot
	root      *Node
	branches  map[string]*Node
	questions map[string]*Question
	answers   map[string]*Answer
	phrases   map[string]Text
	links     map[string]*Link
	sources   map[string]*Source
	statement map[string]*Statement
	pages     map[string]map[string]Text
	pictures  []*Picture
	version   string
	asking    string
	texts     []string
}

// Version identifies the content: the first 12 hexadecimal digits of a hash over all its files.
func (g *Guide) Version() string { return g.version }

// Asking identifies what can be known and how it is asked for: like Version, but over tree.yaml and
// questions.yaml only. What has been learnt from them holds as long as it stays the same.
func (g *Guide) Asking() string { return g.asking }

// Texts returns everything the desk can say, addresses of pages too, in every language, in no particular order.
func (g *Guide) Texts() []string { return slices.Clone(g.texts) }

// Slots returns the declared facts in the order of the tree file.
func (g *Guide) Slots() []*Slot { return slices.Clone(g.slots) }

// Slot returns a declared fact by name, nil if there is none.
func (g *Guide) Slot(name string) *Slot { return g.slotIndex[name] }

// Root is the top of the tree.
func (g *Guide) Root() *Node { return g.root }

// Valid reports whether the fact is declared with that value.
func (g *Guide) Valid(f Fact) bool {
	slot := g.slotIndex[f.Slot]
	return slot != nil && slices.Contains(slot.Values, f.Value)
}

// Question returns the wording of a slot's question and values, nil for an unknown slot.
func (g *Guide) Question(slot string) *Question { return g.questions[slot] }

// Answer returns an answer by id, nil if there is none.
func (g *Guide) Answer(id string) *Answer { return g.answers[id] }

// Answers returns every answer id, sorted.
func (g *Guide) Answers() []string { return sortedKeys(g.answers) }

// Phrase returns one of the desk's other sentences, empty for an unknown id.
func (g *Guide) Phrase(id string) Text { return g.phrases[id] }

// Link returns a link by key, nil if there is none.
func (g *Guide) Link(key string) *Link { return g.links[key] }

// Source returns a source by key, nil if there is none.
func (g *Guide) Source(key string) *Source { return g.sources[key] }

// Statements returns the ids of all source statements, sorted.
func (g *Guide) Statements() []string { return sortedKeys(g.statement) }

// Statement returns a source statement by id, nil if there is none.
func (g *Guide) Statement(id string) *Statement { return g.statement[id] }
