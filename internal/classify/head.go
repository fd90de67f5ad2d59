package classify

import "math"

// Head is one question put to every document: which class it belongs to. It keeps the weights of
// each class as a sparse column.
type Head struct {
	columns [][]Feature // by class, in order of index
	bias    []float32   // by class
}

// Classes returns how many classes the head tells apart.
func (h *Head) Classes() int { return len(h.bias) }

// Blend adds a share of another head's scores, times scale, to the rest of this one's: averaging
// log-probabilities is averaging weights.
func (h *Head) Blend(other *Head, share, scale float32, features int) *Head {
	blended := &Head{columns: make([][]Feature, h.Classes()), bias: make([]float32, h.Classes())}
	column := make([]float32, features)
	for class := range blended.columns {
		clear(column)
		for _, f := range h.columns[class] {
			column[f.Index] += (1 - share) * f.Value
		}
		for _, f := range other.columns[class] {
			column[f.Index] += share * scale * f.Value
		}
		blended.columns[class] = sparse(column, 0)
		blended.bias[class] = (1-share)*h.bias[class] + share*scale*other.bias[class]
	}
	return blended
}

// Scaled returns the head with every score times scale: a smaller scale is less sure.
func (h *Head) Scaled(scale float32) *Head {
	scaled := &Head{columns: make([][]Feature, h.Classes()), bias: make([]float32, h.Classes())}
	for class, column := range h.columns {
		scaled.columns[class] = make([]Feature, len(column))
		for i, f := range column {
			scaled.columns[class][i] = Feature{f.Index, scale * f.Value}
		}
		scaled.bias[class] = scale * h.bias[class]
	}
	return scaled
}

// sparse keeps the weights that are larger than least, in either direction.
func sparse(dense []float32, least float32) []Feature {
	n := 0
	for _, w := range dense {
		if w > least || w < -least {
			n++
		}
	}
	column := make([]Feature, 0, n)
	for i, w := range dense {
		if w > least || w < -least {
			column = append(column, Feature{int32(i), w})
		}
	}
	return column
}

// Softmax turns scores into probabilities, in place.
func Softmax(scores []float32) {
	if len(scores) == 0 {
		return
	}
	top := scores[0]
	for _, x := range scores[1:] {
		top = max(top, x)
	}
	var sum float32
	for c, x := range scores {
		scores[c] = float32(math.Exp(float64(x - top)))
		sum += scores[c]
	}
	for c := range scores {
		scores[c] /= sum
	}
}
