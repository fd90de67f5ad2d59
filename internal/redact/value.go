package redact

import (
	"strings"
	"unicode/utf8"
)

// value masks the secret that begins at i, if one does, and returns its end; else 0.
func (p *page) value(i, limit int, how force, h hit, bridge int) int {
	if p.masked(i) {
		for i < len(p.low) && p.masked(i) {
			_, size := utf8.DecodeRuneInString(p.low[i:])
			i += size
		}
		return i
	}
	if p.marks[i] == settled {
		return 0
	}
	if open, shut := p.quote(i); shut > 0 {
		return p.quoted(i+open, shut, how, h)
	}
	end := p.chunkEnd(i)
	if end == i {
		return p.kana(i, how, h)
	}
	start, end := p.trim(i, end)
	if start == end || start-i > 2 {
		return 0
	}
	if stop := p.digitGroups(start, end); stop > end && (!h.weak || how == certain) {
		p.mask(start, stop, h.as)
		return stop
	}
	if how != beside || h.weak {
		if stop := p.twins(start, end, h); stop > 0 {
			return stop
		}
	}
	if !p.secretToken(start, end, how, h, bridge) {
		if how != beside && !h.weak {
			return p.passphrase(start, limit, h)
		}
		return 0
	}
	p.mask(start, end, h.as)
	return p.tail(end, h)
}

// digitGroups returns the end of a number that is written in short groups: 55 19 27.
func (p *page) digitGroups(start, end int) int {
	if !allDigits(p.low[start:end]) || end-start > 4 {
		return 0
	}
	total, stop := end-start, end
	for stop+1 < len(p.low) && p.low[stop] == ' ' && isDigit(p.low[stop+1]) {
		next := p.chunkEnd(stop + 1)
		_, next = p.trim(stop+1, next)
		if !allDigits(p.low[stop+1:next]) || next-stop > 5 {
			break
		}
		total, stop = total+next-stop-1, next
	}
	if n, _ := p.units.at(p.low, p.spaces(stop)); total < 4 || n > 0 {
		return 0
	}
	return stop
}

// twins masks a user name and a password with a stroke between them: the second is the proof
// that the first is no ordinary word.
func (p *page) twins(start, end int, h hit) int {
	if h.as != markOf(Credentials) {
		return 0
	}
	at := p.spaces(end)
	if at >= len(p.low) || strings.IndexByte("/:|", p.low[at]) < 0 {
		return 0
	}
	from := p.spaces(at + 1)
	if from >= len(p.low) {
		return 0
	}
	from, to := p.trim(from, p.chunkEnd(from))
	if to-from < 4 || end-start < 3 || strings.HasPrefix(p.low[at:], "://") {
		return 0
	}
	if _, ok := p.known[p.low[start:end]]; ok || p.everyWord(p.low[from:to]) || !p.secretToken(from, to, linked, hit{as: h.as}, 0) {
		return 0
	}
	p.mask(start, end, h.as)
	p.mask(from, to, markOf(Password))
	return to
}

// tail includes the signs at the end of a secret that would be punctuation elsewhere.
func (p *page) tail(end int, h hit) int {
	for end < len(p.low) && p.marks[end] == 0 && strings.IndexByte("!*#$%=~", p.low[end]) >= 0 {
		p.marks[end] = h.as
		end++
	}
	return end
}

// quote returns the length of an opening quotation mark at i, and where what it opens ends.
func (p *page) quote(i int) (open, shut int) {
	for _, pair := range [...][2]string{{"\"", "\""}, {"'", "'"}, {"`", "`"}, {"\u300c", "\u300d"}, {"\u300e", "\u300f"}, {"\u3010", "\u3011"}, {"<", ">"}, {"[", "]"}, {"\u00ab", "\u00bb"}} {
		if !strings.HasPrefix(p.low[i:], pair[0]) {
			continue
		}
		if i > 0 && pair[0] == "'" && isAlnum(p.low[i-1]) {
			continue
		}
		rest := p.low[i+len(pair[0]):]
		if n := strings.Index(rest[:min(len(rest), 96)], pair[1]); n > 0 && strings.IndexByte(rest[:n], '\n') < 0 {
			return len(pair[0]), i + len(pair[0]) + n
		}
	}
	return 0, 0
}

// quoted masks what stands in quotation marks unless it is made of harmless words.
func (p *page) quoted(start, end int, how force, h hit) int {
	if !p.secretQuote(start, end, how, h) {
		return 0
	}
	p.mask(start, end, h.as)
	return end + 1
}

