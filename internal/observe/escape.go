package observe

import (
	"fmt"
	"io"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// escaper writes records so that all of them can be seen. The handlers of slog leave some characters
// as they are that have no width, turn the direction of writing or delete; in JSON they can only
// stand in strings, where an escape means the same.
type escaper struct{ w io.Writer }

// Write writes one record.
func (e *escaper) Write(record []byte) (int, error) {
	if _, err := e.w.Write(escape(record)); err != nil {
		return 0, err
	}
	return len(record), nil
}

// escape returns a record as it is if nothing in it is hidden.
func escape(record []byte) []byte {
	var escaped []byte
	kept := 0 // what is before is in escaped
	for i := 0; i < len(record); {
		if record[i] < asciiDelete { // control characters have been escaped but for the end of the line
			i++
			continue
		}
		r, size := utf8.DecodeRune(record[i:])
		if isHidden(r) {
			escaped = append(escaped, record[kept:i]...)
			escaped = appendEscape(escaped, r)
			kept = i + size
		}
		i += size
	}
	if kept == 0 {
		return record
	}
	return append(escaped, record[kept:]...)
}

// asciiDelete is the last ASCII character, and the only one that slog forgets.
const asciiDelete = 0x7f

func isHidden(r rune) bool {
	return !unicode.IsPrint(r) || unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

func appendEscape(to []byte, r rune) []byte {
	if high, low := utf16.EncodeRune(r); high != unicode.ReplacementChar {
		return fmt.Appendf(to, `\u%04x\u%04x`, high, low)
	}
	return fmt.Appendf(to, `\u%04x`, r)
}
