package classify

// Bank scores a document with many heads at once. It keeps the weights by feature, in eight bits
// each, so that one pass over a document's features reads little memory.
type Bank struct {
	starts  []uint32 // by feature, and one more: where its row begins
	outputs []uint16 // which output each weight of the rows is for
	weights []int8
	scales  []float32 // by output: what a weight of 1 stands for
	bias    []float32 // by output
}

// steps is how finely the largest weight of an output is divided.
const steps = 127

// leastWeight is the smallest weight that is kept, in steps. Those below make a third of the bank and
// no difference in cross-validation.
const leastWeight = 2

// NewBank puts heads side by side: the classes of the first head are the first outputs.
func NewBank(features int, heads ...*Head) *Bank {
	b := &Bank{starts: make([]uint32, features+1)}
	var columns [][]Feature
	for _, h := range heads {
		columns = append(columns, h.columns...)
		b.bias = append(b.bias, h.bias...)
	}
	for _, column := range columns {
		scale := scaleOf(column)
		b.scales = append(b.scales, scale)
		for _, f := range column {
			if rounded(f.Value, scale) != 0 {
				b.starts[f.Index+1]++
			}
		}
	}
	for i := range features {
		b.starts[i+1] += b.starts[i]
	}
	b.outputs, b.weights = make([]uint16, b.starts[features]), make([]int8, b.starts[features])
	next := append([]uint32{}, b.starts...)
	for output, column := range columns {
		for _, f := range column {
			if w := rounded(f.Value, b.scales[output]); w != 0 {
				at := next[f.Index]
				b.outputs[at], b.weights[at] = uint16(output), w
				next[f.Index]++
			}
		}
	}
	return b
}

func scaleOf(column []Feature) float32 {
	var largest float32
	for _, f := range column {
		largest = max(largest, f.Value, -f.Value)
	}
	return largest / steps
}

func rounded(w, scale float32) int8 {
	q := int8(w/scale + .5)
	if w < 0 {
		q = int8(w/scale - .5)
	}
	if q < leastWeight && q > -leastWeight {
		return 0
	}
	return q
}

// Outputs returns how many scores there are.
func (b *Bank) Outputs() int { return len(b.bias) }

// Weights returns how many weights are not zero.
func (b *Bank) Weights() int { return len(b.weights) }

// Scores fills dst, which must have room for all outputs, with the scores of a document.
func (b *Bank) Scores(dst []float32, vector []Feature) {
	clear(dst)
	for _, f := range vector {
		from, to := b.starts[f.Index], b.starts[f.Index+1]
		weights := b.weights[from:to]
		for k, output := range b.outputs[from:to] {
			dst[output] += float32(weights[k]) * f.Value
		}
	}
	for output, scale := range b.scales {
		dst[output] = dst[output]*scale + b.bias[output]
	}
}

// Weight returns what one feature adds to one output's score, for a value of 1.
func (b *Bank) Weight(feature int32, output int) float32 {
	for at := b.starts[feature]; at < b.starts[feature+1]; at++ {
		if int(b.outputs[at]) == output {
			return float32(b.weights[at]) * b.scales[output]
		}
	}
	return 0
}
