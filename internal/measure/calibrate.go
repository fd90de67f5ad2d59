package measure

import (
	"passdesk/internal/classify"
	"passdesk/internal/dialogue"
	"passdesk/internal/understand"
)

// Reliability says how far the reader's probabilities can be trusted: for every fact that a
// held-out message of some sets mentions or seems to mention.
func (v *Validation) Reliability(settings understand.Settings, sets ...Set) *Reliability {
	trials := v.in(sets)
	beliefs := make([][]understand.Belief, len(trials))
	classify.Share(len(trials), 64, func(i int) {
		if t := trials[i]; !t.Later && !t.Garbled {
			beliefs[i] = t.reader.Beliefs(t.seen, settings, t.Example.Asked)
		}
	})
	var r Reliability
	for i, t := range trials {
		for _, b := range beliefs[i] {
			if truth := t.Example.Facts[b.Slot]; b.Value != "" || truth != "" {
				r.Add(b.Probability, b.Value == truth)
			}
		}
	}
	return &r
}

// The values that Calibrate compares. Nothing is taken that is more probably false than true, so
// bands begin at a half; and what is no rival to it ends there.
var (
	scales = []float32{.25, .3, .35, .4, .5, .6, .7, .8, .9, 1, 1.2, 1.4, 1.6, 1.8, 2, 2.2, 2.5, 2.8, 3, 3.5, 4, 4.5, 5, 6, 7, 8}
	bands  = []float32{.5, .55, .6, .65, .7, .75, .8, .85, .9, .95}
	rivals = []float32{.15, .2, .25, .3, .35, .4, .45}
)

// Calibrate finds the scales whose probabilities are the most reliable, and then the bands, each by
// the trials that tell of it (see Set): first those that cost the least, a wrong outcome costing
// CostOfWrong questions. Costs hardly differ over a wide range, so of the bands that cost no more
// than the least and its standard error it takes those with which the desk most often does what it
// should (the one-standard-error rule of Breiman et al., 1984).
func (v *Validation) Calibrate() understand.Settings {
	s := understand.DefaultSettings()
	s = v.scale(s, func(s *understand.Settings) *float32 { return &s.Scale }, Customers, Factless)
	s = v.scale(s, func(s *understand.Settings) *float32 { return &s.ReplyScale }, Replies)
	s = v.climb(s, func(t Tally, _ []Set) float64 { return -t.Cost() })
	limits := map[Set]float64{} // by the last of a band's sets
	for _, sets := range [][]Set{{Customers}, {Replies}, {Customers, Factless}} {
		least := v.Tally(s, sets...)
		limits[sets[len(sets)-1]] = least.Cost() + least.StandardError()
	}
	s = v.climb(s, func(t Tally, sets []Set) float64 {
		if t.Cost() > limits[sets[len(sets)-1]] {
			return -t.Cost()
		}
		return t.Share(Right)
	})
	s.Bands.Narrow = v.narrow(s)
	return s
}

// scale sets one of the scales by the reliability in some sets.
func (v *Validation) scale(s understand.Settings, field func(*understand.Settings) *float32, sets ...Set) understand.Settings {
	least := 1.0
	best := s
	for _, x := range scales {
		*field(&s) = x
		if e := v.Reliability(s, sets...).Error(); e < least {
			least, best = e, s
		}
	}
	return best
}

// passes is how often climb goes through the bands: after the second hardly anything moves.
const passes = 2

// climb changes one band after the other to the value with the best score in the band's own sets.
func (v *Validation) climb(s understand.Settings, score func(Tally, []Set) float64) understand.Settings {
	for range passes {
		for _, band := range []struct {
			field  func(*understand.Bands) *float32
			values []float32
			sets   []Set
		}{
			{func(b *understand.Bands) *float32 { return &b.Fact }, bands, []Set{Customers}},
			{func(b *understand.Bands) *float32 { return &b.Rival }, rivals, []Set{Customers}},
			{func(b *understand.Bands) *float32 { return &b.Detail }, bands, []Set{Customers}},
			{func(b *understand.Bands) *float32 { return &b.Overturn }, bands, []Set{Customers}},
			{func(b *understand.Bands) *float32 { return &b.Reply }, bands, []Set{Replies}},
			{func(b *understand.Bands) *float32 { return &b.Act }, bands, []Set{Customers, Factless}},
			{func(b *understand.Bands) *float32 { return &b.Scope }, bands, []Set{Customers, Factless}},
		} {
			most := score(v.Tally(s, band.sets...), band.sets)
			for _, x := range band.values {
				tried := s
				*band.field(&tried.Bands) = x
				if reached := score(v.Tally(tried, band.sets...), band.sets); reached > most {
					most, s = reached, tried
				}
			}
		}
	}
	return s
}

// narrowKept is how often a narrowed question must hold the value that is meant.
const narrowKept = .95

// narrow returns the lowest probability at which narrowed questions hold what is meant often
// enough.
func (v *Validation) narrow(s understand.Settings) float32 {
	for _, x := range bands {
		s.Bands.Narrow = x
		if offered, kept := v.Narrowed(s); offered > 0 && float64(kept) >= narrowKept*float64(offered) {
			return x
		}
	}
	return 1
}

// Narrowed counts the questions that would be narrowed, and those that keep what is meant.
func (v *Validation) Narrowed(s understand.Settings) (offered, kept int) {
	for _, t := range v.Trials {
		if t.Later || t.Garbled || t.Contrast {
			continue
		}
		in := t.reader.Decide(t.seen, s, t.expects)
		if in.Act != dialogue.NoAct {
			continue
		}
		seen, right := map[string]bool{}, map[string]bool{}
		for _, h := range in.Likely {
			seen[h.Slot] = true
			right[h.Slot] = right[h.Slot] || t.Example.Facts[h.Slot] == h.Value
		}
		for slot := range seen {
			if t.Example.Facts[slot] == "" {
				continue // it must be asked for anyway, and the customer has said nothing of it
			}
			offered++
			if right[slot] {
				kept++
			}
		}
	}
	return offered, kept
}
