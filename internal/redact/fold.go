package redact

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	maxBytes = 16 << 10 // how much of a text is kept
	cutMark  = "…"
	maxRun   = 400      // bytes of a run of Latin characters
	maxAsked = 50       // searches of all own texts for one message
	maxSlips = 40       // words of one message that may be misspelt; to look for more costs too much
	maxWord  = 40       // bytes; nothing longer is a word
	longVow  = '\u30fc' // the long vowel mark of katakana, typed for a hyphen
)

// sanitise drops what cannot be seen (control characters, NUL, direction marks, zero-width
// characters) and replaces what is no UTF-8, so that nothing hides a secret from the search.
func sanitise(raw string) string {
	clean := true
	for i := 0; i < len(raw) && clean; {
		r, size := utf8.DecodeRuneInString(raw[i:])
		clean = !invisible(r) && (r != utf8.RuneError || size > 1)
		i += size
	}
	if clean {
		return raw
	}
	var out strings.Builder
	out.Grow(len(raw))
	previous := rune(0)
	for _, r := range raw {
		if invisible(r) && (r != 0x200d || !joins(previous)) {
			continue
		}
		out.WriteRune(r)
		previous = r
	}
	return out.String()
}

func invisible(r rune) bool {
	switch {
	case r == '\n' || r == '\t' || r == '\r':
		return false
	case r < ' ' || r >= 0x7f && r < 0xa0:
		return true
	case r < 0x300:
		return r == 0xad
	default:
		return unicode.Is(unicode.Cf, r) || r == 0x034f || r == 0x115f || r == 0x1160 || r == 0x3164 || r == 0xffa0 || r == 0x2028 || r == 0x2029
	}
}

// joins reports whether a zero-width joiner may follow: it makes one emoji of several.
func joins(r rune) bool { return r >= 0x1f000 || r >= 0x2600 && r < 0x2800 || r == 0xfe0f }

// page is one message while it is searched.
type page struct {
	*Cleaner
	raw   string
	low   string  // raw in NFKC and lower case, with one form of quote, dash and blank
	cased string  // the same before it was put in lower case; same length
	from  []int32 // for each byte of low, where what it was made from begins in raw
	to    []int32 // and where that ends
	marks []mark  // for each byte of low, what it belongs to
	hits  []hit
	// where the cues stand, and of which kinds there are any
	places  []cue
	cued    [example + 1]bool
	asked   int             // how often all own texts were searched
	slips   int             // how many words were compared with all everyday ones
	answers map[string]bool // of everyWord
	shaped  map[string]bool // of the shapes
}

func newPage(c *Cleaner, raw string) *page {
	p := &page{Cleaner: c, raw: raw}
	cased, low := make([]byte, 0, len(raw)+8), make([]byte, 0, len(raw)+8)
	p.from, p.to = make([]int32, 0, len(raw)+8), make([]int32, 0, len(raw)+8)
	var scratch []byte
	emit := func(r rune, start, end int) {
		r = unify(r)
		size := len(low)
		cased = utf8.AppendRune(cased, r)
		lower := r
		if r < utf8.RuneSelf {
			if r >= 'A' && r <= 'Z' {
				lower = r + 'a' - 'A'
			}
		} else if l := unicode.ToLower(r); utf8.RuneLen(l) == utf8.RuneLen(r) {
			lower = l
		}
		low = utf8.AppendRune(low, lower)
		for ; size < len(low); size++ {
			p.from, p.to = append(p.from, int32(start)), append(p.to, int32(end))
		}
	}
	for i := 0; i < len(raw); {
		r, size := utf8.DecodeRuneInString(raw[i:])
		next := rune(0)
		if i+size < len(raw) {
			next, _ = utf8.DecodeRuneInString(raw[i+size:])
		}
		switch {
		case r == longVow && len(low) > 0 && isAlnum(low[len(low)-1]) && wideAlnum(next):
			emit('-', i, i+size)
			i += size
		case enumerates(r):
			emit(' ', i, i+size)
			i += size
		case simple(r) && (next < 0x300 || simple(next)):
			emit(r, i, i+size)
			i += size
		default:
			n := norm.NFKC.NextBoundaryInString(raw[i:], true)
			scratch = norm.NFKC.AppendString(scratch[:0], raw[i:i+n])
			for _, folded := range string(scratch) {
				emit(folded, i, i+n)
			}
			i += n
		}
	}
	p.cased, p.low = string(cased), string(low)
	p.marks = make([]mark, len(p.low))
	return p
}

// enumerates reports whether a character is the number of a step: its normal form is a digit, which
// would belong to the word behind it.
func enumerates(r rune) bool {
	return r >= 0x2460 && r <= 0x249b || r >= 0x24ea && r <= 0x24ff || r >= 0x2776 && r <= 0x2793
}

// simple reports whether a character is its own normal form, whatever stands before it.
func simple(r rune) bool {
	return r < 0x80 || r >= 0x3041 && r <= 0x3096 || r >= 0x30a1 && r <= 0x30fe || r >= 0x4e00 && r <= 0x9fff || r == 0x3001 || r == 0x3002 || r >= 0x300c && r <= 0x300f
}

func wideAlnum(r rune) bool {
	return r < utf8.RuneSelf && isAlnum(byte(r)) || r >= 0xff10 && r <= 0xff19 || r >= 0xff21 && r <= 0xff3a || r >= 0xff41 && r <= 0xff5a
}

// unify brings quotes, dashes and blanks into one form each.
func unify(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		return r
	case r == '‘' || r == '’' || r == '´':
		return '\''
	case r == '“' || r == '”' || r == '„':
		return '"'
	case r >= 0x2010 && r <= 0x2015 || r == 0x2212 || r == 0xfe63:
		return '-'
	case r == 0x301c:
		return '~'
	case unicode.IsSpace(r):
		return ' '
	default:
		return r
	}
}

// foldString brings a word of a list into the form in which messages are searched.
func foldString(c *Cleaner, text string) string { return newPage(c, sanitise(text)).low }
