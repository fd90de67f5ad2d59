package redact

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Cleaner masks what is secret in a text. It is safe for concurrent use.
type Cleaner struct {
	keywords, links, strongLinks, fillers, joints, typed, fromWords, works, ends, honorifics      phrases
	dictated, dictatedJoints, spokenNames, at, dots, topDomains, mailHosts, units, publicNumbers  phrases
	cues, goOn, leads, gaps, quoting, mailSigns, spelling, samples, copulas, noSecrets, lonePlain phrases

	slots    map[string]Kind
	known    map[string]struct{} // products and the like, and the words of the desk's own texts
	everyday map[string]struct{}
	pages    map[string]struct{} // addresses in the desk's own texts
	hosts    []string
	prefixes []string
	endings  []string
	amounts  amounts
	// endings of Japanese verbs in Latin letters
	verbEndings []string
	ownText     string
	words       *vocabulary
	// runs that are harmless, by whether they begin with a digit
	numberShapes, nameShapes *regexp.Regexp
}

const (
	maskText  = "•••"
	maxPasses = 4
)

// Clean masks what is secret in what a customer wrote. asked is the fact that was just asked for,
// "" if none was. To clean a cleaned text changes nothing.
func (c *Cleaner) Clean(raw, asked string) Cleaned {
	text := cut(sanitise(head(raw)), len(raw) > 2*maxBytes)
	var found [len(kinds)]bool
	for range maxPasses {
		p := newPage(c, text)
		p.search(asked)
		next := cut(p.render(&found), false)
		if next == text {
			return Cleaned{Text{text}, list(found)}
		}
		text = next
	}
	return Cleaned{Text{c.settle(text, asked, &found)}, list(found)}
}

// settle ends the search in a text in which every mask brings another one to light: it is left
// as it is if that is the end of it, and masked as a whole otherwise.
func (c *Cleaner) settle(text, asked string, found *[len(kinds)]bool) string {
	p := newPage(c, text)
	p.search(asked)
	if cut(p.render(found), false) == text {
		return text
	}
	return maskText
}

// head bounds what is looked at at all; what is dropped could not be kept anyway.
func head(raw string) string {
	if len(raw) <= 2*maxBytes {
		return raw
	}
	return raw[:2*maxBytes]
}

// cut bounds the length of a text. It cuts at a blank, so that no half of a secret is left that
// would not be known for one.
func cut(text string, more bool) string {
	if len(text) <= maxBytes && !more {
		return text
	}
	end := min(len(text), maxBytes-len(cutMark))
	if i := strings.LastIndexAny(text[:end], " \n\t"); i > end-2000 {
		end = i
	}
	for end > 0 && end < len(text) && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + cutMark
}

// mark says what a byte of the text belongs to: 0 is nothing yet, settled is nothing secret.
type mark uint8

const settled mark = 200

// kinds are the kinds by their mark.
var kinds = [...]Kind{"", Password, Credentials, Code, Email, Phone, Card, Link, Other}

func markOf(kind Kind) mark {
	if i := slices.Index(kinds[:], kind); i > 0 {
		return mark(i)
	}
	return 0
}

func list(found [len(kinds)]bool) []Kind {
	var all []Kind
	for i, there := range found {
		if there {
			all = append(all, kinds[i])
		}
	}
	slices.Sort(all)
	return all
}

// search marks everything that is to be masked.
func (p *page) search(asked string) {
	p.keepMarkup()
	p.findBlocks()
	p.findLinks()
	p.findEmails()
	p.findKeywords()
	p.findCues()
	p.keepSamples()
	p.findNumbers()
	p.findGroups()
	p.readKeywords()
	p.findTyped()
	p.findCued()
	p.findJapanese()
	p.findDictated()
	p.findBare(asked)
	p.settleKeywords()
	p.findRest()
	p.spread()
	p.repeat()
}

// settleKeywords keeps the words that secrets stand behind.
func (p *page) settleKeywords() {
	for _, h := range p.hits {
		p.settle(h.start, h.end)
	}
}

// mask marks a piece as secret, unless it is known to be none.
func (p *page) mask(start, end int, as mark) {
	for i := start; i < end; i++ {
		if p.marks[i] == 0 {
			p.marks[i] = as
		}
	}
}

// settle marks a piece as harmless.
func (p *page) settle(start, end int) { p.mask(start, end, settled) }

func (p *page) masked(i int) bool {
	return i < len(p.low) && (p.marks[i] != 0 && p.marks[i] != settled || strings.HasPrefix(p.low[i:], maskText))
}

// markIn is what a part of the piece is known to be already, or else as.
func (p *page) markIn(start, end int, as mark) mark {
	for _, m := range p.marks[start:end] {
		if m != 0 && m != settled {
			return m
		}
	}
	return as
}

// render returns the text with what is marked replaced. Pieces of a secret that only blanks or
// dashes part become one mask.
func (p *page) render(found *[len(kinds)]bool) string {
	if !slices.ContainsFunc(p.marks, func(m mark) bool { return m != 0 && m != settled }) {
		return p.raw
	}
	var out strings.Builder
	out.Grow(len(p.raw))
	at := 0
	for i := 0; i < len(p.marks); {
		if p.marks[i] == 0 || p.marks[i] == settled {
			i++
			continue
		}
		end := i
		for end < len(p.marks) && p.marks[end] != 0 && p.marks[end] != settled {
			found[p.marks[end]] = true
			end++
		}
		start, stop := max(at, int(p.from[i])), int(p.to[end-1])
		if start > at || at == 0 || !strings.HasSuffix(out.String(), maskText) {
			out.WriteString(p.raw[at:start])
			out.WriteString(maskText)
		}
		at, i = max(at, stop), end
	}
	out.WriteString(p.raw[at:])
	return out.String()
}
