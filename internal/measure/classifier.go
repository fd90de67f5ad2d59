package measure

import (
	"slices"

	"passdesk/internal/classify"
	"passdesk/internal/surface"
)

// Classifier is the core of the reader without the desk around it: the same features, the same
// learning, one question. It tells which of a list of intents a message has.
type Classifier struct {
	Intents    []string
	extractor  *surface.Extractor
	vocabulary *classify.Vocabulary
	bank       *classify.Bank
	scale      float32
	vector     []classify.Feature
	scores     []float32
}

// Row is one labelled message.
type Row struct{ Intent, Text string }

// How the two kinds of head are put together. Chosen on development splits (docs/performance.md).
const (
	machineShare = .3  // how much the machines count beside the regression
	machineScale = 4   // what makes their margins comparable with log-odds
	mostDense    = 500 // intents up to which a regression is fitted beside the machines

	// Of many rows, a feature that hardly one has is not worth its memory.
	manyRows    = 50_000
	leastOfMany = 3
)

// schedule is how the regression learns.
var schedule = classify.Schedule{Rounds: 15, Rate: 1, Decay: .9}

// NewClassifier learns from rows. The words of an intent's own name count as a message of it,
// since whoever named it wrote down what it is about.
func NewClassifier(rows []Row) *Classifier {
	c := &Classifier{extractor: surface.Bare().NewExtractor(), scale: 1}
	documents, keys, labels := c.documents(rows)
	least := 1
	if len(rows) > manyRows {
		least = leastOfMany
	}
	c.vocabulary = classify.NewVocabulary(documents, surface.Weights(), least)
	vectors := make([][]classify.Feature, len(documents))
	for i, d := range documents {
		vectors[i] = c.vocabulary.Vector(nil, d)
	}
	corpus := classify.NewCorpus(vectors, keys, c.vocabulary.Size())
	head := corpus.Machines(labels, len(c.Intents)).Scaled(machineScale)
	if len(c.Intents) <= mostDense {
		head = corpus.Regression(labels, len(c.Intents), nil, schedule).Blend(head, machineShare, 1, c.vocabulary.Size())
	}
	c.bank = classify.NewBank(c.vocabulary.Size(), head)
	c.scores = make([]float32, c.bank.Outputs())
	return c
}

func (c *Classifier) documents(rows []Row) (documents [][]classify.Gram, keys []uint64, labels []int) {
	index := map[string]int{}
	add := func(text string, label int) {
		documents = append(documents, slices.Clone(c.extractor.Grams(surface.Normalise(text))))
		keys = append(keys, surface.Hash(text))
		labels = append(labels, label)
	}
	for _, row := range rows {
		if _, known := index[row.Intent]; !known {
			index[row.Intent] = len(c.Intents)
			c.Intents = append(c.Intents, row.Intent)
			add(spelt(row.Intent), index[row.Intent])
		}
		add(row.Text, index[row.Intent])
	}
	return documents, keys, labels
}

// spelt makes words of a name: card_arrival, iot/hue-light.
func spelt(name string) string {
	words := []rune(name)
	for i, r := range words {
		if slices.Contains([]rune("_/-:."), r) {
			words[i] = ' '
		}
	}
	return string(words)
}

// Classify returns the most probable intent, its probability, and the share of the message's
// features that examples have. It is not safe for concurrent use.
func (c *Classifier) Classify(text string) (intent string, probability, coverage float64) {
	grams := c.extractor.Grams(surface.Normalise(text))
	c.vector = c.vocabulary.Vector(c.vector, grams)
	c.bank.Scores(c.scores, c.vector)
	for i := range c.scores {
		c.scores[i] *= c.scale
	}
	classify.Softmax(c.scores)
	best := 0
	for i, p := range c.scores {
		if p > c.scores[best] {
			best = i
		}
	}
	return c.Intents[best], float64(c.scores[best]), float64(len(c.vector)) / float64(max(1, len(grams)))
}

// Calibrate sets how sure the classifier is, by what one like it got right of rows that it had
// not learnt from, fold by fold.
func (c *Classifier) Calibrate(rows []Row) {
	best, least := c.scale, 2.0
	held := make([][]Row, folds)
	var readers []*Classifier
	if len(rows) < folds {
		return // nothing to hold out
	}
	for fold := range folds {
		var kept []Row
		for _, row := range rows {
			if int(surface.Hash(row.Text)>>32%folds) == fold {
				held[fold] = append(held[fold], row)
			} else {
				kept = append(kept, row)
			}
		}
		readers = append(readers, NewClassifier(kept))
	}
	for scale := float32(.4); scale < 4; scale *= 1.1 {
		var r Reliability
		for fold, reader := range readers {
			if len(reader.Intents) == 0 {
				continue // all rows are in this fold
			}
			reader.scale = scale
			for _, row := range held[fold] {
				intent, p, _ := reader.Classify(row.Text)
				r.Add(p, intent == row.Intent)
			}
		}
		if e := r.Error(); e < least {
			least, best = e, scale
		}
	}
	c.scale = best
}
