package understand

import (
	"math"
	"math/rand/v2"
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
	epochs       = 7
	firstRate    = 1.2
	decay        = 0.6
	smoothing    = 0.02 // gradient below which a class is left alone
	trainingSeed = 20261122
)

// train fits a head by stochastic gradient descent.
func train(features, classes int, samples []sample) *head {
	h := &head{classes: classes, weights: make([]float32, features*classes), bias: make([]float32, classes)}
	random := rand.New(rand.NewPCG(trainingSeed, uint64(classes)))
	order := random.Perm(len(samples))
	p := make([]float32, classes)
	rate := float32(firstRate)
	for range epochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			h.step(p, samples[i], rate)
		}
		rate *= decay
	}
	return h
}

// step moves the weights against the error on one sample.
func (h *head) step(p []float32, s sample, rate float32) {
	h.probabilities(p, s.vector)
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

// trainAll fits several heads side by side; each is deterministic on its own.
func trainAll(jobs []func()) {
	var group sync.WaitGroup
	for _, job := range jobs {
		group.Go(job)
	}
	group.Wait()
}
