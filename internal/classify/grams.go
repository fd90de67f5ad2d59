package classify

// gramTable maps grams to numbers. Grams are hashes already, so probing from their own bits is
// several times faster than a map, which matters for the millions of look-ups of a training.
type gramTable struct {
	grams  []Gram // 0 marks a free place
	values []int32
	used   int
}

// newGramTable makes a table for about n grams; it grows as needed.
func newGramTable(n int) gramTable {
	size := 1 << 10
	for size < 2*n {
		size *= 2
	}
	return gramTable{grams: make([]Gram, size), values: make([]int32, size)}
}

// start spreads grams over a table.
func (g Gram) start(mask int) int {
	const spread = 1099511628211 // the FNV prime: odd, with its bits far apart
	return int(uint64(g)>>8*spread>>20) & mask
}

// place returns where the gram is, or the free place where it belongs.
func (t *gramTable) place(g Gram) int {
	mask := len(t.grams) - 1
	i := g.start(mask)
	for t.grams[i] != g && t.grams[i] != 0 {
		i = (i + 1) & mask
	}
	return i
}

// get returns the gram's number, 0 if it has none.
func (t *gramTable) get(g Gram) int32 {
	return t.values[t.place(g)]
}

// at returns the gram's number to be read or set. The pointer is good until the next call of at.
func (t *gramTable) at(g Gram) *int32 {
	i := t.place(g)
	if t.grams[i] == 0 {
		if t.used++; 2*t.used > len(t.grams) {
			t.grow()
			i = t.place(g)
		}
		t.grams[i] = g
	}
	return &t.values[i]
}

func (t *gramTable) grow() {
	larger := newGramTable(len(t.grams))
	for i, g := range t.grams {
		if g != 0 {
			at := larger.place(g)
			larger.grams[at], larger.values[at] = g, t.values[i]
		}
	}
	t.grams, t.values = larger.grams, larger.values
}

// GramSet holds the grams of one document. It is emptied in no time by counting documents.
type GramSet struct {
	grams    []Gram
	document []uint32 // by place: the document in which its gram was added
	current  uint32
}

// NewGramSet returns an empty set.
func NewGramSet() *GramSet {
	const size = 1 << 10
	return &GramSet{grams: make([]Gram, size), document: make([]uint32, size), current: 1}
}

// Next empties the set for the next document.
func (s *GramSet) Next() {
	if s.current++; s.current == 0 { // after 4 billion documents
		clear(s.document)
		s.current = 1
	}
}

// Add reports whether the gram is new; used is how many have been added so far.
func (s *GramSet) Add(g Gram, used int) bool {
	if 2*used > len(s.grams) {
		s.grow()
	}
	mask := len(s.grams) - 1
	for i := g.start(mask); ; i = (i + 1) & mask {
		if s.document[i] != s.current {
			s.grams[i], s.document[i] = g, s.current
			return true
		}
		if s.grams[i] == g {
			return false
		}
	}
}

func (s *GramSet) grow() {
	old := *s
	s.grams, s.document = make([]Gram, 2*len(old.grams)), make([]uint32, 2*len(old.grams))
	for i, g := range old.grams {
		if old.document[i] == s.current {
			s.Add(g, 0)
		}
	}
}
