package strictyaml

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"unicode/utf8"
)

// Limits on a content file, checked on the raw bytes before any YAML is decoded, so that a
// hostile or broken file costs neither time nor memory. Our largest file is a fifth of MaxBytes.
const (
	MaxBytes = 512 << 10 // size of one file
	MaxDepth = 24        // nested brackets, and nested blocks by indentation or dashes
	maxItems = 60_000    // list items, pairs and lines together
)

// readLimited returns the bytes of a file, or an error that says which limit it breaks.
func readLimited(fsys fs.FS, name string) ([]byte, error) {
	file, err := fsys.Open(name)
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
	return data, checkShape(data)
}

// checkShape refuses text that a YAML decoder would turn into very many or very deep nodes.
func checkShape(data []byte) error {
	if !utf8.Valid(data) {
		return fmt.Errorf("file is not valid UTF-8")
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return fmt.Errorf("file has a NUL byte")
	}
	items, brackets := 0, 0
	for line := range bytes.Lines(data) {
		if blockDepth(line) > MaxDepth {
			return fmt.Errorf("blocks are nested deeper than %d levels", MaxDepth)
		}
		items++
		for _, b := range line {
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
				return fmt.Errorf("brackets are nested deeper than %d levels", MaxDepth)
			}
		}
	}
	if items > maxItems {
		return fmt.Errorf("file has more than %d items; split it", maxItems)
	}
	return nil
}

// blockDepth estimates how deep a line stands: two blanks or one dash make a level.
func blockDepth(line []byte) int {
	blanks, markers := 0, 0
	for _, b := range line {
		switch b {
		case ' ', '\t':
			blanks++
		case '-', '?', ':':
			markers++
		default:
			return max(blanks/2, markers)
		}
	}
	return 0
}
