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

// reset empties the table and keeps its memory.
func (t *gramTable) reset() {
	clear(t.grams)
	clear(t.values)
	t.used = 0
}
