package redact

// inFront masks the secret in front of a keyword: "… is my password", "used … as the code".
func (p *page) inFront(h hit) {
	if h.as == markOf(Phone) {
		return
	}
	end := h.start
	for range 5 {
		i := p.blanksBefore(end)
		if n := p.links.before(p.low, i); n > 0 {
			if p.subject(p.blanksBefore(i-n), h) {
				return
			}
		}
		start := p.wordBefore(i)
		if start == i || !p.everyWord(p.low[start:i]) {
			return
		}
		end = start
	}
}

// subject masks the run of Latin characters that ends at i if it may be a secret.
func (p *page) subject(i int, h hit) bool {
	start := i
	for start > 0 && p.low[start-1] > ' ' && p.low[start-1] < 0x80 && i-start < 64 {
		start--
	}
	from, to := p.trim(start, i)
	if from == to || p.marks[from] != 0 || i-to > 1 || !p.secretToken(from, to, linked, h, 0) {
		return false
	}
	if letters, digits, _ := count(p.low[from:to]); h.weak && (digits == 0 || letters == 0) {
		return false
	}
	p.mask(from, to, h.as)
	return true
}

func (p *page) blanksBefore(i int) int {
	for i > 0 && (p.low[i-1] == ' ' || p.low[i-1] == '\t') {
		i--
	}
	return i
}

func (p *page) wordBefore(i int) int {
	first := max(0, i-maxRun/2)
	for i > first && (isAlnum(p.low[i-1]) || p.low[i-1] == '\'') {
		i--
	}
	return i
}

// findTyped looks, in a message about a password, for what was typed, changed or worked.
func (p *page) findTyped() {
	if !p.strong(0, len(p.low)) {
		return
	}
	h := hit{as: p.hits[0].as}
	for _, other := range p.hits {
		if !other.weak && other.as != markOf(Phone) && other.as != markOf(Card) {
			h.as = other.as
			break
		}
	}
	for i := 0; i < len(p.low); i++ {
		if i > 0 && isAlnum(p.low[i-1]) || !isAlnum(p.low[i]) {
			continue
		}
		if n, _ := p.typed.at(p.low, i); n > 0 {
			p.object(p.spaces(i+n), h)
		} else if n, _ := p.fromWords.at(p.low, i); n > 0 {
			p.change(p.spaces(i+n), h)
		} else if n, _ := p.works.at(p.low, i); n > 0 {
			p.worker(p.blanksBefore(i), h)
		}
	}
}

// object masks what follows a word such as "typed".
func (p *page) object(i int, h hit) {
	for range 4 {
		if n, _ := p.fillers.at(p.low, i); n > 0 {
			i = p.spaces(i + n)
			continue
		}
		break
	}
	if i >= len(p.low) || p.low[i] == '\n' {
		return
	}
	if end := p.value(i, len(p.low), linked, h, 0); end > i {
		p.others(end, h)
	}
}

// change masks both of "from … to …".
func (p *page) change(i int, h hit) {
	if i >= len(p.low) || p.masked(i) {
		return
	}
	if open, shut := p.quote(i); shut > 0 {
		if n, _ := p.joints.at(p.low, p.spaces(min(len(p.low), shut+1))); n > 0 {
			if end := p.quoted(i+open, shut, linked, h); end > 0 {
				p.others(end, h)
			}
		}
		return
	}
	start, end := p.trim(i, p.chunkEnd(i))
	if start >= end || p.marks[start] != 0 {
		return
	}
	if n, _ := p.joints.at(p.low, p.spaces(end)); n == 0 || p.comma(p.spaces(end)) > 0 || !p.secretToken(start, end, linked, h, 0) {
		return
	}
	p.mask(start, end, h.as)
	p.others(p.tail(end, h), h)
}

// worker masks the lone word that "worked".
func (p *page) worker(end int, h hit) {
	start := p.wordBefore(end)
	if start == end || p.marks[start] != 0 || start > 0 && p.low[start-1] > ' ' {
		return
	}
	if before := p.blanksBefore(start); before > 0 && before < start {
		if word := p.low[p.wordBefore(before):before]; word == "the" || word == "a" || word == "my" || word == "this" || word == "that" || word == "your" {
			return
		}
	}
	if p.secretToken(start, end, linked, h, 0) {
		p.mask(start, end, h.as)
	}
}
