package understand

import (
	"cmp"
	"math"
	"slices"
	"sync"
)

// head is one question put to every message: which class it belongs to. Class 0 is "not
// mentioned". A head is a softmax regression over the shared features.
type head struct {
	classes int
	weights []float32 // feature-major: weights[feature*classes+class]
	bias    []float32
}

// lessons is what heads are fitted to: the vectors of all examples, and the order in which each
// round goes through them. The order comes from the texts themselves, so that adding an example
// does not shuffle all others: authors must not see a reading change that they did not touch.
type lessons struct {
	vectors [][]feature
	keys    []uint64
	rounds  [][]int32
}

// unused is the class of an example that a head does not learn from.
const unused = -1

func newLessons(examples []Example) *lessons {
	l := &lessons{keys: make([]uint64, len(examples)), rounds: make([][]int32, epochs)}
	for i, e := range examples {
		l.keys[i] = hashString(e.Asked+" "+e.Text) * fnvPrime
	}
	share(epochs, 1, func(round int) {
		order := make([]int32, len(examples))
		for i := range order {
			order[i] = int32(i)
		}
		turn := uint64(2*round+1) * trainingSeed
		slices.SortFunc(order, func(a, b int32) int {
			return cmp.Or(cmp.Compare(l.keys[a]*turn, l.keys[b]*turn), cmp.Compare(a, b))
		})
		l.rounds[round] = order
	})
	return l
}

// Training settings. The rates were chosen by cross-validation on our own examples
// (docs/performance.md). Nothing is random: the same content gives the same model.
const (
	epochs       = 6
	firstRate    = 1.7
	decay        = .72
	smoothing    = 0.02 // gradient below which a class is left alone
	settled      = .95  // probability of the right class at which a sample is left alone
	rest         = 3    // epochs that a settled sample is passed over
	stagger      = 8    // messages without the fact come in turn, an eighth of them from each epoch on
	trainingSeed = 20261122
)

// newHead returns a head that gives every message the classes' shares among the examples.
func newHead(features, classes int, labels []int) *head {
	h := &head{classes: classes, weights: make([]float32, features*classes), bias: make([]float32, classes)}
	h.startAtPriors(labels)
	return h
}

func (h *head) clone() *head {
	return &head{classes: h.classes, weights: slices.Clone(h.weights), bias: slices.Clone(h.bias)}
}

// fit moves the weights towards the examples' classes by stochastic gradient descent.
func (h *head) fit(l *lessons, labels []int) {
	p := make([]float32, h.classes)
	resting := make([]int8, len(labels)) // rounds for which an example needs no look
	for i, class := range labels {
		if class == 0 {
			resting[i] = int8(l.keys[i] >> 32 % stagger)
		}
	}
	rate := float32(firstRate)
	for _, order := range l.rounds {
		for _, i := range order {
			switch {
			case labels[i] == unused || len(l.vectors[i]) == 0:
			case resting[i] > 0:
				resting[i]--
			case h.step(p, l.vectors[i], labels[i], rate):
				resting[i] = rest
			}
		}
		rate *= decay
	}
}

// startAtPriors sets the biases so that a message without features gets the classes' shares.
func (h *head) startAtPriors(labels []int) {
	counts, total := make([]float64, h.classes), 0
	for _, class := range labels {
		if class != unused {
			counts[class]++
			total++
		}
	}
	for c, n := range counts {
		h.bias[c] = float32(math.Log((n + 1) / float64(total+h.classes)))
	}
}

// step moves the weights against the error on one sample, and reports whether there was hardly
// any.
func (h *head) step(p []float32, vector []feature, class int, rate float32) (learnt bool) {
	h.probabilities(p, vector)
	if p[class] > settled {
		return true
	}
	p[class]--
	for c, gradient := range p {
		if gradient > -smoothing && gradient < smoothing {
			continue
		}
		delta := -rate * gradient
		h.bias[c] += delta * 0.1
		for _, f := range vector {
			h.weights[int(f.index)*h.classes+c] += delta * f.value
		}
	}
	return false
}

// probabilities fills p with the softmax over the classes.
func (h *head) probabilities(p []float32, vector []feature) {
	copy(p, h.bias)
	for _, f := range vector {
		row := h.weights[int(f.index)*h.classes:][:h.classes:h.classes]
		for c, w := range row {
			p[c] += w * f.value
		}
	}
	top := p[0]
	for _, x := range p[1:] {
		top = max(top, x)
	}
	var sum float32
	for c, x := range p {
		p[c] = float32(math.Exp(float64(x - top)))
		sum += p[c]
	}
	for c := range p {
		p[c] /= sum
	}
}

// sideBySide does independent jobs on all cores.
func sideBySide(jobs []func()) {
	var group sync.WaitGroup
	for _, job := range jobs {
		group.Go(job)
	}
	group.Wait()
}
