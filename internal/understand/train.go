package understand

import (
	"slices"

	"passdesk/internal/classify"
	"passdesk/internal/guide"
	"passdesk/internal/surface"
)

// model is what is learnt from examples: everything of a reader that does not stand in a file.
type model struct {
	vocabulary *classify.Vocabulary
	bank       *classify.Bank
	outcomes   outcomes
	language   languageModel
}

// leastExamples is how many examples must share a gram for it to count: one alone says nothing
// that generalises.
const leastExamples = 3

// The heads for replies start from what the fact's own head has learnt of whole messages: from its
// margins times replyScale, which makes them log-odds, and then learn as inContext says.
const replyScale = 4

var inContext = classify.Schedule{Rounds: 6, Rate: 1.7, Decay: .72}

func (r *Reader) train(examples []Example) *model {
	documents := make([][]classify.Gram, len(examples))
	keys := make([]uint64, len(examples))
	classify.Share(len(examples), 256, func(i int) {
		s := r.scratch.Get().(*scratch)
		documents[i] = slices.Clone(s.extractor.Grams(r.gist(examples[i])))
		keys[i] = surface.Hash(examples[i].Asked + " " + examples[i].Text)
		r.scratch.Put(s)
	})
	m := &model{vocabulary: classify.NewVocabulary(documents, surface.Weights(), leastExamples)}
	vectors := make([][]classify.Feature, len(documents))
	classify.Share(len(documents), 256, func(i int) {
		vectors[i] = m.vocabulary.Vector(make([]classify.Feature, 0, len(documents[i])), documents[i])
	})
	corpus := classify.NewCorpus(vectors, keys, m.vocabulary.Size())
	var ends []int
	m.outcomes, ends = newOutcomes(r.guide, r.layout, examples)
	heads := r.heads(examples, corpus)
	heads = append(heads, corpus.Machines(ends, m.outcomes.count))
	m.bank = classify.NewBank(m.vocabulary.Size(), heads...)
	m.language = newLanguageModel(examples, r.rules)
	return m
}

// gist is what an example says itself.
func (r *Reader) gist(e Example) string { return r.rules.Gist(e.Text, e.normalised()) }

// heads fits the heads of the layout, in its order.
func (r *Reader) heads(examples []Example, corpus *classify.Corpus) []*classify.Head {
	l := r.layout
	facts := make([]*classify.Head, len(l.slots))
	replies := make([]*classify.Head, len(l.inReply))
	var acts *classify.Head
	alone := func(e Example) bool { return e.Asked == "" }
	jobs := []func(){
		func() {
			labels := labelsOf(examples, alone, func(e Example) int { return l.acts.class(string(e.Act)) })
			acts = corpus.Machines(labels, l.acts.classes())
		},
	}
	for i, p := range l.slots {
		jobs = append(jobs, func() {
			class := func(e Example) int { return p.class(e.Facts[p.name]) }
			facts[i] = corpus.Machines(labelsOf(examples, alone, class), p.classes())
			if k, asked := l.replies[p.name]; asked {
				replies[k] = corpus.Regression(labelsOf(examples, inContextOf(p.name), class), p.classes(), facts[i].Scaled(replyScale), inContext)
			}
		})
	}
	sideBySide(jobs...)
	return slices.Concat(facts, []*classify.Head{acts}, replies)
}

// inContextOf takes the replies to one question, and a share of all else so that what has been
// learnt of whole messages is not forgotten.
func inContextOf(slot string) func(Example) bool {
	return func(e Example) bool {
		if e.Asked == "" {
			key := surface.Hash(e.Text)
			return e.Facts[slot] != "" && key%2 == 0 || key%8 == 0
		}
		return e.Asked == slot
	}
}

func labelsOf(examples []Example, take func(Example) bool, class func(Example) int) []int {
	labels := make([]int, len(examples))
	for i, e := range examples {
		labels[i] = classify.Unused
		if take(e) {
			labels[i] = class(e)
		}
	}
	return labels
}

// labelExamples makes examples of the words on the buttons: a label says what it says in any
// context, a synonym only as a reply to its question.
func labelExamples(g *guide.Guide) []Example {
	var examples []Example
	for _, slot := range g.Slots() {
		q := g.Question(slot.Name)
		for _, value := range slot.Values {
			facts := g.Active([]guide.Fact{{Slot: slot.Name, Value: value}})
			add := func(text, asked string, language guide.Language) {
				examples = append(examples, Example{Text: text, Language: language, Facts: facts, Asked: asked})
			}
			for _, language := range guide.Languages() {
				words := q.Values[value]
				if q.Ask.IsZero() {
					add(words.Label.In(language), "", language)
					continue
				}
				add(words.Label.In(language), slot.Name, language)
				for _, synonym := range words.Synonyms[language] {
					add(synonym, slot.Name, language)
				}
			}
		}
	}
	return examples
}

// exactReplies indexes labels, short labels and synonyms, which are understood as they stand.
func exactReplies(g *guide.Guide) map[string]map[string]string {
	exact := map[string]map[string]string{}
	for _, slot := range g.Slots() {
		table := map[string]string{}
		q := g.Question(slot.Name)
		for _, value := range slot.Values {
			words := q.Values[value]
			for _, language := range guide.Languages() {
				for _, text := range append([]string{words.Label.In(language), words.Short.In(language)}, words.Synonyms[language]...) {
					table[bare(surface.Normalise(text))] = value
				}
			}
		}
		exact[slot.Name] = table
	}
	return exact
}
