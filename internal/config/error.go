package config

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"syscall"
	"unicode"
)

// Error is a fault in the settings. Its text is one line and holds no secret.
type Error struct {
	Source Source // where the fault is
	Key    string // whose value is wrong, "" if the source as a whole is
	Fault  string // what is wrong
}

// Error says where what is wrong.
func (e *Error) Error() string {
	parts := []string{"read settings"}
	if e.Source.Name != "" {
		parts = append(parts, e.Source.String())
	}
	if e.Key != "" {
		parts = append(parts, e.Key)
	}
	return strings.Join(append(parts, e.Fault), ": ")
}

// Usage reports whether an error is a mistake of whoever wrote the settings, which is for the
// program what a wrong flag is.
func Usage(err error) bool {
	var fault *Error
	return errors.As(err, &fault)
}

// longestQuote is how many bytes of a wrong value an error repeats.
const longestQuote = 80

// quote repeats a wrong value in an error, unless it looks as if a password were in it, which
// happens when an address with one is given to the wrong setting.
func quote(text string) string {
	if before, _, found := strings.Cut(text, "@"); found && strings.Contains(before, ":") {
		return mask
	}
	if len(text) > longestQuote {
		return strconv.Quote(strings.ToValidUTF8(text[:longestQuote], "")) + "…"
	}
	return strconv.Quote(text)
}

// printable returns a name as it is if it fits into a line, else quoted.
func printable(name string) string {
	if strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return strconv.Quote(name)
	}
	return name
}

// reason says why a file could not be read, without its name, which the error has already or
// which may be a secret that was given to the wrong setting.
func reason(err error) string {
	var path *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return "there is no such file"
	case errors.Is(err, fs.ErrPermission):
		return "the file may not be read"
	case errors.As(err, &path):
		return fmt.Sprintf("%s: %v", path.Op, path.Err)
	default:
		return printable(err.Error())
	}
}
