package config

import (
	"fmt"
	"io"
	"log/slog"
)

// mask is what is shown instead of a secret.
const mask = "•••"

// Secret is a value that prints as dots wherever it is printed; only Reveal gives it away. The zero
// Secret is empty. It holds a pointer because fmt follows no method inside unexported fields of
// other structs, and of a pointer down there it prints the address.
type Secret struct{ value *string }

// NewSecret returns a secret with the value.
func NewSecret(value string) Secret {
	if value == "" {
		return Secret{}
	}
	return Secret{&value}
}

// Reveal returns the value itself, for the place that needs it and no other.
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// IsZero reports whether there is no value.
func (s Secret) IsZero() bool { return s.value == nil }

// Equal reports whether both hold the same value. It is for tests and does not hide by its
// duration how much of the values agrees.
func (s Secret) Equal(other Secret) bool { return s.Reveal() == other.Reveal() }

// String returns dots, or nothing for an empty secret.
func (s Secret) String() string {
	if s.IsZero() {
		return ""
	}
	return mask
}

// Format writes what String returns, whatever the verb.
func (s Secret) Format(f fmt.State, _ rune) {
	_, _ = io.WriteString(f, s.String()) // a fmt.State keeps the error itself
}

// MarshalJSON returns what String returns, as a JSON string.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + s.String() + `"`), nil }

// LogValue logs what String returns.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }
