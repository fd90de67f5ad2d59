package classify

import (
	"cmp"
	"slices"
)

// With thousands of classes a machine cannot look at every document. It then looks at those of its
// own class, at those of others that are most like them, and at some of the rest.
const (
	manyLooks  = 300_000_000 // classes times documents from which on rivals are chosen
	mostRivals = 120         // documents of other classes that are most like those of the class
	bystanders = 60          // documents of the rest
	telling    = 32          // features of a class that decide what is like it
	crowded    = 400         // a feature that more documents have tells nothing
)

// rivalry finds the documents that a class has to be told from.
type rivalry struct {
	corpus *Corpus
	labels []int
	having [][]int32 // by feature: documents
	own    [][]int32 // by class: documents
	order  []int32   // all that are taught
}

func (c *Corpus) rivalry(labels []int, classes int) *rivalry {
	r := &rivalry{corpus: c, labels: labels, having: make([][]int32, c.features), own: make([][]int32, classes), order: c.taught(0, labels)}
	for _, i := range r.order {
		r.own[labels[i]] = append(r.own[labels[i]], i)
		for _, f := range c.vectors[i] {
			r.having[f.Index] = append(r.having[f.Index], i)
		}
	}
	return r
}

// of returns the documents that the machine of a class looks at, in the order of the corpus.
func (r *rivalry) of(class int) []int32 {
	sums := map[int32]float32{}
	for _, i := range r.own[class] {
		for _, f := range r.corpus.vectors[i] {
			sums[f.Index] += f.Value
		}
	}
	score := map[int32]float32{}
	for _, f := range largestSums(sums) {
		for _, i := range r.having[f.Index] {
			if r.labels[i] != class && len(r.having[f.Index]) <= crowded {
				score[i] += f.Value
			}
		}
	}
	rivals := make([]Feature, 0, len(score))
	for i, s := range score {
		rivals = append(rivals, Feature{i, s})
	}
	slices.SortFunc(rivals, byValue)
	looked := slices.Clone(r.own[class])
	for _, f := range rivals[:min(len(rivals), mostRivals)] {
		looked = append(looked, f.Index)
	}
	step := max(1, len(r.order)/bystanders)
	for at := class % step; at < len(r.order); at += step {
		if r.labels[r.order[at]] != class {
			looked = append(looked, r.order[at])
		}
	}
	slices.SortFunc(looked, func(a, b int32) int {
		return cmp.Or(cmp.Compare(r.corpus.keys[a], r.corpus.keys[b]), cmp.Compare(a, b))
	})
	return slices.Compact(looked)
}

func byValue(a, b Feature) int {
	return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(a.Index, b.Index))
}

// largestSums returns the features with the largest sums.
func largestSums(sums map[int32]float32) []Feature {
	all := make([]Feature, 0, len(sums))
	for i, s := range sums {
		all = append(all, Feature{i, s})
	}
	slices.SortFunc(all, byValue)
	return all[:min(len(all), telling)]
}
