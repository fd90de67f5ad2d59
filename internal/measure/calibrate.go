package measure

import (
	"passdesk/internal/classify"
	"passdesk/internal/understand"
)

// Reliability says how far the reader's probabilities can be trusted: for every fact that a
// held-out message mentions or seems to mention.
func (v *Validation) Reliability(settings understand.Settings) *Reliability {
	return v.reliability(settings, true, true)
}

func (v *Validation) reliability(settings understand.Settings, replies, first bool) *Reliability {
	beliefs := make([][]understand.Belief, len(v.Trials))
	classify.Share(len(v.Trials), 64, func(i int) {
		t := &v.Trials[i]
		beliefs[i] = t.reader.Beliefs(t.seen, settings, t.Example.Asked)
	})
	var r Reliability
	for i, t := range v.Trials {
		if t.Later || t.Garbled || !t.Counts || t.Example.Asked != "" && !replies || t.Example.Asked == "" && !first {
			continue
		}
		for _, b := range beliefs[i] {
			if truth := t.Example.Facts[b.Slot]; b.Value != "" || truth != "" {
				r.Add(b.Probability, b.Value == truth)
			}
		}
	}
	return &r
}

// scales and bands are the values that Calibrate compares.
var (
	scales = []float32{.25, .3, .35, .4, .5, .6, .7, .8, .9, 1, 1.2, 1.4, 1.6, 1.8, 2, 2.2, 2.5, 2.8, 3, 3.5, 4, 4.5, 5, 6, 7, 8}
	bands  = []float32{.3, .35, .4, .45, .5, .55, .6, .65, .7, .75, .8, .85, .9, .95}
)

// Calibrate finds the scales whose probabilities are the most reliable, and then the bands that
// cost the least, a wrong outcome costing CostOfWrong questions.
func (v *Validation) Calibrate() understand.Settings {
	s := understand.DefaultSettings()
	s = v.scale(s, false, func(s *understand.Settings) *float32 { return &s.Scale })
	s = v.scale(s, true, func(s *understand.Settings) *float32 { return &s.ReplyScale })
	s = v.descend(s)
	s.Bands.Narrow = v.narrow(s)
	return s
}

// scale sets one of the scales by the reliability of first messages, or of replies.
func (v *Validation) scale(s understand.Settings, replies bool, field func(*understand.Settings) *float32) understand.Settings {
	least := 1.0
	best := s
	for _, x := range scales {
		*field(&s) = x
		if e := v.reliability(s, replies, !replies).Error(); e < least {
			least, best = e, s
		}
	}
	return best
}

// passes is how often descend goes through the bands: after the second hardly anything moves.
const passes = 2

// descend changes one band after the other to the value that costs the least.
func (v *Validation) descend(s understand.Settings) understand.Settings {
	for range passes {
		for _, band := range []func(*understand.Bands) *float32{
			func(b *understand.Bands) *float32 { return &b.Fact },
			func(b *understand.Bands) *float32 { return &b.Reply },
			func(b *understand.Bands) *float32 { return &b.Overturn },
			func(b *understand.Bands) *float32 { return &b.Detail },
			func(b *understand.Bands) *float32 { return &b.Act },
			func(b *understand.Bands) *float32 { return &b.Scope },
		} {
			least := v.Tally(s).Cost()
			for _, x := range bands {
				tried := s
				*band(&tried.Bands) = x
				if cost := v.Tally(tried).Cost(); cost < least {
					least, s = cost, tried
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
		if offered, kept := v.narrowed(s); offered > 0 && float64(kept) >= narrowKept*float64(offered) {
			return x
		}
	}
	return 1
}

// narrowed counts the questions that would be narrowed, and those that keep what is meant.
func (v *Validation) narrowed(s understand.Settings) (offered, kept int) {
	for _, t := range v.Trials {
		in := t.reader.Decide(t.seen, s, t.expects)
		if t.Later || t.Garbled || t.Contrast || in.Act != "" {
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
