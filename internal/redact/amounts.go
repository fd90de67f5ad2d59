package redact

import (
	"strings"
	"unicode/utf8"
)

// amounts knows the units that may stand right behind a number.
type amounts struct {
	units map[string]bool
	odd   []string // units with a sign in them: mb/s
}

func newAmounts(units []string) amounts {
	known := amounts{units: map[string]bool{"": true, "%": true}}
	for _, unit := range units {
		unit = strings.ToLower(unit)
		switch {
		case unit == "" || unit[0] >= utf8.RuneSelf:
		case strings.ContainsAny(unit, "/:~+-."):
			known.odd = append(known.odd, unit)
		default:
			known.units[unit] = true
		}
	}
	return known
}

// match reports whether a text is an amount, or several with signs between them: 3pm, 16gb/512gb,
// 1,280, 10-15, 1920x1080.
func (a amounts) match(text string) bool {
	for i := 0; ; {
		end := number(text, i)
		if end == i {
			return false
		}
		end, more := a.unit(text, end)
		if end < 0 || end == len(text) {
			return end == len(text) && !more
		}
		i = end
	}
}

// unit returns where the next amount begins behind the unit and the sign at i, the end of the text
// if none does, and -1 if what stands there is no unit.
func (a amounts) unit(text string, i int) (next int, more bool) {
	for _, unit := range a.odd {
		if rest, ok := strings.CutPrefix(text[i:], unit); ok && (rest == "" || strings.IndexByte("/:~+-x", rest[0]) >= 0) {
			i += len(unit)
			break
		}
	}
	end := i
	for end < len(text) && !isDigit(text[end]) && strings.IndexByte("/:~+-#$\u00a3\u00a5\u20ac", text[end]) < 0 {
		end++
	}
	run := text[i:end]
	switch {
	case a.units[run] && end == len(text):
		return end, false
	case a.units[run] && strings.IndexByte("/:~+-", text[end]) >= 0:
		return end + 1, true
	case strings.HasSuffix(run, "x") && a.units[run[:len(run)-1]] && end < len(text):
		return end, true
	default:
		return -1, false
	}
}

// number returns the end of a number at i, with the sign of a currency or of a count before it, i
// if there is none.
func number(text string, i int) int {
	start, at := i, i
	r, size := utf8.DecodeRuneInString(text[at:])
	if at < len(text) && strings.ContainsRune("$\u00a3\u00a5\u20ac~#+-", r) {
		at += size
	}
	first := digitsEnd(text, at)
	digits, groups := first-at, 0
	end := first
	for end+3 < len(text) && text[end] == ',' && digitsEnd(text, end+1) == end+4 {
		end, groups = end+4, groups+1
	}
	fraction := 0
	if end < len(text) && text[end] == '.' {
		if stop := digitsEnd(text, end+1); stop > end+1 {
			fraction, end = stop-end-1, stop
		}
	}
	money := at == start || strings.ContainsRune("$\u00a3\u00a5\u20ac", r)
	if digits > 0 && digits < 4 && fraction < 4 || digits > 3 && digits < 7 && groups == 0 && fraction < 3 && money {
		return end
	}
	return start
}

func digitsEnd(text string, i int) int {
	for i < len(text) && isDigit(text[i]) {
		i++
	}
	return i
}

// shape reports whether a run of digits, letters and signs is one of the harmless ones.
func (p *page) shape(text string) bool {
	if answer, ok := p.shaped[text]; ok {
		return answer
	}
	shapes := p.nameShapes
	if text != "" && isDigit(text[0]) {
		shapes = p.numberShapes
	}
	answer := p.amounts.match(text) || shapes.MatchString(text)
	if p.shaped == nil {
		p.shaped = map[string]bool{}
	}
	p.shaped[text] = answer
	return answer
}
