package redact

import (
	"strings"
	"unicode/utf8"
)

// kana masks a Japanese word that is said to be the secret and cannot be much else: it ends the
// sentence, or a form of "is" follows, and nothing in it is a word of such sentences.
func (p *page) kana(i int, how force, h hit) int {
	if how == beside || h.as == markOf(Phone) || h.as == markOf(Card) {
		return 0
	}
	end, ended := i, false
	for end < len(p.low) && end-i < 60 {
		if n, _ := p.ends.at(p.low, end); n > 0 && end > i {
			ended = true
			break
		}
		r, size := utf8.DecodeRuneInString(p.low[end:])
		if !isJapanese(r) && (r >= utf8.RuneSelf || !isAlnum(p.low[end])) {
			ended = r == '\n' || r == ' ' || r == '.' || r == '!'
			break
		}
		end += size
	}
	ended = ended || end == len(p.low)
	if !p.topic(i, how) && !strings.HasPrefix(p.low[end:], "\u306b") {
		return 0 // only "to" makes a secret of what was merely an object
	}
	if !ended || h.weak && how != certain || !p.secretKana(p.low[i:end]) || p.asks(end) {
		return 0
	}
	p.mask(i, end, h.as)
	return end
}

// topic reports whether what stands at i is what the keyword is said to be: behind the particle
// of the topic, a blank or a comma at most between, or a colon.
func (p *page) topic(i int, how force) bool {
	before := strings.TrimRight(p.low[:i], " \t\u3001,")
	return how == certain || strings.HasSuffix(before, "\u306f")
}

// asks reports whether the sentence goes on as a question.
func (p *page) asks(i int) bool {
	near := p.low[i:min(len(p.low), i+60)]
	line, _, _ := strings.Cut(near, "\n")
	if n := strings.IndexByte(line, '?'); n >= 0 && n < 40 {
		return true
	}
	n := strings.Index(line, "\u3067\u3059\u304b") // desu ka
	return n >= 0 && n < 6
}

// secretKana reports whether a Japanese word could be a secret by itself.
func (p *page) secretKana(text string) bool {
	n := utf8.RuneCountInString(text)
	if n < 3 || n > 16 {
		return false
	}
	kanji := 0
	for _, r := range text {
		switch {
		case isKanji(r):
			kanji++
		case !isJapanese(r) && (r >= utf8.RuneSelf || !isAlnum(byte(r))):
			return false
		}
	}
	if kanji > 4 {
		return false
	}
	if n < 4 && p.lonePlain.piece(text, 0) > 0 || p.longestPlain(text) > 0 {
		return false
	}
	return !p.own(text)
}

// longestPlain returns the length of the longest word in a text that stands in no secret, 0 if it
// has none.
func (p *page) longestPlain(text string) (longest int) {
	for i := range text {
		longest = max(longest, p.noSecrets.piece(text, i))
	}
	return longest
}

// findJapanese masks, in a Japanese sentence about a password, each Latin word that is none of
// everyday messages: nobody writes another one there.
func (p *page) findJapanese() {
	for start := 0; start < len(p.low); {
		end := p.lineEnd(start)
		if p.strong(start, end) && hasKana(p.low[start:end]) {
			p.sentence(start, end)
		}
		start = end + 1
	}
}

func hasKana(text string) bool {
	n := 0
	for _, r := range text {
		if isHiragana(r) || isKatakana(r) {
			if n++; n > 1 {
				return true
			}
		}
	}
	return false
}

func (p *page) sentence(start, end int) {
	h := hit{as: markOf(Password)}
	for _, other := range p.hits {
		if !other.weak && other.start >= start && other.end <= end && other.as != markOf(Phone) {
			h.as = other.as
			break
		}
	}
	for i := start; i < end; {
		stop := p.chunkEnd(i)
		if stop == i {
			_, size := utf8.DecodeRuneInString(p.low[i:])
			i += size
			continue
		}
		from, to := p.trim(i, stop)
		if from < to && p.marks[from] == 0 && !p.partOfPhrase(i, stop) && p.secretInJapanese(from, to, h) {
			p.mask(from, to, h.as)
			p.tail(to, h)
		}
		i = stop
	}
	p.quotes(start, end, h)
}

// partOfPhrase reports whether a run is a word of an English phrase: another English word stands
// beside it, parted by a blank only.
func (p *page) partOfPhrase(start, end int) bool {
	before, after := p.blanksBefore(start), p.spaces(end)
	neighbour := 0
	if before < start && before > 0 {
		if from := p.wordBefore(before); from < before && lowerWord(p.low[from:before]) && p.words.knows(p.low[from:before]) {
			neighbour++
		}
	}
	if after > end && after < len(p.low) {
		if to := p.wordEnd(after); to > after && lowerWord(p.low[after:to]) && p.words.knows(p.low[after:to]) {
			neighbour++
		}
	}
	return neighbour > 0 && p.words.knows(p.low[start:end])
}

func (p *page) secretInJapanese(start, end int, h hit) bool {
	letters, digits, signs := count(p.low[start:end])
	switch {
	case letters == 0 && signs == 0:
		return digits > 3 && digits < 9 && p.secretNumber(start, end, linked, h) && !p.honorific(end) && p.publicNumbers.before(p.low, p.back(start)) == 0
	default:
		return p.secretToken(start, end, linked, h, 0)
	}
}

// quotes masks what stands in Japanese quotation marks in a sentence about a password and is
// said to have been typed.
func (p *page) quotes(start, end int, h hit) {
	for i := start; i < end; {
		open, shut := p.quote(i)
		if shut == 0 || p.low[i] < utf8.RuneSelf {
			_, size := utf8.DecodeRuneInString(p.low[i:])
			i += size
			continue
		}
		behind := min(len(p.low), shut+open)
		if n, _ := p.ends.at(p.low, behind); n > 0 && !p.asks(behind) || p.joined(behind) {
			p.quoted(i+open, shut, linked, h)
		}
		i = behind
	}
}

// joined reports whether a quotation is one of a pair.
func (p *page) joined(i int) bool {
	n, _ := p.joints.at(p.low, i)
	if n == 0 {
		return false
	}
	_, shut := p.quote(min(p.spaces(i+n), len(p.low)))
	return shut > 0
}
