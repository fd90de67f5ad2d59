package strictyaml

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"unicode/utf8"
)

// Limits on a content file, checked on the raw bytes before any YAML is decoded, so that a
// hostile or broken file costs neither time nor memory. Our largest file is a fifth of MaxBytes.
const (
	MaxBytes = 512 << 10 // size of one file
	MaxDepth = 24        // nested brackets, and nested blocks by indentation or dashes
	maxItems = 25_000    // list items, pairs and lines together; our largest file has 2,500
)

// readLimited returns the bytes of a file unless it is too large.
func readLimited(fsys fs.FS, name string) ([]byte, error) {
	file, err := fsys.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New("file is missing")
	}
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	defer file.Close() //nolint:errcheck // opened for reading only
	data, err := io.ReadAll(io.LimitReader(file, MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	if len(data) > MaxBytes {
		return nil, fmt.Errorf("file is larger than %d KiB; split it", MaxBytes>>10)
	}
	return data, nil
}

// checkShape says in which line a text becomes one that a YAML decoder would turn into very
// many or very deep nodes, or that no author has written on purpose. fault is "" if it is fine.
func checkShape(data []byte) (line int, fault string) {
	items, brackets := 0, 0
	for text := range bytes.Lines(data) {
		line++
		if fault := checkCharacters(text); fault != "" {
			return line, fault
		}
		depth, markers := blockDepth(text)
		if depth > MaxDepth {
			return line, fmt.Sprintf("blocks are nested deeper than %d levels", MaxDepth)
		}
		items += 1 + markers
		for _, b := range text {
			switch b {
			case '[', '{':
				brackets++
				items++
			case ']', '}':
				brackets = max(0, brackets-1)
			case ',':
				items++
			}
			if brackets > MaxDepth {
				return line, fmt.Sprintf("brackets are nested deeper than %d levels", MaxDepth)
			}
		}
		if items > maxItems {
			return line, fmt.Sprintf("file has more than %d items; split it", maxItems)
		}
	}
	return 0, ""
}

// checkCharacters refuses what cannot be seen in an editor. Line ends other than LF and CRLF
// would count as lines for YAML but not for the author; directives (%) have no use here and
// cost YAML time that grows with their square.
func checkCharacters(line []byte) (fault string) {
	if !utf8.Valid(line) {
		return "file is not valid UTF-8"
	}
	if line[0] == '%' {
		return "line starts with %; put the text in quotes"
	}
	for _, r := range strings.TrimSuffix(strings.TrimSuffix(string(line), "\n"), "\r") {
		switch {
		case r == 0:
			return "file has a NUL byte"
		case r < ' ' && r != '\t', 0x7f <= r && r < 0xa0, r == '\u2028', r == '\u2029':
			return fmt.Sprintf("invisible character %U; delete it", r)
		}
	}
	return ""
}

// blockDepth estimates how deep a line stands, two blanks or one marker (- ? :) a level, and
// counts the markers in front. Empty lines and comments stand nowhere.
func blockDepth(line []byte) (depth, markers int) {
	blanks := 0
	for _, b := range line {
		switch b {
		case ' ', '\t':
			blanks++
			continue
		case '-', '?', ':':
			markers++
			continue
		case '#', '\r', '\n':
			if markers == 0 {
				return 0, 0
			}
		}
		break
	}
	return max(blanks/2, markers), markers
}
