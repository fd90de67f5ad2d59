package understand

import (
	"strings"
	"unicode"

	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
)

// MaxMessage is the longest message, in bytes, that is read; a longer one is no question but a
// pasted log or an attack.
const MaxMessage = 16 << 10

// Confidence a value must reach before its fact is taken as established, and an act as meant.
// They were chosen on cross-validated examples (docs/performance.md). A fact that the desk can
// ask for is taken only when it is clear, since asking is cheap and a wrong answer is not. A fact
// that is never asked has only this chance to be heard, so it is taken when it is likelier than
// not having been said.
const (
	askedConfidence       = 0.60
	volunteeredConfidence = 0.45
	replyConfidence       = 0.55
	actConfidence         = 0.55
	scopeConfidence       = 0.55
	asideConfidence       = 0.75 // beside a reply to the question, or against what is known
)

// enoughGrams is how many known grams a message needs before it may be called out of scope: of
// a word or two that no example has, nothing can be said.
const enoughGrams = 24

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
	if !strings.ContainsFunc(normal, unicode.IsLetter) && strings.ContainsFunc(normal, unicode.IsDigit) {
		return in // a number that is not on offer; there is nothing in it to understand
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
	if class == 0 || p < actConfidence {
		return
	}
	act := dialogue.Act(r.acts.values[class-1])
	switch act {
	case dialogue.OutOfScope:
		if p < scopeConfidence || len(s.vector) < enoughGrams {
			return
		}
	case dialogue.Language:
		in.Language = r.languageAsked(normal, in.Language, expects.Language)
	}
	in.Act = act
}

// facts takes every value that is certain enough. A clear reply to the pending question comes
// first: it outranks an act that closes or leaves the topic, and whatever else the same words
// might mean must then be clearer, as must anything that overturns what is known.
func (r *Reader) facts(in *dialogue.Reading, s *scratch, expects dialogue.Expectation) {
	replied := r.reply(in, s, expects)
	for _, reader := range r.slots {
		if reader.slot == expects.Asked {
			continue
		}
		limit := float32(askedConfidence)
		if _, asked := r.replies[reader.slot]; !asked {
			limit = volunteeredConfidence
		}
		class, p := s.best(reader)
		if class == 0 {
			continue
		}
		f := guide.Fact{Slot: reader.slot, Value: reader.values[class-1]}
		if replied || r.guide.Contradicts(expects.Known, f) {
			limit = asideConfidence
		}
		if p >= limit {
			in.Facts = append(in.Facts, dialogue.Heard{Fact: f, Confidence: float64(p)})
		}
	}
	if replied && (in.Act == dialogue.OutOfScope || in.Act == dialogue.Thanks || in.Act == dialogue.Greeting) {
		in.Act = dialogue.NoAct
	}
}

// reply reads the message as an answer to the pending question.
func (r *Reader) reply(in *dialogue.Reading, s *scratch, expects dialogue.Expectation) bool {
	reader, asked := r.replies[expects.Asked]
	if !asked {
		return false
	}
	class, p := s.best(reader)
	if class == 0 || p < replyConfidence {
		return false
	}
	f := guide.Fact{Slot: reader.slot, Value: reader.values[class-1]}
	in.Facts = append(in.Facts, dialogue.Heard{Fact: f, Confidence: float64(p)})
	return true
}
