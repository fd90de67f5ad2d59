package understand

import (
	"cmp"
	"math"
	"slices"

	"passdesk/internal/classify"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/surface"
)

// Explanation is why a message was read as it was.
type Explanation struct {
	Coverage float64     // share of the message's features that examples have, 0 to 1
	Values   []Evidence  // likeliest first
	Nearest  []Neighbour // examples most like the message, most alike first
}

// Evidence is what spoke for one value of a fact, or for an act (whose Slot is "act").
type Evidence struct {
	Belief
	Needed float64 // probability from which on it is taken
	For    []Spoken
}

// Spoken is a feature that spoke for a value: its name, and the log-odds that it added.
type Spoken struct {
	Name   string
	Weight float64
}

// Neighbour is an example and the cosine of its vector with the message's.
type Neighbour struct {
	Example
	Similarity float64
}

// How much an explanation holds.
const (
	mostSpoken     = 8
	mostNearest    = 3
	leastExplained = .05
)

// Explain says why Read reads a message as it does, and which of the examples are like it.
func (r *Reader) Explain(text string, expects dialogue.Expectation, examples []Example) Explanation {
	normal := r.rules.Gist(text, surface.Normalise(text))
	s := r.scratch.Get().(*scratch)
	defer r.scratch.Put(s)
	r.score(s, normal)
	x := Explanation{Coverage: float64(s.coverage)}
	byIndex := map[int32]string{}
	for g, name := range s.extractor.Explained(normal) {
		byIndex[r.model.vocabulary.Index(g)] = name
	}
	for _, p := range append(slices.Clone(r.layout.slots), r.layout.acts) {
		if at, asked := r.layout.replies[p.name]; asked && p.name == expects.Asked {
			p = r.layout.inReply[at]
		}
		for c, probability := range s.of(p)[1:] {
			if probability < leastExplained {
				continue
			}
			x.Values = append(x.Values, Evidence{
				Belief: Belief{p.name, p.values[c], float64(probability)}, Needed: float64(r.needed(p, p.values[c], expects)),
				For: r.spoken(s.vector, p, c+1, byIndex),
			})
		}
	}
	x.Nearest = r.nearest(s.vector, examples)
	slices.SortStableFunc(x.Values, func(a, b Evidence) int { return cmp.Compare(b.Probability, a.Probability) })
	return x
}

// needed is the probability from which on a value is taken.
func (r *Reader) needed(p part, value string, expects dialogue.Expectation) float32 {
	switch {
	case p.name == r.layout.acts.name && value == string(dialogue.OutOfScope):
		return max(r.settings.Bands.Act, r.settings.Bands.Scope)
	case p.name == r.layout.acts.name:
		return r.settings.Bands.Act
	case p.name == expects.Asked:
		return r.settings.Bands.Reply
	default:
		return r.required(guide.Fact{Slot: p.name, Value: value}, expects)
	}
}

// spoken lists the features that spoke loudest for an output.
func (r *Reader) spoken(vector []classify.Feature, p part, class int, names map[int32]string) []Spoken {
	scale := r.settings.Scale
	if p.first > r.layout.acts.first {
		scale = r.settings.ReplyScale
	}
	var all []Spoken
	for _, f := range vector {
		if w := r.model.bank.Weight(f.Index, p.first+class) * f.Value * scale; w > 0 {
			all = append(all, Spoken{names[f.Index], float64(w)})
		}
	}
	slices.SortStableFunc(all, func(a, b Spoken) int { return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Name, b.Name)) })
	return all[:min(len(all), mostSpoken)]
}

// nearest compares the message with every example.
func (r *Reader) nearest(vector []classify.Feature, examples []Example) []Neighbour {
	value := map[int32]float32{}
	var square float32
	for _, f := range vector {
		value[f.Index] = f.Value
		square += f.Value * f.Value
	}
	all := make([]Neighbour, len(examples))
	classify.Share(len(examples), 256, func(i int) {
		s := r.scratch.Get().(*scratch)
		defer r.scratch.Put(s)
		s.vector = r.model.vocabulary.Vector(s.vector, s.extractor.Grams(r.gist(examples[i])))
		var dot, own float32
		for _, f := range s.vector {
			dot += f.Value * value[f.Index]
			own += f.Value * f.Value
		}
		all[i] = Neighbour{Example: examples[i]}
		if own > 0 && square > 0 {
			all[i].Similarity = float64(dot) / math.Sqrt(float64(own)*float64(square))
		}
	})
	slices.SortStableFunc(all, func(a, b Neighbour) int { return cmp.Compare(b.Similarity, a.Similarity) })
	return all[:min(len(all), mostNearest)]
}
