package classify

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
)

// ErrCorrupt is returned for a file that does not hold what was written.
var ErrCorrupt = errors.New("corrupt model")

// escape stands in a row for a gap of that many outputs without a weight.
const escape = 255

// AppendBinary writes a vocabulary and the bank of its features.
func AppendBinary(to []byte, v *Vocabulary, b *Bank) []byte {
	to = binary.LittleEndian.AppendUint32(to, uint32(len(v.grams)))
	to = binary.LittleEndian.AppendUint32(to, uint32(b.Outputs()))
	to = binary.LittleEndian.AppendUint32(to, uint32(len(b.weights)))
	for _, part := range []any{v.grams, v.idf, b.starts, b.scales, b.bias, b.weights} {
		to, _ = binary.Append(to, binary.LittleEndian, part) // all of fixed size, so it cannot fail
	}
	for i := range len(v.grams) {
		next := 0
		for _, output := range b.outputs[b.starts[i]:b.starts[i+1]] {
			for ; int(output)-next >= escape; next += escape {
				to = append(to, escape)
			}
			to = append(to, byte(int(output)-next))
			next = int(output) + 1
		}
	}
	return to
}

// ReadBinary reads what AppendBinary wrote; weights are those of the vocabulary's blocks. It returns
// ErrCorrupt rather than anything that could fail later.
func ReadBinary(data []byte, weights []float32) (*Vocabulary, *Bank, error) {
	in := bytes.NewReader(data)
	var sizes struct{ Grams, Outputs, Weights uint32 }
	if err := binary.Read(in, binary.LittleEndian, &sizes); err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	if int64(sizes.Grams)*16+int64(sizes.Outputs)*8+int64(sizes.Weights)*2 > int64(len(data)) || sizes.Outputs > 1<<16 {
		return nil, nil, fmt.Errorf("%w: too short", ErrCorrupt)
	}
	grams := make([]Gram, sizes.Grams)
	idf := make([]float32, sizes.Grams)
	b := &Bank{
		starts: make([]uint32, sizes.Grams+1), scales: make([]float32, sizes.Outputs), bias: make([]float32, sizes.Outputs),
		weights: make([]int8, sizes.Weights), outputs: make([]uint16, sizes.Weights),
	}
	for _, part := range []any{grams, idf, b.starts, b.scales, b.bias, b.weights} {
		if err := binary.Read(in, binary.LittleEndian, part); err != nil {
			return nil, nil, fmt.Errorf("%w: %w", ErrCorrupt, err)
		}
	}
	if !slices.IsSorted(grams) || !slices.IsSorted(b.starts) || slices.Contains(grams, 0) ||
		b.starts[0] != 0 || b.starts[sizes.Grams] != sizes.Weights {
		return nil, nil, fmt.Errorf("%w: rows are out of order", ErrCorrupt)
	}
	if err := b.readOutputs(in); err != nil {
		return nil, nil, err
	}
	v := newVocabulary(grams, weights)
	v.idf = idf
	return v, b, nil
}

func (b *Bank) readOutputs(in io.ByteReader) error {
	for i := range len(b.starts) - 1 {
		next := 0
		for at := b.starts[i]; at < b.starts[i+1]; at++ {
			for {
				gap, err := in.ReadByte()
				if err != nil {
					return fmt.Errorf("%w: %w", ErrCorrupt, err)
				}
				next += int(gap)
				if gap != escape {
					break
				}
			}
			if next >= b.Outputs() {
				return fmt.Errorf("%w: no output %d", ErrCorrupt, next)
			}
			b.outputs[at] = uint16(next)
			next++
		}
	}
	return nil
}
