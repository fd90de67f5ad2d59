package understand

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/surface"
)

// MaxMessage is the longest message, in bytes, that is read; a longer one is no question but a
// pasted log or an attack.
const MaxMessage = 16 << 10

// Read says what a message establishes, given what it probably replies to.
func (r *Reader) Read(text string, expects dialogue.Expectation) dialogue.Reading {
	if len(text) > MaxMessage {
		return dialogue.Reading{Act: dialogue.TooLong}
	}
	normal := surface.Normalise(text)
	switch {
	case normal == "":
		return dialogue.Reading{Act: dialogue.Empty}
	case len(normal) > MaxMessage: // one character may become eighteen
		return dialogue.Reading{Act: dialogue.TooLong}
	}
	in := dialogue.Reading{Language: r.detect(normal, expects)}
	normal = r.rules.Gist(text, normal)
	if f, ok := r.picked(normal, expects); ok {
		in.Facts = []dialogue.Heard{{Fact: f, Confidence: 1}}
		return in
	}
	if !strings.ContainsFunc(normal, unicode.IsLetter) && strings.ContainsFunc(normal, unicode.IsDigit) {
		return in // a number that is not on offer; there is nothing in it to understand
	}
	s := r.scratch.Get().(*scratch)
	defer r.scratch.Put(s)
	r.score(s, normal)
	r.decide(&in, s, normal, expects)
	return in
}

// decide takes what the probabilities in the scratch space are certain enough of.
func (r *Reader) decide(in *dialogue.Reading, s *scratch, normal string, expects dialogue.Expectation) {
	r.act(in, s, normal, expects)
	r.facts(in, s, expects)
	if in.Act == dialogue.OutOfScope {
		in.Facts, in.Likely = nil, nil
	}
}

// bare is a normalised reply without what people put around it.
func bare(normal string) string { return strings.Trim(normal, " .,!?。、！？") }

// picked recognises a reply that is one of the choices shown: its number, its label or one of
// its synonyms.
func (r *Reader) picked(normal string, expects dialogue.Expectation) (guide.Fact, bool) {
	if n := r.rules.Choice(normal, len(expects.Shown)); n > 0 {
		return expects.Shown[n-1], true
	}
	words := bare(normal)
	if value, ok := r.exact[expects.Asked][words]; ok {
		return guide.Fact{Slot: expects.Asked, Value: value}, true
	}
	for _, f := range expects.Shown {
		if r.exact[f.Slot][words] == f.Value {
			return f, true
		}
	}
	return guide.Fact{}, false
}

// act decides what the message does beside stating facts.
func (r *Reader) act(in *dialogue.Reading, s *scratch, normal string, expects dialogue.Expectation) {
	class, p := s.best(r.layout.acts)
	if class == 0 || p < r.settings.Bands.Act {
		return
	}
	act := dialogue.Act(r.layout.acts.values[class-1])
	switch act {
	case dialogue.OutOfScope:
		// Of what the examples hardly know nothing can be said, not even that it is something else.
		if p*s.coverage < r.scope(expects) {
			return
		}
	case dialogue.Language:
		in.Language = r.languageAsked(normal, in.Language, expects.Language)
	}
	in.Act = act
}

// scope is how sure the reader must be that a message is out of scope. Who was just asked something
// seldom talks of something else, far more seldom than the examples, which are first messages, make
// it look: then it takes half of what is missing to certainty more.
func (r *Reader) scope(expects dialogue.Expectation) float32 {
	if expects.Asked != "" {
		return (1 + r.settings.Bands.Scope) / 2
	}
	return r.settings.Bands.Scope
}

// facts takes every value that is certain enough. A clear reply to the pending question comes
// first: it outranks an act that closes or leaves the topic.
func (r *Reader) facts(in *dialogue.Reading, s *scratch, expects dialogue.Expectation) {
	replied := r.reply(in, s, expects)
	var details []dialogue.Heard
	for _, p := range r.layout.slots {
		if p.name == expects.Asked {
			continue
		}
		class, confidence, asked := r.weigh(s, p, expects)
		if class == 0 || r.rivalled(s, p, class) {
			continue
		}
		f := guide.Fact{Slot: p.name, Value: p.values[class-1]}
		if replied && r.takesBack(f, expects.Known) {
			continue
		}
		heard := dialogue.Heard{Fact: f, Confidence: float64(confidence)}
		detail := !asked && !replied && !r.guide.Contradicts(expects.Known, f)
		switch {
		case confidence >= r.required(f, expects):
			in.Facts = append(in.Facts, heard)
		case confidence >= r.settings.Bands.Detail && detail:
			details = append(details, heard)
		}
	}
	r.details(in, details, expects)
	r.likely(in, s, expects)
	pressed := slices.ContainsFunc(in.Facts, func(h dialogue.Heard) bool { return slices.Contains(expects.Shown, h.Fact) })
	if (replied || pressed) && (in.Act == dialogue.OutOfScope || in.Act == dialogue.Thanks || in.Act == dialogue.Greeting) {
		in.Act = dialogue.NoAct
	}
}

// takesBack reports whether a fact would give another value to one that is known, and change
// nothing else. Who answers what was asked may correct the topic in the same breath, but does not
// take back an earlier answer in passing.
func (r *Reader) takesBack(f guide.Fact, known guide.Known) bool {
	if value, ok := known[f.Slot]; !ok || value == f.Value {
		return false
	}
	others := maps.Clone(known)
	delete(others, f.Slot)
	return !r.guide.Contradicts(others, f)
}

// weigh returns the most probable class of a fact and its probability, and whether the fact is one
// that is asked for. Such a fact has two heads, for messages and for replies: where its buttons
// are in view it is read as a reply, and else both count if they agree.
func (r *Reader) weigh(s *scratch, p part, expects dialogue.Expectation) (class int, confidence float32, asked bool) {
	class, confidence = s.best(p)
	at, asked := r.layout.replies[p.name]
	if !asked {
		return class, confidence, false
	}
	inReply, q := s.best(r.layout.inReply[at])
	if isShown(expects, p.name) {
		return inReply, q, true
	}
	if inReply == class {
		confidence = (confidence + q) / 2
	}
	return class, confidence, true
}

// required is the confidence that a fact needs: little if it is a button the customer has before
// them, much if it overturns what is known.
func (r *Reader) required(f guide.Fact, expects dialogue.Expectation) float32 {
	switch {
	case slices.Contains(expects.Shown, f):
		return r.settings.Bands.Reply
	case r.guide.Contradicts(expects.Known, f):
		return r.settings.Bands.Overturn
	default:
		return r.settings.Bands.Fact
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
	at, asked := r.layout.replies[expects.Asked]
	if !asked {
		return false
	}
	p := r.layout.inReply[at]
	class, confidence := s.best(p)
	if class == 0 || confidence < r.settings.Bands.Reply || r.rivalled(s, p, class) {
		anywhere := r.layout.slot(p.name)
		class, confidence = s.best(anywhere)
		if class == 0 || confidence < r.settings.Bands.Fact || r.rivalled(s, anywhere, class) {
			return false
		}
	}
	f := guide.Fact{Slot: p.name, Value: p.values[class-1]}
	in.Facts = append(in.Facts, dialogue.Heard{Fact: f, Confidence: float64(confidence)})
	return true
}

// slot returns the head that reads a fact in any context.
func (l layout) slot(name string) part {
	return l.slots[slices.IndexFunc(l.slots, func(p part) bool { return p.name == name })]
}
