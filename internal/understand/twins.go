package understand

import (
	"cmp"
	"math"
	"slices"

	"passdesk/internal/classify"
	"passdesk/internal/guide"
)

// Twins are two examples that look nearly the same.
type Twins struct {
	First, Second int     // places among the examples
	Similarity    float64 // cosine of their vectors
}

// How twins are looked for: two messages that have none of their rarest features in common, or only
// features that many have, are not alike.
const (
	rarest   = 12
	crowding = 250
)

// Twins finds the examples that look alike, the most alike first. Replies to different questions
// are never twins.
func (r *Reader) Twins(examples []Example, least float64) []Twins {
	vectors := make([][]classify.Feature, len(examples))
	classify.Share(len(examples), 256, func(i int) {
		s := r.scratch.Get().(*scratch)
		defer r.scratch.Put(s)
		grams := s.extractor.Grams(r.gist(examples[i]))
		vectors[i] = unit(r.model.vocabulary.Vector(make([]classify.Feature, 0, len(grams)), grams))
	})
	having := make([][]int32, r.model.vocabulary.Size()) // by feature: the examples among whose rarest it is
	for i, vector := range vectors {
		for _, f := range loudest(vector) {
			having[f.Index] = append(having[f.Index], int32(i))
		}
	}
	found := make([][]Twins, len(examples))
	classify.Share(len(examples), 64, func(i int) {
		found[i] = twinsOf(i, examples, vectors, having, least)
	})
	twins := slices.Concat(found...)
	slices.SortStableFunc(twins, func(a, b Twins) int { return cmp.Compare(b.Similarity, a.Similarity) })
	return twins
}

// Contradict reports whether two examples cannot both be said of one case: their facts exclude each
// other, or one is an act and the other another.
func Contradict(g *guide.Guide, a, b Example) bool {
	if a.Act != b.Act && (a.Act != "" && b.Act != "") {
		return true
	}
	for _, f := range g.Facts(a.Facts) {
		if v, ok := b.Facts[f.Slot]; ok && v != f.Value {
			return true
		}
	}
	return false
}

// unit scales a vector to length 1.
func unit(vector []classify.Feature) []classify.Feature {
	var square float64
	for _, f := range vector {
		square += float64(f.Value * f.Value)
	}
	for i := range vector {
		vector[i].Value /= float32(math.Sqrt(square))
	}
	slices.SortFunc(vector, func(a, b classify.Feature) int { return cmp.Compare(a.Index, b.Index) })
	return vector
}

// loudest returns the features of a vector that count most.
func loudest(vector []classify.Feature) []classify.Feature {
	byValue := slices.Clone(vector)
	slices.SortFunc(byValue, func(a, b classify.Feature) int {
		return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(a.Index, b.Index))
	})
	return byValue[:min(len(byValue), rarest)]
}

// twinsOf compares example i with those before it that share one of its loudest features.
func twinsOf(i int, examples []Example, vectors [][]classify.Feature, having [][]int32, least float64) []Twins {
	var twins []Twins
	compared := map[int32]bool{}
	for _, f := range loudest(vectors[i]) {
		if len(having[f.Index]) > crowding {
			continue
		}
		for _, k := range having[f.Index] {
			if int(k) >= i || compared[k] || examples[k].Asked != examples[i].Asked {
				continue
			}
			compared[k] = true
			if similarity := dot(vectors[i], vectors[k]); similarity >= least {
				twins = append(twins, Twins{int(k), i, similarity})
			}
		}
	}
	return twins
}

// dot multiplies two vectors that are sorted by index.
func dot(a, b []classify.Feature) float64 {
	var sum float32
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].Index < b[0].Index:
			a = a[1:]
		case a[0].Index > b[0].Index:
			b = b[1:]
		default:
			sum += a[0].Value * b[0].Value
			a, b = a[1:], b[1:]
		}
	}
	return float64(sum)
}
