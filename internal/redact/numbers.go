package redact

import "strings"

// findNumbers masks payment cards and telephone numbers, whatever parts their digits.
func (p *page) findNumbers() {
	for i := 0; i < len(p.low); i++ {
		b := p.low[i]
		if p.marks[i] != 0 || !isDigit(b) && b != '+' && b != '(' || i > 0 && isAlnum(p.low[i-1]) {
			continue
		}
		if end := p.number(i); end > i {
			i = end - 1
		}
	}
	p.findAreas()
}

// series is a row of digits with what parts them.
type series struct {
	digits []byte
	ends   []int // behind each digit
	groups []int // how many digits stand together
}

func (p *page) series(i int) series {
	var s series
	gap, open := 0, true
	for ; i < len(p.low) && len(s.digits) < 24 && p.marks[i] == 0; i++ {
		b := p.low[i]
		if isDigit(b) {
			if open {
				s.groups, open = append(s.groups, 0), false
			}
			s.digits, s.ends = append(s.digits, b), append(s.ends, i+1)
			s.groups[len(s.groups)-1]++
			gap = 0
			continue
		}
		if gap++; gap > 3 || strings.IndexByte(" -.()+/_,", b) < 0 {
			break
		}
		open = true
	}
	return s
}

// number masks the card or telephone number at i and returns its end, else 0.
func (p *page) number(i int) int {
	s := p.series(i)
	n := len(s.digits)
	if n == 6 && len(s.groups) == 2 && s.groups[0] == 3 && s.ends[5]-i == 7 && p.low[s.ends[2]] == ' ' && string(s.digits[3:]) != "000" {
		if u, _ := p.units.at(p.low, p.spaces(s.ends[5])); u == 0 {
			return p.maskNumber(i, s.ends[5], Code) // the way messages write one-time codes
		}
	}
	if n < 9 {
		return p.local(i, s)
	}
	for length := min(n, 19); length >= 13; length-- {
		if luhn(s.digits[:length]) && s.boundary(length) && (length == n || s.groups[0] == 4 || len(s.groups) == 1) && s.digits[0] != '0' && (len(s.groups) > 1 || !p.publicNumber(i)) {
			return p.maskNumber(i, s.ends[length-1], Card)
		}
	}
	for length := min(n, 13); length >= 9; length-- {
		if s.boundary(length) && p.telephone(i, s, length) {
			return p.maskNumber(i, s.ends[length-1], Phone)
		}
	}
	if n >= 12 && s.groups[0] == 4 && s.groups[1] == 4 && s.boundary(n) {
		return p.maskNumber(i, s.ends[n-1], Code)
	}
	return p.local(i, s)
}

func (p *page) publicNumber(i int) bool { return p.publicNumbers.before(p.low, p.back(i)) > 0 }

func (p *page) maskNumber(start, end int, kind Kind) int {
	if end < len(p.low) && isLetter(p.low[end]) {
		return 0
	}
	p.mask(start, end, markOf(kind))
	return end
}

// boundary reports whether a group of digits ends behind the first n.
func (s series) boundary(n int) bool {
	for _, group := range s.groups {
		if n -= group; n <= 0 {
			return n == 0
		}
	}
	return false
}

// telephone knows the forms of Japan, of North America, and international ones.
func (p *page) telephone(i int, s series, n int) bool {
	parted := len(s.groups) > 1 && s.groups[0] < n
	d := string(s.digits[:n])
	text := p.low[i:s.ends[n-1]]
	switch {
	case strings.ContainsAny(text, "/_,") || strings.Count(text, ".") > 2:
		return false
	case p.low[i] == '+' || i > 0 && p.low[i-1] == '+':
		return true
	case d[0] == '0' && d[1] != '0':
		return (n == 10 || n == 11) && (parted || d[1] >= '5' || n == 10)
	case strings.HasPrefix(d, "81") && (n == 11 || n == 12) && parted:
		return true
	case n == 10 && parted && (p.low[i] == '(' || s.groups[0] == 3 && s.groups[len(s.groups)-1] == 4):
		return true
	default:
		return n == 11 && d[0] == '1' && parted
	}
}

// luhn is the check that the numbers of payment cards pass.
func luhn(digits []byte) bool {
	sum := 0
	for i := range digits {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
