package surface

import "passdesk/internal/classify"

// Explained returns the grams of a normalised text with what each stands for, for people to read:
// "忘れ", "pass word", "not: vpn". It costs far more than Grams.
func (x *Extractor) Explained(text string) map[classify.Gram]string {
	x.names = map[classify.Gram]string{}
	x.Grams(text)
	names := x.names
	x.names = nil
	return names
}

// explain keeps the name of a gram if it is wanted.
func (x *Extractor) explain(g classify.Gram, mark uint64) {
	if x.names == nil {
		return
	}
	name := string(x.name)
	if g.Block() == soundBlock {
		name = "sound " + name
	}
	if mark&deniedMark != 0 {
		name = "not: " + name
	}
	x.names[g] = name
}

// spell says that the next gram stands for a word.
func (x *Extractor) spell(word string) {
	if x.names != nil {
		x.name = []rune(word)
	}
}

// spellConcepts says that the next gram stands for concepts of the lexicon.
func (x *Extractor) spellConcepts(concepts ...uint64) {
	if x.names == nil {
		return
	}
	x.name = x.name[:0:0]
	for _, c := range concepts {
		name, denied := x.rules.lexicon.names[c], ""
		if name == "" {
			name, denied = x.rules.lexicon.names[c^deniedMark], "not: "
		}
		x.name = append(x.name, []rune(denied+"⟨"+name+"⟩")...)
	}
}

// spellPair says that the next gram stands for a word and one before it.
func (x *Extractor) spellPair(i, distance int) {
	if x.names == nil {
		return
	}
	first, between := "", " "
	if i >= distance {
		first = x.tokens[i-distance]
	}
	if distance > 1 {
		between = " … "
	}
	x.name = []rune(first + between + x.tokens[i])
}
