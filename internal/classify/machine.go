package classify

// A support vector machine per class: L2-regularised, squared hinge loss, fitted by dual
// coordinate descent (Hsieh et al., ICML 2008), which needs no learning rate.
const (
	softness = 1.0 // C of the literature: how much a document on the wrong side costs
	enough   = .05 // largest violation at which a class is finished
	stagger  = 3   // documents of other classes come in turn, a third of them from each round on
	rest     = 2   // rounds that a document far on the right side is left alone; each time so many more

	// Few documents need more rounds than many: as many as make this many looks, within limits.
	work         = 60_000
	fewestRounds = rounds
	mostRounds   = 30
)

// Machines fits one class against the rest for each class. Labels are by document, from 0 to
// classes-1 or Unused.
func (c *Corpus) Machines(labels []int, classes int) *Head {
	h := &Head{columns: make([][]Feature, classes), bias: make([]float32, classes)}
	var orders [rounds][]int32
	for round := range orders {
		orders[round] = c.taught(round, labels)
	}
	var rivals *rivalry
	if classes*len(orders[0]) > manyLooks {
		rivals = c.rivalry(labels, classes)
	}
	most := max(fewestRounds, min(mostRounds, work/(1+len(orders[0]))))
	Share(classes, 1, func(class int) {
		m, orders := c.machine(labels, class), orders
		if rivals != nil {
			looked := rivals.of(class)
			for round := range orders {
				orders[round] = looked
			}
		}
		for round := range most {
			if m.round(c, orders[round%rounds], labels, class) < enough && round >= stagger {
				break
			}
		}
		h.columns[class], h.bias[class] = m.column(), m.bias
	})
	return h
}

func (c *Corpus) machine(labels []int, class int) machine {
	n := len(labels)
	m := machine{weights: make([]float32, c.features), alpha: make([]float32, n), passes: make([]int8, n), resting: make([]int8, n)}
	for i, label := range labels {
		if label != class {
			m.resting[i] = int8(c.keys[i] >> 40 % stagger)
		}
	}
	return m
}

// machine is the state of one fit.
type machine struct {
	weights []float32
	bias    float32
	alpha   []float32 // by document: its dual variable
	passes  []int8    // by document: how often it was far on the right side
	resting []int8    // by document: rounds for which it is not looked at
}

// round goes once through the documents and returns the largest violation.
func (m *machine) round(c *Corpus, order []int32, labels []int, class int) (worst float32) {
	for _, i := range order {
		if m.resting[i] > 0 {
			m.resting[i]--
			continue
		}
		side := float32(-1)
		if labels[i] == class {
			side = 1
		}
		vector := c.vectors[i]
		margin := m.bias
		for _, f := range vector {
			margin += m.weights[f.Index] * f.Value
		}
		gradient := side*margin - 1 + m.alpha[i]/(2*softness)
		if m.alpha[i] == 0 && gradient > 0 {
			m.passes[i]++
			m.resting[i] = m.passes[i] * rest
			continue
		}
		worst = max(worst, gradient, -gradient)
		before := m.alpha[i]
		m.alpha[i] = max(before-gradient/(c.squares[i]+1+1/(2*softness)), 0)
		step := (m.alpha[i] - before) * side
		m.bias += step
		for _, f := range vector {
			m.weights[f.Index] += step * f.Value
		}
	}
	return worst
}

// column returns the weights that a Bank keeps.
func (m *machine) column() []Feature {
	var largest float32
	for _, w := range m.weights {
		largest = max(largest, w, -w)
	}
	return sparse(m.weights, (leastWeight-.6)*largest/steps)
}