func (p *page) secretQuote(start, end int, how force, h hit) bool {
	text := strings.TrimSpace(p.low[start:end])
	if text == "" {
		return false
	}
	words := strings.Fields(text)
	odd, ascii := 0, true
	for _, r := range text {
		ascii = ascii && r < utf8.RuneSelf
	}
	if !ascii {
		return p.secretKana(text) && (!h.weak || how == certain)
	}
	if len(words) > 5 {
		return false
	}
	for _, word := range words {
		if placeholder(word) {
			return false
		}
		at := start + strings.Index(p.low[start:end], word)
		from, to := p.trim(at, at+len(word))
		if from < to && p.secretToken(from, to, certain, h, 0) {
			odd++
		}
	}
	return odd > 0 && odd*2 >= len(words) && !p.own(text)
}

// own reports whether the desk says this itself: a button, a heading. It is asked last, and not
// too often in one message, since all texts are searched.
func (p *page) own(text string) bool {
	p.asked++
	return p.asked < maxAsked && utf8.RuneCountInString(text) > 1 && strings.Contains(p.ownText, text)
}

// secretToken judges a run of Latin characters at a place where a secret may stand.
func (p *page) secretToken(start, end int, how force, h hit, bridge int) bool {
	text := p.low[start:end]
	if len(text) > maxRun/2 {
		return true
	}
	if placeholder(text) {
		return false
	}
	if _, ok := p.known[text]; ok {
		return false
	}
	letters, digits, signs := count(text)
	switch {
	case letters == 0 && digits == 0:
		return signs > 3 && how == certain
	case letters == 0 && signs == 0:
		return p.secretNumber(start, end, how, h)
	case digits > 0 || signs > 0:
		return p.secretMixture(start, end, how, h)
	case letters < 3:
		return false
	case p.everyWord(text):
		return false
	case p.honorific(end):
		return false
	case how == certain:
		return !h.weak || !p.words.knows(text) || p.clauseEnds(end) || p.japaneseAt(end)
	case how == linked:
		return !h.weak || p.clauseEnds(end) || p.japaneseAt(end)
	default:
		return !h.weak && bridge == 0 && (p.clauseEnds(end) || p.japaneseAt(end) || p.goesOn(end) || !p.words.knows(text) && !p.words.plausible(text))
	}
}

// goesOn reports whether what follows is said of passwords: "worked", "is wrong".
func (p *page) goesOn(end int) bool {
	at := p.spaces(end)
	worked, _ := p.works.at(p.low, at)
	joined, _ := p.dictatedJoints.at(p.low, at)
	return worked+joined > 0
}

func (p *page) honorific(end int) bool {
	n, _ := p.honorifics.at(p.low, p.spaces(end))
	return n > 0
}

func (p *page) japaneseAt(i int) bool {
	i = p.spaces(i)
	if i >= len(p.low) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(p.low[i:])
	return isJapanese(r)
}

// secretNumber: a count ("8 characters"), a year of a product or an error is no secret.
func (p *page) secretNumber(start, end int, how force, h hit) bool {
	if end-start < 3 && (how != certain || h.as != markOf(Card)) {
		return false
	}
	if n, _ := p.units.at(p.low, p.spaces(end)); n > 0 {
		return false
	}
	if h.as == markOf(Phone) {
		return end-start > 5
	}
	if end-start == 4 && year(p.low[start:end]) && p.publicNumbers.before(p.low, p.back(start)) > 0 {
		return false
	}
	if h.weak && how != certain {
		return (end-start > 4 || h.as != markOf(Code) && end-start > 3) && p.publicNumbers.before(p.low, p.back(start)) == 0
	}
	return true
}

// year reports whether four digits are a year in which a customer may have bought something.
func year(text string) bool { return strings.HasPrefix(text, "19") || strings.HasPrefix(text, "20") }

// secretMixture judges a run with digits or signs in it.
func (p *page) secretMixture(start, end int, how force, h hit) bool {
	letters, digits, signs := count(p.low[start:end])
	if h.as == markOf(Code) && !h.weak && how != beside && letters == 0 && digits > 5 && strings.Count(p.low[start:end], "-") == 1 {
		return true
	}
	if !h.weak && letters > 0 && digits > 0 && signs == 0 && end-start > 5 && isLetter(p.low[start]) && h.as != markOf(Phone) {
		return true // a model or an error number elsewhere
	}
	if !h.weak && letters > 0 && digits > 0 && strings.ContainsAny(p.low[start:end], "!$#%^*@~_") {
		return true
	}
	if p.harmlessShape(start, end) {
		return false
	}
	if h.as == markOf(Phone) {
		return false
	}
	if h.as == markOf(Credentials) && initialled(p.low[start:end]) {
		return true
	}
	if p.wordAndNumber(p.low[start:end]) || !h.weak && (how == certain || how == linked && h.as == markOf(Credentials)) && strings.IndexByte(p.low[start:end], '_') > 0 {
		return true
	}
	for part := range strings.FieldsFuncSeq(p.low[start:end], func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		if !p.harmlessPart(part) || how == certain && !p.everyWord(part) && !allDigits(part) {
			return true
		}
	}
	return how == certain && !h.weak && digits > 1 && signs > 0 && !p.slashed(start, end)
}

