package classify

import (
	"math"
	"slices"
)

// Vocabulary gives each gram that is frequent enough an index and a weight.
type Vocabulary struct {
	index   gramTable // gram → index + 1
	grams   []Gram    // by index
	idf     []float32 // by index
	weights []float32 // by block
}

// newVocabulary indexes sorted grams.
func newVocabulary(grams []Gram, weights []float32) *Vocabulary {
	v := &Vocabulary{index: newGramTable(len(grams)), grams: grams, idf: make([]float32, len(grams)), weights: weights}
	for i, g := range grams {
		*v.index.at(g) = int32(i) + 1
	}
	return v
}

// shards is how many parts of the grams are counted side by side.
const shards = 2

// NewVocabulary counts the grams of the documents and keeps those that at least as many as least
// have. Weights say how much each block counts, by its number.
func NewVocabulary(documents [][]Gram, weights []float32, least int) *Vocabulary {
	var counts [shards]gramTable
	Share(shards, 1, func(shard int) { counts[shard] = count(documents, shard) })
	var kept []Gram
	for _, table := range counts {
		for i, g := range table.grams {
			if int(table.values[i]) >= least {
				kept = append(kept, g)
			}
		}
	}
	slices.Sort(kept) // so that the same documents always give the same model
	v := newVocabulary(kept, weights)
	for i, g := range kept {
		n := counts[shardOf(g)].get(g)
		v.idf[i] = float32(math.Log(float64(1+len(documents))/float64(1+n)) + 1)
	}
	return v
}

func shardOf(g Gram) int { return int(g >> 40 % shards) }

// count tells in how many documents each gram of one shard occurs.
func count(documents [][]Gram, shard int) gramTable {
	counts := newGramTable(len(documents) * 16)
	for _, d := range documents {
		for _, g := range d {
			if shardOf(g) == shard {
				*counts.at(g)++
			}
		}
	}
	return counts
}

// Size returns how many features there are.
func (v *Vocabulary) Size() int { return len(v.grams) }

// Index returns the feature of a gram, -1 if it has none.
func (v *Vocabulary) Index(g Gram) int32 { return v.index.get(g) - 1 }

// Vector weighs the grams of one document by TF-IDF, each block scaled to its own length. Grams
// that the vocabulary does not have are left out: how many is the caller's measure of coverage.
func (v *Vocabulary) Vector(dst []Feature, grams []Gram) []Feature {
	dst = dst[:0]
	var square, scale [256]float32
	for _, g := range grams {
		if i := v.index.get(g) - 1; i >= 0 {
			w := v.idf[i]
			square[g.Block()] += w * w
			dst = append(dst, Feature{i, w})
		}
	}
	for b, weight := range v.weights {
		if square[b] > 0 {
			scale[b] = weight / float32(math.Sqrt(float64(square[b])))
		}
	}
	for n := range dst {
		dst[n].Value *= scale[v.grams[dst[n].Index].Block()]
	}
	return dst
}
