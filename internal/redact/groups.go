package redact

import "strings"

// findGroups masks codes in groups: three or more, parted by dashes or blanks, of the same length.
func (p *page) findGroups() {
	for i := 0; i < len(p.low); {
		if !isAlnum(p.low[i]) {
			i++
			continue
		}
		i = p.group(i)
	}
}

// group looks at the row of groups at i and returns where to look next.
func (p *page) group(i int) int {
	var row [12][2]int
	n, at := 0, i
	for n < len(row) {
		end := at
		for end < len(p.low) && isAlnum(p.low[end]) && p.marks[end] == 0 {
			end++
		}
		if end == at {
			break
		}
		row[n] = [2]int{at, end}
		n++
		if at = p.gap(end); at == end {
			break
		}
	}
	if n == 0 {
		return i + 1
	}
	size := row[0][1] - row[0][0]
	same := 1
	for same < n && row[same][1]-row[same][0] == size {
		same++
	}
	if same > 1 && same < n && row[same][1]-row[same][0] < size && row[same][1]-row[same][0] > 1 && p.low[row[same-1][1]] == '-' {
		same++ // the last group may be shorter
	}
	if size < 3 || size > 8 || same < 2 || !p.signsOfCode(row[0][0], row[same-1][1]) || !p.codeLike(row[:same], size) {
		return row[0][1]
	}
	p.mask(row[0][0], row[same-1][1], markOf(Code))
	return row[same-1][1]
}

// signsOfCode reports whether a row of groups has a digit or a dash: words alone make no code, and
// are looked up in vain.
func (p *page) signsOfCode(start, end int) bool {
	return strings.ContainsAny(p.low[start:end], "0123456789-")
}

// gap returns where the next group begins: behind a dash with blanks around it, or one blank.
func (p *page) gap(i int) int {
	at := i
	for at < len(p.low) && at-i < 3 && strings.IndexByte(" -_.", p.low[at]) >= 0 {
		at++
	}
	if at-i == 2 && strings.TrimSpace(p.low[i:at]) == "" {
		return i
	}
	return at
}

// codeLike reports whether groups make a code: dashes and anything that is no word between them,
// or blanks and digits mixed with letters.
func (p *page) codeLike(row [][2]int, size int) bool {
	mixed, odd, everyday, digitsOnly := 0, 0, 0, 0
	dashes, dots := 0, 0
	for k, g := range row {
		text := p.low[g[0]:g[1]]
		letters, digits, _ := count(text)
		_, known := p.known[text]
		switch {
		case placeholder(text) && digits == 0:
			return false
		case known && digits > 0:
			everyday++
		case digits > 0 && letters > 0:
			mixed++
		case letters == 0:
			digitsOnly++
		case p.everyWord(text) || p.words.knows(text):
			everyday++
		default:
			odd++
		}
		if k > 0 && strings.IndexByte(p.low[row[k-1][1]:g[0]], '-') >= 0 {
			dashes++
		}
		if k > 0 && strings.IndexByte(p.low[row[k-1][1]:g[0]], '.') >= 0 {
			dots++
		}
	}
	n := len(row)
	switch {
	case dots > 0:
		return false
	case mixed == 0 && odd == 0 && (digitsOnly < n || n < 3):
		return dashes == n-1 && digitsOnly > 0 && everyday > 0 && n > 2 && size > 2
	case dashes == n-1:
		return mixed+odd > 0 && (n > 2 || mixed > 0) || n > 2 && digitsOnly == n && size > 3
	case n < 3:
		return mixed == n && size > 3
	default:
		return mixed > 0 && mixed+odd+digitsOnly > n/2 && everyday == 0 || mixed+odd+digitsOnly == n && mixed+digitsOnly > 0 && size > 3
	}
}
