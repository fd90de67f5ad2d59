package strictyaml

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Problem is one fault in a content file. Line and Column count from 1; 0 means that the
// fault belongs to the file as a whole.
type Problem struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
}

// String renders the problem as file:line:column: message, the form editors can jump to.
func (p Problem) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
}

// Report collects problems so that an author sees all of them in one run.
// The zero value is ready for use; it is not safe for concurrent use.
type Report struct {
	problems []Problem
}

// Add records one problem.
func (r *Report) Add(p Problem) { r.problems = append(r.problems, p) }

// Join adds what another report collected.
func (r *Report) Join(other *Report) { r.problems = append(r.problems, other.problems...) }

// Problems returns what was collected, ordered by file, line and column, without repeats.
func (r *Report) Problems() []Problem {
	sorted := slices.Clone(r.problems)
	slices.SortStableFunc(sorted, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column), strings.Compare(a.Message, b.Message))
	})
	return slices.Compact(sorted)
}

// Err returns nil if nothing was reported, else an *Error holding all problems.
func (r *Report) Err() error {
	if len(r.problems) == 0 {
		return nil
	}
	return &Error{Problems: r.Problems()}
}

// Error is the error form of a report with at least one problem.
type Error struct {
	Problems []Problem
}

// Error lists every problem, one a line.
func (e *Error) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}
