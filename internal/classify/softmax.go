package classify

import "math"

// Softmax regression by stochastic gradient descent. The rates were chosen on development data,
// docs/performance.md. Nothing is random: the same corpus gives the same head.
const (
	priorWeight = .1   // how fast a bias moves beside the weights
	negligible  = .001 // error, in shares of what a class would have by chance, that is not worth a step
	settled     = .999 // probability of the right class at which a document is left alone
)

// Schedule says how a softmax regression learns: so many rounds, each with a rate that is smaller
// by decay than the round's before.
type Schedule struct {
	Rounds      int
	Rate, Decay float32
}

// Regression fits all classes of one head together. It starts where start is, or from the classes'
// shares if that is nil.
func (c *Corpus) Regression(labels []int, classes int, start *Head, schedule Schedule) *Head {
	r := regression{classes: classes, weights: make([]float32, c.features*classes), bias: make([]float32, classes), errors: make([]float32, classes)}
	if start != nil {
		r.startFrom(start)
	} else {
		r.startAtShares(labels)
	}
	rate := schedule.Rate
	for round := range schedule.Rounds {
		for _, i := range c.taught(round, labels) {
			r.step(c.vectors[i], labels[i], rate)
		}
		rate *= schedule.Decay
	}
	return r.head(c.features)
}

// regression is the state of one fit; weights are feature-major.
type regression struct {
	classes int
	weights []float32
	bias    []float32
	errors  []float32
}

func (r *regression) startFrom(h *Head) {
	copy(r.bias, h.bias)
	for class, column := range h.columns {
		for _, f := range column {
			r.weights[int(f.Index)*r.classes+class] = f.Value
		}
	}
}

// startAtShares sets the biases so that a document without features gets the classes' shares.
func (r *regression) startAtShares(labels []int) {
	counts, total := make([]float64, r.classes), 0
	for _, class := range labels {
		if class != Unused {
			counts[class]++
			total++
		}
	}
	for class, n := range counts {
		r.bias[class] = float32(math.Log((n + 1) / float64(total+r.classes)))
	}
}

// step moves the weights against the error on one document.
func (r *regression) step(vector []Feature, class int, rate float32) {
	copy(r.errors, r.bias)
	for _, f := range vector {
		for k, w := range r.weights[int(f.Index)*r.classes:][:r.classes] {
			r.errors[k] += w * f.Value
		}
	}
	Softmax(r.errors)
	if r.errors[class] > settled {
		return
	}
	r.errors[class]--
	least := negligible / float32(r.classes)
	for k, e := range r.errors {
		if e > -least && e < least {
			e = 0
		}
		r.errors[k] = -rate * e
		r.bias[k] += priorWeight * r.errors[k]
	}
	for _, f := range vector {
		row := r.weights[int(f.Index)*r.classes:][:r.classes]
		for k, e := range r.errors {
			row[k] += e * f.Value
		}
	}
}

func (r *regression) head(features int) *Head {
	h := &Head{columns: make([][]Feature, r.classes), bias: r.bias}
	column := make([]float32, features)
	for class := range h.columns {
		for i := range column {
			column[i] = r.weights[i*r.classes+class]
		}
		h.columns[class] = sparse(column, 0)
	}
	return h
}
