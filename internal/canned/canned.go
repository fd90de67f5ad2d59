// Package canned holds the answers as support agents use them: found as they type, filled in,
// framed by a greeting and a closing, and laid out for the place they are pasted into.
// It exists so that agents paste the very sentences that the bot says; it has no sentence of its own.
package canned

import (
	"slices"

	"passdesk/internal/guide"
)

// Library is all answers of a guide, ready to be found and written. It never changes after New,
// so it may be shared freely; new content gets a new library.
type Library struct {
	guide   *guide.Guide
	entries []entry // in the order of ids
}

// Hiragana writes a text as it is read. It reports false if the reading is not known.
// surface.Rules.Hiragana is one.
type Hiragana func(text string) (string, bool)

// New makes the library of a guide. With a hiragana that is not nil, titles and keywords are also
// found by kana that the agent has not converted to kanji yet.
func New(g *guide.Guide, hiragana Hiragana) *Library {
	return &Library{guide: g, entries: index(g, hiragana)}
}

// IDs returns the id of every answer, sorted.
func (l *Library) IDs() []string { return l.guide.Answers() }

// Keywords returns what customers call the matter of an answer, in one language, without
// repetition. They are derived from the facts that lead to it.
func (l *Library) Keywords(id string, language guide.Language) []string {
	for _, e := range l.entries {
		if e.match.ID == id {
			return slices.Clone(e.known[language])
		}
	}
	return nil
}
