package understand

// gramTable maps grams to numbers. Grams are hashes already, so probing from their own bits is
// several times faster than a map, which matters for the millions of look-ups of a start-up.
type gramTable struct {
	grams  []gram // 0 marks a free place
	values []int32
	used   int
}

// newGramTable makes a table for about n grams; it grows as needed.
func newGramTable(n int) gramTable {
	size := 1 << 10
	for size < 2*n {
		size *= 2
	}
	return gramTable{grams: make([]gram, size), values: make([]int32, size)}
}

// place returns where the gram is, or the free place where it belongs.
func (t *gramTable) place(g gram) int {
	mask := len(t.grams) - 1
	i := int(uint64(g)>>8*fnvPrime>>20) & mask
	for t.grams[i] != g && t.grams[i] != 0 {
		i = (i + 1) & mask
	}
	return i
}

// get returns the gram's number, 0 if it has none.
func (t *gramTable) get(g gram) int32 {
	return t.values[t.place(g)]
}

// at returns the gram's number to be read or set. The pointer is good until the next call of at.
func (t *gramTable) at(g gram) *int32 {
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

// gramSet holds the grams of one message. It is emptied in no time by counting messages.
type gramSet struct {
	grams   []gram
	message []uint32 // by place: the message in which its gram was added
	current uint32
}

func newGramSet() gramSet {
	const size = 1 << 10
	return gramSet{grams: make([]gram, size), message: make([]uint32, size)}
}

// next starts with the next message. A message has fewer grams than places, see add.
func (s *gramSet) next() {
	if s.current++; s.current == 0 { // after 4 billion messages
		clear(s.message)
		s.current = 1
	}
}

// add reports whether the gram is new; used is how many have been added so far.
func (s *gramSet) add(g gram, used int) bool {
	if 2*used > len(s.grams) {
		s.grow()
	}
	mask := len(s.grams) - 1
	for i := int(uint64(g)>>8*fnvPrime>>20) & mask; ; i = (i + 1) & mask {
		if s.message[i] != s.current {
			s.grams[i], s.message[i] = g, s.current
			return true
		}
		if s.grams[i] == g {
			return false
		}
	}
}

func (s *gramSet) grow() {
	old := *s
	s.grams, s.message = make([]gram, 2*len(old.grams)), make([]uint32, 2*len(old.grams))
	for i, g := range old.grams {
		if old.message[i] == s.current {
			s.add(g, 0)
		}
	}
}
