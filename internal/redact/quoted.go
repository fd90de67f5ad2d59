package redact

import (
	"strings"
	"unicode/utf8"
)

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

// refusedQuote masks a quotation of everyday words that is said to have worked, or not: a phrase.
func (p *page) refusedQuote(start, end int, h hit) int {
	if words := strings.Count(p.low[start:end], " "); words == 0 || words > 5 || !p.works.has(p.low, p.spaces(min(end+1, len(p.low)))) || p.own(p.low[start:end]) {
		return 0
	}
	p.mask(start, end, h.as)
	return end + 1
}
