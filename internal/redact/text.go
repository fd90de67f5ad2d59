package redact

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"log/slog"
)

// Text is customer text that has been cleaned. Only Cleaner.Clean makes one from what a customer
// wrote; Scan brings one back from the store, which holds nothing else.
type Text struct{ s string }

// String returns the text, with what was found in it masked.
func (t Text) String() string { return t.s }

// IsZero reports whether there is no text.
func (t Text) IsZero() bool { return t.s == "" }

// MarshalJSON writes a JSON string.
func (t Text) MarshalJSON() ([]byte, error) { return json.Marshal(t.s) }

// LogValue lets a text be a value of a log record.
func (t Text) LogValue() slog.Value { return slog.StringValue(t.s) }

// Scan reads a text that the store kept; it is for database drivers only.
func (t *Text) Scan(source any) error {
	switch s := source.(type) {
	case nil:
		t.s = ""
	case string:
		t.s = s
	case []byte:
		t.s = string(s)
	default:
		return fmt.Errorf("scan text: unexpected type %T", source)
	}
	return nil
}

// Value gives the text to a database driver.
func (t Text) Value() (driver.Value, error) { return t.s, nil }
