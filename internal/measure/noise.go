package measure

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"unicode"

	"passdesk/internal/classify"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/surface"
	"passdesk/internal/understand"
)

// Noise is one way in which a message may come in without meaning anything else.
type Noise struct {
	Name   string
	Change func(text string, words Words, seed uint64) string
	Only   func(text string) bool // nil for every message
}

// noises lists the ways in the order in which they are printed.
func noises(rules *surface.Rules) []Noise {
	hiragana := func(text string) string {
		kana, _ := rules.Hiragana(surface.Normalise(text))
		return kana
	}
	readable := func(text string) bool {
		_, ok := rules.Hiragana(surface.Normalise(text))
		return ok && hasKana(text)
	}
	return []Noise{
		{Name: "one typo", Change: func(text string, _ Words, seed uint64) string { return typos(text, 1, seed) }},
		{Name: "two typos", Change: func(text string, _ Words, seed uint64) string { return typos(text, 2, seed) }},
		{Name: "full and half width", Change: func(text string, _ Words, _ uint64) string { return otherWidth(text) }},
		{Name: "all hiragana", Change: func(text string, _ Words, _ uint64) string { return hiragana(text) }, Only: readable},
		{Name: "ALL CAPS", Change: func(text string, _ Words, _ uint64) string { return strings.ToUpper(text) }, Only: hasLatin},
		{Name: "trailing emoji", Change: func(text string, _ Words, _ uint64) string { return text + " 🙏😭" }},
		{Name: "polite wrapping", Change: func(text string, w Words, _ uint64) string {
			l := languageOf(text)
			return w.Before[l] + text + w.After[l]
		}},
		{Name: "quoted e-mail below", Change: func(text string, w Words, _ uint64) string { return text + "\n\n" + w.Quoted[languageOf(text)] }},
		{Name: "5,000 characters", Change: func(text string, w Words, _ uint64) string { return rambling(text, w) }},
		{Name: "mixed languages", Change: func(text string, w Words, _ uint64) string { return text + " " + w.Mixed[languageOf(text)] }},
	}
}

func hasKana(text string) bool  { return strings.ContainsFunc(text, surface.IsJapanese) }
func hasLatin(text string) bool { return !hasKana(text) }

func languageOf(text string) guide.Language {
	if hasKana(text) {
		return guide.Japanese
	}
	return guide.English
}

// typos drops, doubles, swaps or replaces letters, as fingers do.
func typos(text string, n int, seed uint64) string {
	draw := rand.New(rand.NewPCG(seed, 11))
	letters := []rune(text)
	for range n {
		var at []int
		for i, r := range letters {
			if unicode.IsLetter(r) {
				at = append(at, i)
			}
		}
		if len(at) < 4 {
			break // in a word of three letters a typo makes another word
		}
		i := at[draw.IntN(len(at))]
		switch draw.IntN(4) {
		case 0:
			letters = append(letters[:i:i], letters[i+1:]...)
		case 1:
			letters = append(letters[:i+1:i+1], letters[i:]...)
		case 2:
			if i+1 < len(letters) {
				letters[i], letters[i+1] = letters[i+1], letters[i]
			}
		default:
			letters[i] = letters[at[draw.IntN(len(at))]]
		}
	}
	return string(letters)
}

// otherWidth writes Latin letters and digits full-width.
func otherWidth(text string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r <= '~' {
			return r + 0xfee0
		}
		return r
	}, text)
}

// ramblingLength is how long a rambling message is, in characters.
const ramblingLength = 5000

// rambling puts the message in the middle of much else.
func rambling(text string, w Words) string {
	beside := w.Beside[languageOf(text)]
	if beside == "" {
		return text
	}
	half := strings.Repeat(beside, ramblingLength/2/len([]rune(beside))+1)
	return half + text + " " + half
}

// Noises measures what is left of the reader when messages come in with noise: for each kind the
// tally without it and with it, on the held-out first messages and replies that it applies to.
func (v *Validation) Noises(content *understand.Content, words Words, to io.Writer) error {
	var out strings.Builder
	fmt.Fprintf(&out, "%-22s %7s %9s %9s %9s %9s %10s\n", "noise", "of", "right", "with it", "wrong", "with it", "identical")
	for _, noise := range noises(content.Rules) {
		clean, noisy, same := v.tryNoise(noise, content.Settings, words)
		fmt.Fprintf(&out, "%-22s %7d %8.1f%% %8.1f%% %8.1f%% %8.1f%% %9.1f%%\n", noise.Name, clean.Of(),
			100*clean.Share(Right), 100*noisy.Share(Right), 100*clean.Share(Wrong), 100*noisy.Share(Wrong), 100*same)
	}
	_, err := io.WriteString(to, out.String())
	return err
}

// noiseEvery is how many held-out messages go to one that is tried with noise.
const noiseEvery = 4

func (v *Validation) tryNoise(noise Noise, settings understand.Settings, words Words) (clean, noisy Tally, same float64) {
	type result struct {
		tried        bool
		clean, noisy Verdict
		same         bool
	}
	results := make([]result, len(v.Trials))
	classify.Share(len(v.Trials), 64, func(i int) {
		t := &v.Trials[i]
		if i%noiseEvery != 0 || t.Later || t.Garbled || t.Contrast || noise.Only != nil && !noise.Only(t.Example.Text) {
			return
		}
		changed := noise.Change(t.Example.Text, words, surface.Hash(t.Example.Text))
		_, before := dialogue.Next(v.guide, t.state, t.reader.Decide(t.seen, settings, t.expects))
		_, after := dialogue.Next(v.guide, t.state, t.reader.Decide(t.reader.Impress(changed), settings, t.expects))
		results[i] = result{true, judge(before, t.want), judge(after, t.want), Outcome(before) == Outcome(after)}
	})
	identical := 0
	for _, r := range results {
		if r.tried {
			clean[r.clean]++
			noisy[r.noisy]++
			if r.same {
				identical++
			}
		}
	}
	return clean, noisy, float64(identical) / float64(max(1, clean.Of()))
}
