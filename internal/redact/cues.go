package redact

import (
	"slices"
	"strings"
	"unicode/utf8"

	"passdesk/internal/strictyaml"
)

// cueKind is what a cue says of what stands near it.
type cueKind int

const (
	occasion cueKind = iota // the message is about being asked for a password
	habit                   // what somebody always types follows
	naming                  // a name follows that is used as a password
	owning                  // this sentence says whose something is, no more
	saying                  // what was typed stands in front
	calling                 // a telephone number stands near
	area                    // the beginning of a telephone number follows
	example                 // what stands near is an example
)

// cueNames are what secrets.yaml calls the kinds of cues, in their order.
func cueNames() []string {
	return []string{"occasion", "habit", "naming", "owning", "saying", "calling", "area", "example"}
}

// cue is a place where one stands.
type cue struct {
	start, end int
	kind       cueKind
}

func (c *Cleaner) readCues(list strictyaml.Value) {
	names := cueNames()
	fields := list.Fields(names...)
	for kind, name := range names {
		if !fields[name].Exists() {
			list.Problemf("%q is missing", name)
		}
		for _, item := range fields[name].Items() {
			c.cues.add(c, item, kind)
		}
	}
}

// findCues notes the places of all cues.
func (p *page) findCues() {
	for i := 0; i < len(p.low); {
		if n, kind := p.cues.at(p.low, i); n > 0 {
			p.places = append(p.places, cue{i, i + n, cueKind(kind)})
			p.cued[kind] = true
			i += n
			continue
		}
		_, size := utf8.DecodeRuneInString(p.low[i:])
		i += size
	}
}

// cueWithin reports whether a cue of a kind stands in a piece of the text, at least in part.
func (p *page) cueWithin(kind cueKind, start, end int) bool {
	if !p.cued[kind] {
		return false
	}
	at, _ := slices.BinarySearchFunc(p.places, start, func(c cue, start int) int { return c.end - start - 1 })
	for ; at < len(p.places) && p.places[at].start < end; at++ {
		if p.places[at].kind == kind {
			return true
		}
	}
	return false
}

// around returns the piece of the line that so many bytes before and behind a piece belong to.
func (p *page) around(start, end, before, behind int) (from, to int) {
	from, to = max(0, start-before), min(len(p.low), end+behind)
	if n := strings.LastIndexByte(p.low[from:start], '\n'); n >= 0 {
		from += n + 1
	}
	if n := strings.IndexByte(p.low[end:to], '\n'); n >= 0 {
		to = end + n
	}
	return from, to
}

// cueNear reports whether a cue of a kind stands within so many bytes of a piece, in its line.
func (p *page) cueNear(kind cueKind, start, end, distance int) bool {
	from, to := p.around(start, end, distance, distance)
	return p.cueWithin(kind, from, to)
}

// askedFor reports whether the message is about being asked for a password, or names one.
func (p *page) askedFor() bool {
	return p.cued[occasion] || p.strong(0, len(p.low))
}

// sentenceStart returns where the sentence that i stands in begins, or so far back as is looked at.
func (p *page) sentenceStart(i int) int {
	first := max(0, i-maxRun/2)
	for i > first && strings.IndexByte(".!?\n", p.low[i-1]) < 0 {
		i--
	}
	return i
}

// findCued masks what the cues point to.
func (p *page) findCued() {
	if !p.cued[habit] && !p.cued[naming] && !p.cued[saying] || !p.askedFor() {
		return
	}
	h := hit{as: markOf(Password)}
	for _, c := range p.places {
		switch c.kind {
		case habit:
			p.habitual(c.end, h)
		case naming:
			p.named(c, h)
		case saying:
			p.said(c.start, h)
		}
	}
}

// keepSamples settles the examples of names that the VPN itself shows, where they are meant as such.
func (p *page) keepSamples() {
	for i := 0; i < len(p.low); i++ {
		n, _ := p.samples.at(p.low, i)
		if n == 0 || p.marks[i] != 0 {
			continue
		}
		end := i + n
		bracketed := i > 0 && p.low[i-1] == '(' && end < len(p.low) && p.low[end] == ')'
		if bracketed || p.cueNear(example, i, end, 30) {
			p.settle(i, end)
		}
		i = end - 1
	}
}
