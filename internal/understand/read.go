package understand

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
)

// MaxMessage is the longest message, in bytes, that is read; a longer one is no question but a
// pasted log or an attack.
const MaxMessage = 16 << 10

// Confidence a value must reach before its fact is taken as established, and an act as meant.
// They were chosen on cross-validated examples, a wrong outcome costing as much as eight
// questions (docs/performance.md).
const (
	factConfidence     = 0.70
	replyConfidence    = 0.50
	overturnConfidence = 0.85 // of a fact that contradicts what is known
	detailConfidence   = 0.45 // of a fact that is never asked, where guidance is given without it
	actConfidence      = 0.55
	scopeConfidence    = 0.70
)

// enoughGrams is how many known grams a message needs before it may be called out of scope: of
// a word or two that no example has, nothing can be said.
const enoughGrams = 24

// scratch is what one Read needs; it is reused.
type scratch struct {
	extractor     extractor
	vector        []feature
	probabilities []float32 // as many as the largest head has classes
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
// first: it outranks an act that closes or leaves the topic.
func (r *Reader) facts(in *dialogue.Reading, s *scratch, expects dialogue.Expectation) {
	replied := r.reply(in, s, expects)
	var details []dialogue.Heard
	for _, reader := range r.slots {
		if reader.slot == expects.Asked {
			continue
		}
		reply, asked := r.replies[reader.slot]
		class, p := s.best(reader)
		if asked {
			inContext, q := s.best(reply)
			if isShown(expects, reader.slot) {
				class, p = inContext, q // its buttons are under the guidance just given
			} else if inContext == class {
				p = (p + q) / 2
			}
		}
		if class == 0 {
			continue
		}
		f := guide.Fact{Slot: reader.slot, Value: reader.values[class-1]}
		heard := dialogue.Heard{Fact: f, Confidence: float64(p)}
		detail := !asked && !replied && !r.guide.Contradicts(expects.Known, f)
		switch {
		case p >= r.required(f, expects):
			in.Facts = append(in.Facts, heard)
		case p >= detailConfidence && detail:
			details = append(details, heard)
		}
	}
	r.details(in, details, expects)
	if replied && (in.Act == dialogue.OutOfScope || in.Act == dialogue.Thanks || in.Act == dialogue.Greeting) {
		in.Act = dialogue.NoAct
	}
}

// required is the confidence that a fact needs: little if it is a button the customer has before
// them, much if it overturns what is known.
func (r *Reader) required(f guide.Fact, expects dialogue.Expectation) float32 {
	switch {
	case slices.Contains(expects.Shown, f):
		return replyConfidence
	case r.guide.Contradicts(expects.Known, f):
		return overturnConfidence
	default:
		return factConfidence
	}
}

func isShown(expects dialogue.Expectation, slot string) bool {
	return expects.Asked == "" && slices.ContainsFunc(expects.Shown, func(f guide.Fact) bool { return f.Slot == slot })
}

// details adds facts that are never asked, so have only this chance to be heard. Where the desk
// would ask anyway they must be as certain as any other; where it is about to give guidance, the
// likelier guidance is the better one.
func (r *Reader) details(in *dialogue.Reading, details []dialogue.Heard, expects dialogue.Expectation) {
	if len(details) == 0 {
		return
	}
	known := maps.Clone(expects.Known)
	if known == nil {
		known = guide.Known{}
	}
	for _, h := range in.Facts {
		for _, f := range r.guide.Closure(h.Fact) {
			known[f.Slot] = f.Value
		}
	}
	if r.guide.Walk(known).Answer != "" {
		in.Facts = append(in.Facts, details...)
	}
}

// reply reads the message as an answer to the pending question: by what such words mean there, or
// if that is not clear, by what they mean anywhere.
func (r *Reader) reply(in *dialogue.Reading, s *scratch, expects dialogue.Expectation) bool {
	reader, asked := r.replies[expects.Asked]
	if !asked {
		return false
	}
	class, p := s.best(reader)
	if class == 0 || p < replyConfidence {
		if class, p = s.best(r.general(expects.Asked)); class == 0 || p < factConfidence {
			return false
		}
	}
	f := guide.Fact{Slot: reader.slot, Value: reader.values[class-1]}
	in.Facts = append(in.Facts, dialogue.Heard{Fact: f, Confidence: float64(p)})
	return true
}

// general returns the head that reads a slot in any context.
func (r *Reader) general(slot string) slotReader {
	return r.slots[slices.IndexFunc(r.slots, func(s slotReader) bool { return s.slot == slot })]
}
