package understand

import (
	"slices"

	"passdesk/internal/dialogue"
	"passdesk/internal/surface"
)

// Impression is what a reader has scored of a message before it decides anything. It lets the same
// message be decided under many settings without being scored again.
type Impression struct {
	whole    string // the whole message, normalised
	gist     string // what it says itself
	scores   []float32
	coverage float32
}

// Impress scores a message.
func (r *Reader) Impress(text string) Impression {
	whole := surface.Normalise(text)
	normal := r.rules.Gist(text, whole)
	s := r.scratch.Get().(*scratch)
	defer r.scratch.Put(s)
	r.rawScores(s, normal)
	return Impression{whole, normal, slices.Clone(s.outputs), s.coverage}
}

// Decide is Read for a message that has been scored by this reader, under other settings.
func (r *Reader) Decide(i Impression, settings Settings, expects dialogue.Expectation) dialogue.Reading {
	in := dialogue.Reading{Language: r.detect(i.whole, expects)}
	if f, ok := r.picked(i.gist, expects); ok {
		in.Facts = []dialogue.Heard{{Fact: f, Confidence: 1}}
		return in
	}
	set, s := r.under(settings, i)
	set.decide(&in, s, i.gist, expects)
	return in
}

// under returns the reader with other settings, and a message's probabilities as they are then.
func (r *Reader) under(settings Settings, i Impression) (*Reader, *scratch) {
	set := *r
	set.settings = settings
	s := &scratch{outputs: slices.Clone(i.scores), coverage: i.coverage}
	set.probabilities(s)
	return &set, s
}

// Belief is how probable the reader holds one value of a fact to be; Value is "" for the fact not
// being mentioned.
type Belief struct {
	Slot, Value string
	Probability float64
}

// Beliefs returns the most probable value of every fact, and of the replies to what is asked.
func (r *Reader) Beliefs(i Impression, settings Settings, asked string) []Belief {
	_, s := r.under(settings, i)
	parts := r.layout.slots
	if at, ok := r.layout.replies[asked]; ok {
		parts = r.layout.inReply[at : at+1]
	}
	var beliefs []Belief
	for _, p := range parts {
		class, confidence := s.best(p)
		b := Belief{Slot: p.name, Probability: float64(confidence)}
		if class > 0 {
			b.Value = p.values[class-1]
		}
		beliefs = append(beliefs, b)
	}
	return beliefs
}
