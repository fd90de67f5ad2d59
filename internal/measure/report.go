package measure

import (
	"cmp"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"

	"passdesk/internal/understand"
)

// Misread is a held-out message that came out wrong: a label that is wrong, or a hard case.
type Misread struct {
	Example    understand.Example
	Got        string  // what the desk did
	Want       string  // what the labels ask for
	Confidence float64 // of the fact or act that misled it
}

// Misreads lists the held-out messages that came out wrong, the surest mistakes first.
func (v *Validation) Misreads(settings understand.Settings) []Misread {
	var list []Misread
	for _, d := range v.Decide(settings, Every()...) {
		t := d.Trial
		if d.Verdict != Wrong || t.Later || t.Garbled {
			continue
		}
		m := Misread{Example: t.Example, Got: Outcome(d.Got), Want: Outcome(d.Want)}
		if d.Clash != "" {
			m.Got, m.Want = d.Clash, ""
		}
		for _, h := range t.reader.Decide(t.seen, settings, t.expects).Facts {
			if t.Example.Facts[h.Slot] != h.Value {
				m.Confidence = max(m.Confidence, h.Confidence)
			}
		}
		list = append(list, m)
	}
	slices.SortStableFunc(list, func(a, b Misread) int { return cmp.Compare(b.Confidence, a.Confidence) })
	return list
}

// String renders the misread as file:line: what happened: message.
func (m Misread) String() string {
	what := m.Got
	if m.Want != "" {
		what += ", not " + m.Want
	}
	return fmt.Sprintf("%s:%d: %s: %s", m.Example.File, m.Example.Line, what, m.Example.Text)
}

// Groups counts the verdicts by language, kind of message and label.
func (v *Validation) Groups(settings understand.Settings) map[string]Tally {
	groups := map[string]Tally{}
	for _, d := range v.Decide(settings, Every()...) {
		for _, name := range d.Trial.groups() {
			t := groups[name]
			t[d.Verdict]++
			groups[name] = t
		}
	}
	return groups
}

func (t *Trial) groups() []string {
	e := t.Example
	var names []string
	if t.Set != Teaching {
		names = append(names, "what decides")
	}
	switch {
	case t.Contrast:
		return []string{"contrasts"}
	case t.Garbled:
		return append(names, "garbled")
	case t.Later:
		return append(names, "second messages")
	case e.Asked != "":
		return append(names, "replies", "reply to "+e.Asked)
	case strings.HasPrefix(e.File, customers):
		names = append(names, "as customers write, "+string(e.Language))
	}
	names = append(names, "first messages, "+string(e.Language))
	if e.Act != "" {
		names = append(names, "act: "+string(e.Act))
	}
	for slot, value := range e.Facts {
		names = append(names, slot+": "+value)
	}
	return names
}

// ByGroup is a report of a cross-validation.
type ByGroup struct {
	groups      map[string]Tally
	misreads    []Misread
	reliability *Reliability
}

// Report puts together what a cross-validation shows under some settings.
func (v *Validation) Report(settings understand.Settings) ByGroup {
	return ByGroup{v.Groups(settings), v.Misreads(settings), v.Reliability(settings, Deciding()...)}
}

// Print writes the report; with each, every message that came out wrong.
func (r ByGroup) Print(to io.Writer, each bool) error {
	var out strings.Builder
	if each {
		for _, m := range r.misreads {
			fmt.Fprintln(&out, m)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.groups)) {
		fmt.Fprintf(&out, "%-32s %s\n", name, r.groups[name])
	}
	fmt.Fprintln(&out, "\nwhat the reader believes of every fact that is mentioned or seems to be")
	r.reliability.Print(&out)
	_, err := io.WriteString(to, out.String())
	return err
}

// Summary says in a few lines what settings reach in this cross-validation.
func (v *Validation) Summary(settings understand.Settings) iter.Seq[string] {
	tally := v.Tally(settings, Deciding()...)
	offered, kept := v.Narrowed(settings)
	return slices.Values([]string{
		fmt.Sprintf("%d-fold cross-validation: %s", folds, tally),
		fmt.Sprintf("cost %.3f questions a message; expected calibration error %.3f", tally.Cost(), v.Reliability(settings, Deciding()...).Error()),
		fmt.Sprintf("narrowed questions: %d, of which %d hold what is meant", offered, kept),
	})
}
