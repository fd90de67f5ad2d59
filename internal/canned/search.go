package canned

import (
	"cmp"
	"slices"
	"strings"

	"passdesk/internal/guide"
)

// Match is one answer that was found.
type Match struct {
	ID      string
	Title   guide.Text
	Summary guide.Text
	Where   Where // the least telling place in which a word of the query was found
	Uses    int   // what the caller said about it
}

// Where tells in what part of an answer something was found.
type Where int

// The parts, the most telling first.
const (
	InID      Where = iota // the id begins with it
	InTitle                // title in either language, or within the id
	InKeyword              // what customers call it
	InText                 // sentences, statements, follow-ups, the note for agents
)

// Search returns the answers in which every word of the query occurs, in either language, however
// it is spelled: width, case, kana, long vowels and hyphens make no difference, words may be half
// typed, and Latin letters that an input method has not turned into kana yet do not count.
// Those found in more telling places come first, then those used more often, then by id; an id
// may be written with blanks.
// uses may be nil. An empty query finds all.
func (l *Library) Search(query string, uses map[string]int) []Match {
	words := words(query)
	id := strings.Join(words, "")
	type ranked struct {
		Match
		sum Where
	}
	var found []ranked
	for i := range l.entries {
		worst, sum, ok := l.entries[i].look(words)
		if !ok {
			continue
		}
		if strings.HasPrefix(l.entries[i].id, id) {
			worst, sum = InID, 0
		}
		match := l.entries[i].match
		match.Where, match.Uses = worst, uses[match.ID]
		found = append(found, ranked{match, sum})
	}
	slices.SortStableFunc(found, func(a, b ranked) int { // entries are in the order of ids
		return cmp.Or(cmp.Compare(a.Where, b.Where), cmp.Compare(a.sum, b.sum), cmp.Compare(b.Uses, a.Uses))
	})
	matches := make([]Match, len(found))
	for i, f := range found {
		matches[i] = f.Match
	}
	return matches
}

// look finds every word in its most telling part. ok is false if there is one that is nowhere.
func (e *entry) look(words []string) (worst, sum Where, ok bool) {
	for _, word := range words {
		var in Where
		switch {
		case strings.HasPrefix(e.id, word):
			in = InID
		case strings.Contains(e.title, word):
			in = InTitle
		case strings.Contains(e.keywords, word):
			in = InKeyword
		case strings.Contains(e.text, word):
			in = InText
		default:
			return 0, 0, false
		}
		worst, sum = max(worst, in), sum+in
	}
	return worst, sum, true
}
