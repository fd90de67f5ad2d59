package understand

import (
	"strings"
	"unicode/utf8"

	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/surface"
)

// languageModel tells English from Japanese in Latin letters by the words that the examples of
// each language use.
type languageModel struct {
	weight map[string]float32 // word → positive for English, negative for romaji
}

// votesToSwitch is how clear a message must be before a running conversation changes language:
// one "ok" in a Japanese chat is no wish for English.
const votesToSwitch = 2.5

func newLanguageModel(examples []Example, rules *surface.Rules) languageModel {
	english, romaji := map[string]int{}, map[string]int{}
	var englishTotal, romajiTotal int
	for _, e := range examples {
		if e.Act == dialogue.Language || strings.ContainsFunc(e.Text, surface.IsJapanese) {
			continue // a wish for a language is often written in that language
		}
		text := surface.Normalise(e.Text)
		for _, word := range latinWords(text) {
			if rules.IsNeutral(word) {
				continue
			}
			if e.Language == guide.English {
				english[word]++
				englishTotal++
			} else if _, ok := surface.FromRomaji(word); ok { // windows are pasted in English too
				romaji[word]++
				romajiTotal++
			}
		}
	}
	m := languageModel{weight: map[string]float32{}}
	share := func(n, total int) float32 { return (float32(n) + 0.01) / float32(total+1) }
	for word := range english {
		m.weight[word] = vote(share(english[word], englishTotal), share(romaji[word], romajiTotal))
	}
	for word := range romaji {
		m.weight[word] = vote(share(english[word], englishTotal), share(romaji[word], romajiTotal))
	}
	return m
}

// vote is 1 for a word that only English uses, -1 for one that only romaji uses.
func vote(english, romaji float32) float32 { return (english - romaji) / (english + romaji) }

func latinWords(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r != '\'' && !surface.IsLatin(r) || r >= '0' && r <= '9' })
}

// detect returns the language of a normalised message, "" if it cannot be told. Only a clear
// message changes the language of a running conversation; one that names nothing but products
// is taken to be in the customer's locale.
func (r *Reader) detect(normal string, expects dialogue.Expectation) guide.Language {
	current := expects.Language
	outside := unquoted(normal)
	if hasJapanese(outside) {
		return guide.Japanese
	}
	var votes float32
	words := 0
	for _, word := range latinWords(outside) {
		if len(word) > 0 && !r.rules.IsNeutral(word) {
			words++
			votes += r.model.language.vote(word)
		}
	}
	switch {
	case words == 0 && hasJapanese(normal):
		return guide.Japanese // nothing but a quotation
	case current != "" && votes > -votesToSwitch && votes < votesToSwitch:
		return ""
	case words == 0 && expects.Locale != "":
		return expects.Locale
	case votes < 0:
		return guide.Japanese
	case words > 0 || len(latinWords(normal)) > 0:
		return guide.English
	default:
		return ""
	}
}

func (m languageModel) vote(word string) float32 {
	if w, ok := m.weight[word]; ok {
		return w
	}
	if kana, ok := surface.FromRomaji(word); ok && utf8.RuneCountInString(kana) > 1 {
		return -0.7
	}
	return 0.5
}

// hasJapanese asks for two characters, since a single one may be a slip or an emoticon.
func hasJapanese(text string) bool {
	n := 0
	for _, r := range text {
		if surface.IsHiragana(r) {
			return true
		}
		if surface.IsJapanese(r) {
			if n++; n == 2 {
				return true
			}
		}
	}
	return false
}

// unquoted drops what stands in Japanese quotation marks: an English writer quotes a window.
func unquoted(text string) string {
	for {
		start := strings.IndexAny(text, "「『“\"")
		if start < 0 {
			return text
		}
		end := strings.IndexAny(text[start+1:], "」』”\"")
		if end < 0 {
			return text
		}
		_, size := utf8.DecodeRuneInString(text[start+1+end:])
		text = text[:start] + " " + text[start+1+end+size:]
	}
}

// languageAsked is the language that the customer wants to go on in: the one named if it is only
// one, else the one that was written in if that is new, else the other one.
func (r *Reader) languageAsked(normal string, written, current guide.Language) guide.Language {
	named := r.rules.Named(normal)
	switch {
	case len(named) == 1:
		return named[0]
	case written != "" && written != current:
		return written
	case current == guide.Japanese:
		return guide.English
	default:
		return guide.Japanese
	}
}
