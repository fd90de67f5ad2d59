package strictyaml

import (
	"fmt"
	"slices"
)

// longestName bounds what is compared: the work grows with the product of both lengths, and
// nothing longer is a name.
const longestName = 100

// maxCandidates is among how many names the nearest is looked for. Real content has fewer; with
// thousands, thousands of misspelt names would cost minutes.
const maxCandidates = 128

// Suggest returns ` (did you mean "x"?)` for the candidate nearest to word, or "" when none
// is near enough to be what the author meant.
func Suggest(word string, candidates []string) string {
	if len(candidates) > maxCandidates {
		return ""
	}
	best, bestDistance := "", len([]rune(word))/3+2
	if len(word) > longestName {
		return ""
	}
	for _, candidate := range slices.Sorted(slices.Values(candidates)) {
		if len(candidate) > longestName {
			continue
		}
		if d := distance(word, candidate); d < bestDistance {
			best, bestDistance = candidate, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(" (did you mean %q?)", best)
}

// distance is the optimal string alignment distance: insertions, deletions, substitutions
// and swaps of neighbours each cost one.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	previous, row := make([]int, len(t)+1), make([]int, len(t)+1)
	var beforePrevious []int
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(s); i++ {
		beforePrevious, previous, row = previous, row, make([]int, len(t)+1)
		row[0] = i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			row[j] = min(previous[j]+1, row[j-1]+1, previous[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				row[j] = min(row[j], beforePrevious[j-2]+1)
			}
		}
	}
	return row[len(t)]
}
