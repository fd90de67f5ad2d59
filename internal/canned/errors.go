package canned

import (
	"fmt"
	"strings"
)

// MissingError tells which variables must be filled in first.
type MissingError struct{ Variables []string }

func (e *MissingError) Error() string { return "not filled in: " + strings.Join(e.Variables, ", ") }

// UnknownError tells of something that was asked for by a name that does not exist.
type UnknownError struct {
	What string // "answer", "language", "format", "tone", "variable" or "export format"
	Name string
	Hint string // ` (did you mean "x"?)`, or ""
}

func (e *UnknownError) Error() string {
	if e.Name == "" {
		return fmt.Sprintf("no %s given", e.What)
	}
	return fmt.Sprintf("unknown %s %q%s", e.What, e.Name, e.Hint)
}
