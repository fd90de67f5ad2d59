package understand

import (
	"math"
	"math/rand/v2"
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

// sample is a vector with its class for one head.
type sample struct {
	vector []feature
	class  int
}

// Training settings. The rates were chosen by cross-validation on our own examples
// (docs/performance.md); the seed is fixed, so the same content gives the same model.
const (
	epochs       = 6
	replyEpochs  = 6 // on top of what the same fact's head has learnt
	firstRate    = 1.7
	decay        = .72
	smoothing    = 0.02 // gradient below which a class is left alone
	settled      = .95  // probability of the right class at which a sample is left alone
	rest         = 3    // epochs that a settled sample is passed over
	stagger      = 8    // messages without the fact come in turn, an eighth of them from each epoch on
	trainingSeed = 20261122
)

// newHead returns a head that gives every message the classes' shares among the samples.
func newHead(features, classes int, samples []sample) *head {
	h := &head{classes: classes, weights: make([]float32, features*classes), bias: make([]float32, classes)}
	h.startAtPriors(samples)
	return h
}

func (h *head) clone() *head {
	return &head{classes: h.classes, weights: slices.Clone(h.weights), bias: slices.Clone(h.bias)}
}

// fit moves the weights towards the samples by stochastic gradient descent.
func (h *head) fit(samples []sample, epochs int) {
	random := rand.New(rand.NewPCG(trainingSeed, uint64(h.classes)))
	order := random.Perm(len(samples))
	p := make([]float32, h.classes)
	resting := make([]int8, len(samples)) // epochs for which a sample needs no look
	for i, s := range samples {
		if s.class == 0 {
			resting[i] = int8(i % stagger)
		}
	}
	rate := float32(firstRate)
	for range epochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			if resting[i] > 0 {
				resting[i]--
			} else if h.step(p, samples[i], rate) {
				resting[i] = rest
			}
		}
		rate *= decay
	}
}

// startAtPriors sets the biases so that a message without features gets the classes' shares.
func (h *head) startAtPriors(samples []sample) {
	counts := make([]float64, h.classes)
	for _, s := range samples {
		counts[s.class]++
	}
	for c, n := range counts {
		h.bias[c] = float32(math.Log((n + 1) / float64(len(samples)+h.classes)))
	}
}

// step moves the weights against the error on one sample, and reports whether there was hardly
// any.
func (h *head) step(p []float32, s sample, rate float32) (learnt bool) {
	h.probabilities(p, s.vector)
	if p[s.class] > settled {
		return true
	}
	p[s.class]--
	for c, gradient := range p {
		if gradient > -smoothing && gradient < smoothing {
			continue
		}
		delta := -rate * gradient
		h.bias[c] += delta * 0.1
		for _, f := range s.vector {
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
