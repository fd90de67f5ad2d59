package access

import (
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"passdesk/internal/store"
)

// maxName is the longest name, in bytes.
const maxName = 200

// fold returns a name in the form in which no two may be the same, and the name as it is shown.
func fold(name string) (key, shown string) {
	shown = norm.NFC.String(strings.Join(strings.Fields(name), " "))
	return norm.NFKC.String(cases.Fold().String(norm.NFKC.String(shown))), shown
}

// NewAccount makes an account that signs in with a password. The error is for the operator who makes it.
func NewAccount(name string, role Role, password string) (store.Account, error) {
	a, err := newAccount(name, role)
	if err != nil {
		return a, err
	}
	return a, SetPassword(&a, password)
}

func newAccount(name string, role Role) (store.Account, error) {
	key, shown := fold(name)
	switch {
	case key == "":
		return store.Account{}, errors.New("an account needs a name")
	case len(shown) > maxName || strings.ContainsFunc(shown, isOdd):
		return store.Account{}, fmt.Errorf("the name is longer than %d bytes, or has characters that cannot be seen", maxName)
	case !slices.Contains(Roles(), role):
		return store.Account{}, fmt.Errorf("there is no role %q; the roles are %v", role, Roles())
	}
	return store.Account{ID: strings.ToLower(rand.Text()), Name: shown, Key: key, Role: string(role)}, nil
}

// isOdd reports whether a character has no business in a name: it hides, or turns round what follows.
func isOdd(r rune) bool {
	return r == unicode.ReplacementChar || unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp)
}

// SetPassword gives an account another password, which takes effect at the next signing in.
func SetPassword(a *store.Account, password string) error {
	if err := CheckPassword(a.Name, password); err != nil {
		return err
	}
	hash, err := Hash(password)
	a.Password = hash
	return err
}

// KeyOf is what an account is found by that has this name.
func KeyOf(name string) string { key, _ := fold(name); return key }
