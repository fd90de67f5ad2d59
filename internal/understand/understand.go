// Package understand reads short support messages in Japanese and English.
// It exists to say which facts a message really establishes, and nothing beyond that: what it
// is not sure of it leaves out, because the desk can ask and a wrong answer cannot be unsaid.
package understand

import (
	"io/fs"
	"slices"
	"sync"

	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/strictyaml"
)

// Reader understands messages. It is built once from content and examples, never changes, and
// may be used by any number of goroutines.
type Reader struct {
	linguistics
	guide      *guide.Guide
	vocabulary *vocabulary
	language   languageModel
	slots      []slotReader
	replies    map[string]slotReader // by slot: replies to its question
	acts       slotReader
	exact      map[string]map[string]string // slot → normalised label or synonym → value
	scratch    sync.Pool
}

// slotReader is a trained head and what its classes mean; class 0 is "not mentioned".
type slotReader struct {
	slot   string
	values []string // class 1 is values[0]
	head   *head
}

// linguistics is what the reader knows of words before it has seen any example.
type linguistics struct {
	words   words
	kana    *kanaFolder
	lexicon *lexicon
}

func loadLanguage(fsys fs.FS, report *strictyaml.Report) linguistics {
	kana := loadReadings(fsys, report)
	return linguistics{words: loadWords(fsys, report), kana: kana, lexicon: loadLexicon(fsys, kana, report)}
}

// New trains a reader for the guide from the example files in fsys. An error in the examples is
// a *strictyaml.Error that lists every problem.
func New(g *guide.Guide, fsys fs.FS) (*Reader, error) {
	var examples []Example
	var err error
	var l linguistics
	report := &strictyaml.Report{}
	sideBySide([]func(){
		func() { examples, err = LoadExamples(fsys, g) },
		func() { l = loadLanguage(fsys, report) },
	})
	if err == nil {
		err = report.Err()
	}
	if err != nil {
		return nil, err
	}
	return newReader(g, l, examples), nil
}

func newReader(g *guide.Guide, l linguistics, examples []Example) *Reader {
	r := &Reader{guide: g, linguistics: l, replies: map[string]slotReader{}, exact: exactReplies(g)}
	r.scratch.New = func() any {
		return &scratch{extractor: r.newExtractor(), probabilities: make([]float32, mostClasses(g))}
	}
	examples = append(slices.Clone(examples), labelExamples(g)...)
	var documents [][]gram
	var all *lessons
	sideBySide([]func(){
		func() { all = newLessons(examples) },
		func() { documents = r.documents(examples) },
	})
	r.vocabulary = newVocabulary(documents)
	all.vectors = make([][]feature, len(documents))
	share(len(documents), portion, func(i int) {
		all.vectors[i] = r.vocabulary.vector(make([]feature, 0, len(documents[i])), documents[i])
	})
	r.train(examples, all)
	return r
}

// mostClasses is the most classes a head can have: the acts or the values of a fact, and "none".
func mostClasses(g *guide.Guide) int {
	most := len(dialogue.Acts())
	for _, slot := range g.Slots() {
		most = max(most, len(slot.Values))
	}
	return most + 1
}

func (r *Reader) newExtractor() extractor {
	return extractor{words: &r.words, kana: r.kana, lexicon: r.lexicon, seen: newGramSet()}
}

// documents extracts the grams of every example.
func (r *Reader) documents(examples []Example) [][]gram {
	documents := make([][]gram, len(examples))
	share(len(examples), portion, func(i int) {
		s := r.scratch.Get().(*scratch)
		documents[i] = slices.Clone(s.extractor.extract(normalise(examples[i].Text)))
		r.scratch.Put(s)
	})
	return documents
}

// portion is how many messages one goroutine takes at a time.
const portion = 256

// share does n independent pieces of work on all cores, a portion at a time.
func share(n, portion int, work func(i int)) {
	var group sync.WaitGroup
	for start := 0; start < n; start += portion {
		group.Go(func() {
			for i := start; i < min(start+portion, n); i++ {
				work(i)
			}
		})
	}
	group.Wait()
}

// train fits one head per slot, one for the acts, and one per question for replies in context.
func (r *Reader) train(examples []Example, all *lessons) {
	features := len(r.vocabulary.idf)
	r.slots = make([]slotReader, len(r.guide.Slots()))
	replies := make([]slotReader, len(r.slots))
	jobs := []func(){
		func() { r.language = newLanguageModel(examples, r.words) },
		func() { r.trainActs(examples, all) },
	}
	for i, slot := range r.guide.Slots() {
		jobs = append(jobs, func() {
			class := func(e Example) int { return slices.Index(slot.Values, e.Facts[slot.Name]) + 1 }
			labels := labelsOf(examples, func(e Example) bool { return e.Asked == "" }, class)
			h := newHead(features, len(slot.Values)+1, labels)
			h.fit(all, labels)
			r.slots[i] = slotReader{slot.Name, slot.Values, h}
			if !r.guide.Question(slot.Name).Ask.IsZero() {
				replies[i] = slotReader{slot.Name, slot.Values, h.clone()}
				replies[i].head.fit(all, labelsOf(examples, inContextOf(slot.Name), class))
			}
		})
	}
	sideBySide(jobs)
	for _, reply := range replies {
		if reply.head != nil {
			r.replies[reply.slot] = reply
		}
	}
}

func (r *Reader) trainActs(examples []Example, all *lessons) {
	for _, a := range dialogue.Acts() {
		r.acts.values = append(r.acts.values, string(a))
	}
	labels := labelsOf(examples, func(e Example) bool { return e.Asked == "" },
		func(e Example) int { return slices.Index(r.acts.values, string(e.Act)) + 1 })
	r.acts.head = newHead(len(r.vocabulary.idf), len(r.acts.values)+1, labels)
	r.acts.head.fit(all, labels)
}

// inContextOf takes the replies to one question, and a share of all else so that what has been
// learnt of whole messages is not forgotten.
func inContextOf(slot string) func(Example) bool {
	return func(e Example) bool {
		if e.Asked == "" {
			key := hashString(e.Text)
			return e.Facts[slot] != "" && key%2 == 0 || key%8 == 0
		}
		return e.Asked == slot
	}
}

func labelsOf(examples []Example, take func(Example) bool, class func(Example) int) []int {
	labels := make([]int, len(examples))
	for i, e := range examples {
		labels[i] = unused
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
					table[normalise(text)] = value
				}
			}
		}
		exact[slot.Name] = table
	}
	return exact
}
