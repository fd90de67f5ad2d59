package understand

import (
	"slices"

	"passdesk/internal/classify"
	"passdesk/internal/guide"
)

// outcomes are the ends that a first message leads to at once: an answer, a question, an act.
// A head that learns them sees the message as a whole, where the heads of the facts each see one
// side of it; they make different mistakes, so their average makes fewer.
type outcomes struct {
	count  int
	shares [][]float32 // by output of a fact's class, by outcome: how often they go together
}

// outcomeShare is how much the outcomes' head counts beside a fact's own. In cross-validation
// between .3 and .5 is best, and makes a tenth fewer wrong facts than none.
const outcomeShare = .4

// newOutcomes finds the outcome of each example, which becomes its label, and how often each class
// of each fact goes with it.
func newOutcomes(g *guide.Guide, l layout, examples []Example) (o outcomes, labels []int) {
	labels = make([]int, len(examples))
	index := map[string]int{}
	for i, e := range examples {
		labels[i] = classify.Unused
		if e.Asked != "" {
			continue
		}
		name := outcomeOf(g, e)
		if _, known := index[name]; !known {
			index[name] = len(index)
		}
		labels[i] = index[name]
	}
	o.count = len(index)
	o.shares = make([][]float32, l.acts.first)
	for output := range o.shares {
		o.shares[output] = make([]float32, o.count)
	}
	o.add(l.slots, examples, labels)
	return o, labels
}

func outcomeOf(g *guide.Guide, e Example) string {
	if e.Act != "" && len(e.Facts) == 0 {
		return "act " + string(e.Act)
	}
	if len(e.Facts) == 0 {
		return "nothing"
	}
	place := g.Walk(g.Active(g.Facts(e.Facts)))
	return place.Answer + "/" + place.Ask
}

// add counts the classes of the examples' facts, and makes shares of the counts.
func (o *outcomes) add(slots []part, examples []Example, labels []int) {
	totals := make([]float32, o.count)
	for i, e := range examples {
		if k := labels[i]; k != classify.Unused {
			totals[k]++
			for _, p := range slots {
				o.shares[p.first+p.class(e.Facts[p.name])][k]++
			}
		}
	}
	for _, row := range o.shares {
		for k := range row {
			row[k] /= totals[k]
		}
	}
}

// class returns the class of a value; 0 if it is none of the part's.
func (p part) class(value string) int { return slices.Index(p.values, value) + 1 }

// mix averages the probabilities of a fact's classes with what the outcomes say of them.
func (o *outcomes) mix(classes []float32, first int, outcome []float32) {
	for c := range classes {
		var p float32
		for k, share := range o.shares[first+c] {
			p += share * outcome[k]
		}
		classes[c] = (1-outcomeShare)*classes[c] + outcomeShare*p
	}
}
