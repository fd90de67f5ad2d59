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
	index map[gram]int32
	idf   []float32
}

// minDocuments is how many examples must share a gram for it to count: one alone says nothing
// that generalises, and leaving those out halves the model.
const minDocuments = 2

func newVocabulary(documents [][]gram) *vocabulary {
	counts := make(map[gram]int32, 1<<18)
	for _, d := range documents {
		for _, g := range d {
			counts[g]++
		}
	}
	kept := make([]gram, 0, len(counts)/4)
	for g, n := range counts {
		if n >= minDocuments {
			kept = append(kept, g)
		}
	}
	slices.Sort(kept) // so that the same examples always give the same model
	v := &vocabulary{index: make(map[gram]int32, len(kept)), idf: make([]float32, len(kept))}
	for i, g := range kept {
		v.index[g] = int32(i)
		v.idf[i] = float32(math.Log(float64(1+len(documents)) / float64(1+counts[g])))
	}
	return v
}

// vector weighs the grams of one text; those that no example has are left out.
func (v *vocabulary) vector(dst []feature, grams []gram) []feature {
	dst = dst[:0]
	var square [blocks]float32
	for _, g := range grams {
		if i, ok := v.index[g]; ok {
			w := v.idf[i]
			square[g.block()] += w * w
			dst = append(dst, feature{i, w})
		}
	}
	var scale [blocks]float32
	for b := range scale {
		if square[b] > 0 {
			scale[b] = blockWeight[b] / float32(math.Sqrt(float64(square[b])))
		}
	}
	n := 0
	for _, g := range grams {
		if _, ok := v.index[g]; ok {
			dst[n].value *= scale[g.block()]
			n++
		}
	}
	return dst
}
