package surface

import "strings"

// syllables maps Hepburn and Kunrei spellings to hiragana, plain sounds only (see soundOf).
var syllables = func() map[string]string {
	table := map[string]string{
		"shi": "し", "chi": "ち", "tsu": "つ", "ji": "し", "fu": "ふ", "n": "ん", "wo": "お", "wa": "わ", "ti": "てい", "di": "てい",
		"sha": "しや", "shu": "しゆ", "sho": "しよ", "cha": "ちや", "chu": "ちゆ", "cho": "ちよ", "che": "ちえ", "she": "しえ",
		"ja": "しや", "ju": "しゆ", "jo": "しよ", "je": "しえ", "fa": "ふあ", "fi": "ふい", "fe": "ふえ", "fo": "ふお", "va": "うあ", "vi": "うい", "ve": "うえ", "vo": "うお", "vu": "う",
		"we": "うえ", "wi": "うい", "dzu": "つ",
	}
	vowels := []string{"a", "i", "u", "e", "o"}
	rows := map[string]string{
		"": "あいうえお", "k": "かきくけこ", "g": "かきくけこ", "s": "さしすせそ", "z": "さしすせそ", "t": "たちつてと", "d": "たちつてと",
		"n": "なにぬねの", "h": "はひふへほ", "b": "はひふへほ", "p": "はひふへほ", "m": "まみむめも", "r": "らりるれろ", "y": "や ゆ よ",
	}
	glides := map[string]string{"ky": "き", "gy": "き", "sy": "し", "zy": "し", "ty": "ち", "ny": "に", "hy": "ひ", "by": "ひ", "py": "ひ", "my": "み", "ry": "り"}
	for consonant, kana := range rows {
		for i, r := range []rune(kana) {
			if r != ' ' {
				if _, taken := table[consonant+vowels[i]]; !taken {
					table[consonant+vowels[i]] = string(r)
				}
			}
		}
	}
	for consonant, kana := range glides {
		table[consonant+"a"], table[consonant+"u"], table[consonant+"o"] = kana+"や", kana+"ゆ", kana+"よ"
	}
	return table
}()

// FromRomaji spells a Latin word in plain hiragana if the whole of it can be read as Japanese.
func FromRomaji(word string) (kana string, ok bool) {
	var out strings.Builder
	for i := 0; i < len(word); {
		rest := word[i:]
		if len(rest) > 1 && rest[0] == rest[1] && !strings.ContainsRune("aiueon", rune(rest[0])) {
			i++ // a doubled consonant is a っ, which reading drops too
			continue
		}
		if strings.HasPrefix(rest, "tch") {
			i++
			continue
		}
		size := 0
		for n := min(3, len(rest)); n > 0; n-- {
			if s, found := syllables[rest[:n]]; found {
				out.WriteString(s)
				size = n
				break
			}
		}
		if size == 0 {
			return "", false
		}
		if i += size; i < len(word) && rest[0] == 'n' && size == 1 && word[i] == '\'' {
			i++
		}
	}
	return dropLong(out.String()), true
}

// dropLong removes the second of two equal vowels written out (pasuwaado), which katakana
// spells with the ー that reading drops.
func dropLong(kana string) string {
	runes := []rune(kana)
	out := runes[:0]
	for i, r := range runes {
		if i > 0 && strings.ContainsRune("あいうえお", r) && vowelOf(runes[i-1]) == r {
			continue
		}
		out = append(out, r)
	}
	return string(out)
}

// vowelOf returns the vowel a plain hiragana ends in, as a hiragana.
func vowelOf(r rune) rune {
	for _, row := range []string{"あかさたなはまやらわ", "いきしちにひみり", "うくすつぬふむゆる", "えけせてねへめれ", "おこそとのほもよろ"} {
		if strings.ContainsRune(row, r) {
			return []rune(row)[0]
		}
	}
	return 0
}
