// Package classify learns linear classifiers over sparse features, and scores with them.
// It knows nothing of text, language or facts: documents are sets of grams, answers are numbers,
// which is why the desk, the public benchmarks and the tests can all run the very same code.
package classify

// Gram is a hashed feature of a document; the low byte tells its block.
type Gram uint64

// NewGram makes the gram of a block from a hash.
func NewGram(block uint8, hash uint64) Gram {
	return Gram(hash&^0xff | uint64(block) | 1<<63) // never 0, which marks free places
}

// Block returns which family of features the gram belongs to.
func (g Gram) Block() uint8 { return uint8(g) }

// Feature is one coordinate of a vector.
type Feature struct {
	Index int32
	Value float32
}

// Unused is the label of a document that a head does not learn from.
const Unused = -1
