package canned

import (
	"strings"

	"passdesk/internal/guide"
	"passdesk/internal/reply"
)

// entry is one answer with everything by which it is found, folded. Both languages stand in each
// part, apart from each other, so that one look finds either.
type entry struct {
	match                     Match
	id, title, keywords, text string
	known                     map[guide.Language][]string // keywords as they are written
}

func index(g *guide.Guide, hiragana Hiragana) []entry {
	known := keywordsOf(g)
	names := names(g)
	entries := make([]entry, 0, len(g.Answers()))
	for _, id := range g.Answers() {
		a := g.Answer(id)
		e := entry{match: Match{ID: id, Title: a.Title, Summary: a.Summary}, id: fold(id), known: known[id]}
		titles := []string{id, a.Title.Japanese, a.Title.English}
		var keywords []string
		for _, language := range guide.Languages() {
			keywords = append(keywords, e.known[language]...)
		}
		e.title = names.together(append(titles, readings(titles, hiragana)...))
		e.keywords = names.together(append(keywords, readings(keywords, hiragana)...))
		e.text = names.together(sentences(g, a))
		entries = append(entries, e)
	}
	return entries
}

// sentences is everything else that belongs to an answer: what it says, what it rests on, what it
// offers next, and what agents are told about it.
func sentences(g *guide.Guide, a *guide.Answer) []string {
	var all []string
	for _, language := range guide.Languages() {
		all = append(all, reply.Plain(reply.Guidance(g, a.ID, language)), a.AgentNote.In(language))
		for _, id := range a.Statements {
			all = append(all, g.Statement(id).Says.In(language))
		}
		for _, f := range a.FollowUps {
			all = append(all, wordsFor(g, f, language)...)
		}
	}
	return all
}

// wordsFor are all words for a fact: its label, the short one, and what people say instead.
func wordsFor(g *guide.Guide, f guide.Fact, language guide.Language) []string {
	q := g.Question(f.Slot)
	if q == nil {
		return nil
	}
	choice := q.Values[f.Value]
	return append([]string{choice.Label.In(language), choice.Short.In(language)}, choice.Synonyms[language]...)
}

// apart stands between texts that are searched as one; no fold has it.
const apart = "\n"

// spoken is the Latin name of a product, and how it is written in kana, both folded.
type spoken struct{ latin, kana string }

type spokenNames []spoken

// nameWord is how the ids begin under which the names of products stand among the words.
const nameWord = "name-"

func names(g *guide.Guide) spokenNames {
	var all spokenNames
	for id, name := range g.Words(guide.PageCanned) {
		if strings.HasPrefix(id, nameWord) {
			all = append(all, spoken{fold(name.English), fold(name.Japanese)})
		}
	}
	return all
}

// together folds texts and joins them, and adds the kana of every name in them.
func (names spokenNames) together(texts []string) string {
	all := make([]string, len(texts))
	for i, text := range texts {
		all[i] = fold(text)
	}
	joined := strings.Join(all, apart)
	for _, name := range names {
		if strings.Contains(joined, name.latin) {
			joined += apart + name.kana
		}
	}
	return joined
}
