package understand

import (
	"math"
	"slices"
)

// blockWeight is how much each block counts, after it has been scaled to its own length.
var blockWeight = [blocks]float32{wordBlock: .7, pairBlock: .6, latinBlock: 1, japaneseBlock: 1.1, soundBlock: 1, conceptBlock: 1, conceptPairBlock: 1}

// feature is one coordinate of a vector.
type feature struct {
	index int32
	value float32
}

// vocabulary gives each gram that is frequent enough an index and a weight.
type vocabulary struct {
	index  gramTable // gram → index + 1
	blocks []block   // by index
	idf    []float32 // by index
}

// minDocuments is how many examples must share a gram for it to count: one alone says nothing
// that generalises.
const minDocuments = 2

// shards is how many parts of the grams are counted side by side.
const shards = 2

func newVocabulary(documents [][]gram) *vocabulary {
	var counts [shards]gramTable
	share(shards, 1, func(shard int) { counts[shard] = count(documents, shard) })
	var kept []gram
	for _, table := range counts {
		for i, g := range table.grams {
			if table.values[i] >= minDocuments {
				kept = append(kept, g)
			}
		}
	}
	slices.Sort(kept) // so that the same examples always give the same model
	v := &vocabulary{index: newGramTable(len(kept)), idf: make([]float32, len(kept)), blocks: make([]block, len(kept))}
	for i, g := range kept {
		n := counts[shardOf(g)].get(g)
		*v.index.at(g) = int32(i) + 1
		v.blocks[i] = g.block()
		v.idf[i] = float32(math.Log(float64(1+len(documents)) / float64(1+n)))
	}
	return v
}

func shardOf(g gram) int { return int(g >> 40 % shards) }

// count tells in how many documents each gram of one shard occurs.
func count(documents [][]gram, shard int) gramTable {
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

// vector weighs the grams of one text; those that no example has are left out.
func (v *vocabulary) vector(dst []feature, grams []gram) []feature {
	dst = dst[:0]
	var square [blocks]float32
	for _, g := range grams {
		if i := v.index.get(g) - 1; i >= 0 {
			w := v.idf[i]
			square[v.blocks[i]] += w * w
			dst = append(dst, feature{i, w})
		}
	}
	var scale [blocks]float32
	for b := range scale {
		if square[b] > 0 {
			scale[b] = blockWeight[b] / float32(math.Sqrt(float64(square[b])))
		}
	}
	for n := range dst {
		dst[n].value *= scale[v.blocks[dst[n].index]]
	}
	return dst
}
