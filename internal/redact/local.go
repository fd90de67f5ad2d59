package redact

import "strings"

// local masks a telephone number without its area code at i, if the message says near it that it
// is one; elsewhere two groups of digits may be anything. It returns the end, else 0.
func (p *page) local(i int, s series) int {
	for _, form := range [...][2]int{{3, 4}, {4, 4}, {2, 4}} {
		n := form[0] + form[1]
		if len(s.groups) < 2 || s.groups[0] != form[0] || s.groups[1] != form[1] || s.ends[n-1]-i != n+1 {
			continue
		}
		end := s.ends[n-1]
		if p.low[i+form[0]] == '/' || year(p.low[i:]) && year(p.low[end-form[1]:]) || p.low[i+form[0]] == ',' {
			return 0
		}
		if unit, _ := p.units.at(p.low, p.spaces(end)); unit > 0 || !p.callable(i, end) {
			return 0
		}
		return p.maskNumber(i, end, Phone)
	}
	return 0
}

// callable reports whether something near a piece of the text is said of calling.
func (p *page) callable(start, end int) bool {
	from, to := p.around(start, end, 60, 40)
	return p.cueWithin(calling, from, to) || p.cueWithin(area, from, to)
}

// findAreas masks the beginnings of telephone numbers that are given apart: "area code 212".
func (p *page) findAreas() {
	if !p.cued[area] {
		return
	}
	for _, c := range p.places {
		if c.kind != area {
			continue
		}
		i := p.spaces(c.end)
		for range 3 {
			if n, _ := p.links.at(p.low, i); n > 0 {
				i = p.spaces(i + n)
			} else if i < len(p.low) && strings.IndexByte(":(+#.", p.low[i]) >= 0 {
				i = p.spaces(i + 1)
			}
		}
		end := i
		if i < len(p.low) && p.marks[i] != 0 {
			continue
		}
		for end < len(p.low) && isDigit(p.low[end]) && p.marks[end] == 0 {
			end++
		}
		if end-i > 1 && end-i < 6 && (end == len(p.low) || !isLetter(p.low[end])) {
			p.mask(i, end, markOf(Phone))
		}
	}
}