// initialled reports whether a run is a name with an initial, as in user names: k-suzuki.
func initialled(text string) bool {
	first, last, ok := strings.Cut(strings.NewReplacer("_", "-", ".", "-").Replace(text), "-")
	return ok && (len(first) == 1 && len(last) > 3 || len(first) > 3 && len(last) == 1)
}

// wordAndNumber reports whether a run joins a word that is none of everyday messages to a number.
func (p *page) wordAndNumber(text string) bool {
	if strings.ContainsAny(text, "/,:") {
		return false
	}
	odd, number := false, false
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		letters, digits, _ := count(part)
		number = number || digits > 0
		odd = odd || letters > 2 && digits == 0 && !p.everyWord(part)
	}
	return odd && number
}

// slashed reports whether a run is nothing but words with a stroke between them: VPN/Mac.
func (p *page) slashed(start, end int) bool { return strings.IndexByte(p.low[start:end], '/') >= 0 }

// passphrase masks a secret of several words: at least half of them are odd in such a message.
func (p *page) passphrase(i, limit int, h hit) int {
	start, end, words, odd := i, i, 0, 0
	for i < limit && words < 7 {
		stop := p.wordEnd(i)
		if stop == i {
			break
		}
		words++
		if word := p.low[i:stop]; len(word) > 2 && lowerWord(word) && !p.everyWord(word) {
			odd++
		}
		end = stop
		if i = p.spaces(stop); i == stop {
			break
		}
	}
	if words < 3 || odd*2 < words || !p.clauseEnds(end) {
		return 0
	}
	p.mask(start, end, h.as)
	return end
}

// others masks what is named behind a secret in the same breath: the rest of it, the password
// behind the user name, the new one behind the old one.
func (p *page) others(i int, h hit) {
	for range 8 {
		joined, at := false, i
		for at < len(p.low) && strings.IndexByte(" \t\"')]!.>", p.low[at]) >= 0 || strings.HasPrefix(p.low[at:], "\u300d") {
			_, size := utf8.DecodeRuneInString(p.low[at:])
			at += size
		}
		for range 3 {
			n, _ := p.joints.at(p.low, at)
			if n == 0 {
				break
			}
			joined, at = true, p.spaces(at+n)
		}
		if at >= len(p.low) || p.low[at] == '\n' || p.low[at] == '\r' {
			return
		}
		how := beside
		if joined {
			how = linked
		}
		next := h
		next.weak = false
		if n, _ := p.keywords.at(p.low, at); n > 0 {
			return
		}
		end := p.more(at, how, next, joined)
		if end <= at {
			return
		}
		i = end
	}
}

func (p *page) more(at int, how force, h hit, joined bool) int {
	if open, shut := p.quote(at); shut > 0 && joined {
		return p.quoted(at+open, shut, how, h)
	}
	if p.masked(at) {
		return p.value(at, len(p.low), how, h, 1)
	}
	start, end := p.trim(at, p.chunkEnd(at))
	if start >= end || p.marks[start] == settled {
		return 0
	}
	if !joined && !p.odd(start, end) {
		return 0
	}
	how = max(how, linked)
	if !p.secretToken(start, end, how, h, 0) {
		return 0
	}
	p.mask(start, end, h.as)
	return p.tail(end, h)
}

// odd reports whether a run behind a secret looks like more of it.
func (p *page) odd(start, end int) bool {
	letters, digits, _ := count(p.low[start:end])
	return digits > 2 && letters == 0 || digits > 0 && letters > 0 && !p.harmlessShape(start, end) || letters > 0 && !p.everyWord(p.low[start:end])
}

// count counts the letters, digits and other signs of a text.
func count(text string) (letters, digits, signs int) {
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r >= 'a' && r <= 'z' || r >= utf8.RuneSelf:
			letters++
		default:
			signs++
		}
	}
	return letters, digits, signs
}

func allDigits(text string) bool {
	for i := range len(text) {
		if !isDigit(text[i]) {
			return false
		}
	}
	return text != ""
}

// placeholder reports whether a text only stands for a secret: XXXX-XXXX, ****, ____.
func placeholder(text string) bool {
	var first byte
	for i := range len(text) {
		b := text[i]
		if b == '-' || b == '_' || b == '.' || b == '*' || b == '/' || b == '?' || b == '#' {
			continue
		}
		if first == 0 {
			first = b
		}
		if b != first || b != 'x' && b != 'o' && b != 'n' && b != '0' && b != 'y' && b != 'z' && b != 'a' {
			return false
		}
	}
	return first != '0' && first != 'a' || len(text) > 4 && strings.ContainsAny(text, "-")
}
