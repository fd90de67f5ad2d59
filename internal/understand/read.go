package understand

import (
	"strings"

	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
)

// MaxMessage is the longest message, in bytes, that is read; a longer one is no question but a
// pasted log or an attack.
const MaxMessage = 16 << 10

// Confidence a value must reach before its fact is taken as established, and an act as meant.
// A wrong fact costs the customer far more than one more question, so these are high; they were
// chosen on cross-validated examples (docs/performance.md).
const (
	factConfidence  = .6
	replyConfidence = .6
	actConfidence   = .4
	scopeConfidence = .5
)

// scratch is what one Read needs; it is reused.
type scratch struct {
	extractor     extractor
	vector        []feature
	probabilities [16]float32
}

// Read says what a message establishes, given what it probably replies to.
func (r *Reader) Read(text string, expects dialogue.Expectation) dialogue.Reading {
	if len(text) > MaxMessage {
		return dialogue.Reading{Act: dialogue.TooLong}
	}
	normal := normalise(text)
	if normal == "" {
		return dialogue.Reading{Act: dialogue.Empty}
	}
	in := dialogue.Reading{Language: r.detect(normal, expects)}
	if f, ok := r.picked(normal, expects); ok {
		in.Facts = []dialogue.Heard{{Fact: f, Confidence: 1}}
		return in
	}
	s := r.scratch.Get().(*scratch)
	defer r.scratch.Put(s)
	s.vector = r.vocabulary.vector(s.vector, s.extractor.extract(normal))
	r.act(&in, s, normal, expects)
	r.facts(&in, s, expects)
	if in.Act == dialogue.OutOfScope {
		in.Facts = nil
	}
	return in
}

// picked recognises a reply that is one of the choices shown: its number, its label or one of
// its synonyms.
func (r *Reader) picked(normal string, expects dialogue.Expectation) (guide.Fact, bool) {
	if n := r.words.choice(normal, len(expects.Shown)); n > 0 {
		return expects.Shown[n-1], true
	}
	bare := strings.Trim(normal, " .,!?。、！？")
	if value, ok := r.exact[expects.Asked][bare]; ok {
		return guide.Fact{Slot: expects.Asked, Value: value}, true
	}
	for _, f := range expects.Shown {
		if r.exact[f.Slot][bare] == f.Value {
			return f, true
		}
	}
	return guide.Fact{}, false
}

// best returns the most probable class of a head and its probability.
func (s *scratch) best(reader slotReader) (class int, p float32) {
	all := s.probabilities[:len(reader.values)+1]
	reader.head.probabilities(all, s.vector)
	for c, x := range all {
		if x > p {
			class, p = c, x
		}
	}
	return class, p
}

// act decides what the message does beside stating facts.
func (r *Reader) act(in *dialogue.Reading, s *scratch, normal string, expects dialogue.Expectation) {
	class, p := s.best(r.acts)
	if class == 0 {
		return
	}
	act := dialogue.Act(r.acts.values[class-1])
	limit := float32(actConfidence)
	if act == dialogue.OutOfScope {
		limit = scopeConfidence
	}
	if p < limit {
		return
	}
	in.Act = act
	if act == dialogue.Language {
		in.Language = r.languageAsked(normal, in.Language, expects.Language)
	}
}

// facts takes every value that is certain enough.
func (r *Reader) facts(in *dialogue.Reading, s *scratch, expects dialogue.Expectation) {
	for _, reader := range r.slots {
		limit := float32(factConfidence)
		if reply, ok := r.replies[reader.slot]; ok && reader.slot == expects.Asked {
			reader, limit = reply, replyConfidence
		}
		if class, p := s.best(reader); class > 0 && p >= limit {
			f := guide.Fact{Slot: reader.slot, Value: reader.values[class-1]}
			in.Facts = append(in.Facts, dialogue.Heard{Fact: f, Confidence: float64(p)})
		}
	}
}
