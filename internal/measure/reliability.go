package measure

import (
	"fmt"
	"math"
	"strings"
)

// bins is how many ranges of confidence a reliability table has.
const bins = 10

// Reliability compares how sure the reader was with how often it was right.
type Reliability struct {
	count      [bins]int
	right      [bins]int
	confidence [bins]float64
}

// Add counts one decision made with a confidence between 0 and 1.
func (r *Reliability) Add(confidence float64, right bool) {
	bin := min(bins-1, int(confidence*bins))
	r.count[bin]++
	r.confidence[bin] += confidence
	if right {
		r.right[bin]++
	}
}

// Error is the expected calibration error: the gap between confidence and accuracy, averaged over
// the ranges by how many decisions they hold (Naeini et al., AAAI 2015).
func (r *Reliability) Error() float64 {
	sum, total := 0.0, 0
	for bin, n := range r.count {
		sum += math.Abs(r.confidence[bin] - float64(r.right[bin]))
		total += n
	}
	return sum / float64(max(1, total))
}

// Print writes the table.
func (r *Reliability) Print(out *strings.Builder) {
	fmt.Fprintf(out, "%-12s %8s %10s %8s\n", "confidence", "count", "mean", "right")
	for bin, n := range r.count {
		if n > 0 {
			fmt.Fprintf(out, "%.1f to %.1f   %8d %9.1f%% %7.1f%%\n", float64(bin)/bins, float64(bin+1)/bins, n,
				100*r.confidence[bin]/float64(n), 100*float64(r.right[bin])/float64(n))
		}
	}
	fmt.Fprintf(out, "expected calibration error %.3f\n", r.Error())
}
