package understand

import (
	"cmp"
	"slices"

	"passdesk/internal/classify"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/surface"
)

// scratch is what one Read needs; it is reused.
type scratch struct {
	extractor *surface.Extractor
	vector    []classify.Feature
	outputs   []float32 // probabilities, head by head as the layout has them
	coverage  float32   // share of the message's grams that examples have
}

// score fills the scratch space with the probability of every class of every head.
func (r *Reader) score(s *scratch, normal string) {
	r.rawScores(s, normal)
	r.probabilities(s)
}

// rawScores fills the scratch space with the score of every class of every head.
func (r *Reader) rawScores(s *scratch, normal string) {
	grams := s.extractor.Grams(normal)
	m := r.model
	s.vector = m.vocabulary.Vector(s.vector, grams)
	s.coverage = float32(len(s.vector)) / float32(max(1, len(grams)))
	if s.outputs == nil {
		s.outputs = make([]float32, m.bank.Outputs())
	}
	m.bank.Scores(s.outputs, s.vector)
}

// probabilities turns the scores in the scratch space into probabilities.
func (r *Reader) probabilities(s *scratch) {
	outcome := s.outputs[r.layout.outcomes:]
	s.scale(s.outputs[:r.layout.acts.first+r.layout.acts.classes()], r.settings.Scale)
	s.scale(outcome, r.settings.Scale)
	classify.Softmax(outcome)
	classify.Softmax(s.of(r.layout.acts))
	for _, p := range r.layout.slots {
		classify.Softmax(s.of(p))
		r.model.outcomes.mix(s.of(p), p.first, outcome)
	}
	for _, p := range r.layout.inReply {
		s.scale(s.of(p), r.settings.ReplyScale)
		classify.Softmax(s.of(p))
	}
}

// scale makes log-odds of the machines' margins.
func (s *scratch) scale(margins []float32, scale float32) {
	for i := range margins {
		margins[i] *= scale
	}
}

// of returns the probabilities of one head's classes.
func (s *scratch) of(p part) []float32 { return s.outputs[p.first:][:p.classes()] }

// best returns the most probable class of a head and its probability.
func (s *scratch) best(p part) (class int, confidence float32) {
	for c, x := range s.of(p) {
		if x > confidence {
			class, confidence = c, x
		}
	}
	return class, confidence
}

// rivalled reports whether another value is so probable that the customer may as well mean that:
// to mistake one value for another is worse than to hear what was only hinted at.
func (r *Reader) rivalled(s *scratch, p part, class int) bool {
	for c, x := range s.of(p)[1:] {
		if c+1 != class && x > r.settings.Bands.Rival {
			return true
		}
	}
	return false
}

// mostLikely is how many values a narrowed question offers at most.
const mostLikely = 3

// leastLikely is the probability below which a value is not worth offering.
const leastLikely = .1

// likely says, for each question that the message leaves open, which two or three of its values
// it nearly certainly means.
func (r *Reader) likely(in *dialogue.Reading, s *scratch, expects dialogue.Expectation) {
	for _, reply := range r.layout.inReply {
		p := reply
		if p.name != expects.Asked {
			p = r.layout.slot(p.name)
		}
		if slices.ContainsFunc(in.Facts, func(h dialogue.Heard) bool { return h.Slot == p.name }) {
			continue
		}
		in.Likely = append(in.Likely, r.candidates(s.of(p), p)...)
	}
}

func (r *Reader) candidates(classes []float32, p part) []dialogue.Heard {
	var found []dialogue.Heard
	for c, x := range classes[1:] {
		if x >= leastLikely {
			found = append(found, dialogue.Heard{Fact: guide.Fact{Slot: p.name, Value: p.values[c]}, Confidence: float64(x)})
		}
	}
	slices.SortStableFunc(found, func(a, b dialogue.Heard) int { return cmp.Compare(b.Confidence, a.Confidence) })
	sum := 0.0
	for i, h := range found[:min(len(found), mostLikely)] {
		if sum += h.Confidence; i > 0 && sum >= float64(r.settings.Bands.Narrow) {
			return found[:i+1]
		}
	}
	return nil
}
