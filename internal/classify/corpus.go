package classify

import (
	"cmp"
	"slices"
)

// Corpus is what heads learn from: the vectors of all documents, and the order in which each
// round goes through them. The order comes from the documents' own keys, so that adding one does
// not shuffle all others: authors must not see a reading change that they did not touch.
type Corpus struct {
	vectors  [][]Feature
	squares  []float32 // each vector's square length
	rounds   [][]int32
	features int
	keys     []uint64
}

// rounds is how often a head looks at every document; the order repeats after that.
const rounds = 6

// orderSeed makes the rounds' orders differ; it has no other meaning.
const orderSeed = 20261123

// NewCorpus takes vectors of a vocabulary of so many features, and a key for each, which should
// be a hash of the document.
func NewCorpus(vectors [][]Feature, keys []uint64, features int) *Corpus {
	c := &Corpus{vectors: vectors, squares: make([]float32, len(vectors)), rounds: make([][]int32, rounds), features: features, keys: keys}
	for i, vector := range vectors {
		for _, f := range vector {
			c.squares[i] += f.Value * f.Value
		}
	}
	Share(rounds, 1, func(round int) {
		order := make([]int32, len(vectors))
		for i := range order {
			order[i] = int32(i)
		}
		turn := uint64(2*round+1) * orderSeed
		slices.SortFunc(order, func(a, b int32) int {
			return cmp.Or(cmp.Compare(keys[a]*turn, keys[b]*turn), cmp.Compare(a, b))
		})
		c.rounds[round] = order
	})
	return c
}

// Vector returns the vector of document i.
func (c *Corpus) Vector(i int) []Feature { return c.vectors[i] }

// taught lists the documents that have a label, in the order of a round.
func (c *Corpus) taught(round int, labels []int) []int32 {
	order := make([]int32, 0, len(labels))
	for _, i := range c.rounds[round%rounds] {
		if labels[i] != Unused && len(c.vectors[i]) > 0 {
			order = append(order, i)
		}
	}
	return order
}
