package access

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// The cost of a guess: what OWASP's password storage cheat sheet asks for at least of Argon2id.
const (
	memory  = 19 << 10 // KiB
	passes  = 2
	threads = 1
	saltLen = 16
	hashLen = 32
)

// hashesAtOnce bounds how many passwords are tried at the same time, 19 MiB each.
const hashesAtOnce = 4

// The length of a password: in characters at least, in bytes at most.
const (
	LeastPassword = 12
	mostPassword  = 1024
)

// errHash says nothing of what stands there.
var errHash = errors.New("not a hash of a password")

// CheckPassword refuses passwords that are guessed first: short ones, the agent's name, and few
// characters again and again.
func CheckPassword(name, password string) error {
	different := map[rune]bool{}
	for _, r := range password {
		different[r] = true
	}
	key, _ := fold(name)
	folded, _ := fold(password)
	switch {
	case !utf8.ValidString(password) || len(password) > mostPassword:
		return fmt.Errorf("the password is not text, or longer than %d bytes", mostPassword)
	case utf8.RuneCountInString(password) < LeastPassword:
		return fmt.Errorf("the password has fewer than %d characters", LeastPassword)
	case key != "" && strings.Contains(folded, key) && len(folded) < len(key)+LeastPassword/2:
		return errors.New("the password is little more than the name")
	case len(different) < LeastPassword/3:
		return errors.New("the password has the same few characters again and again")
	}
	return nil
}

// Hash makes what is kept of a password: Argon2id with its parameters, in PHC's form.
func Hash(password string) (string, error) {
	p := phc{memory, passes, threads, make([]byte, saltLen), make([]byte, hashLen)}
	_, _ = rand.Read(p.salt) // never returns an error
	p.hash = keyOf(p, password)
	return p.String(), nil
}

// matches reports whether a password is the one that a hash was made of, and whether the hash should
// be made anew because it costs less than one of today.
func matches(hash, password string) (ok, outdated bool) {
	p, err := parsePHC(hash)
	if err != nil {
		return false, false
	}
	ok = subtle.ConstantTimeCompare(keyOf(p, password), p.hash) == 1
	return ok, p.memory != memory || p.passes != passes || p.threads != threads || len(p.hash) != hashLen
}

// keyOf is what a password comes to with the salt and the cost of a hash, as long as that.
func keyOf(p phc, password string) []byte {
	return argon2.IDKey([]byte(password), p.salt, p.passes, p.memory, p.threads, uint32(max(len(p.hash), 16)))
}

// phc is a hash with its parameters.
type phc struct {
	memory, passes uint32
	threads        uint8
	salt, hash     []byte
}

// String writes it as the reference implementation does.
func (p phc) String() string {
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.memory, p.passes, p.threads, encode(p.salt), encode(p.hash))
}

// parsePHC reads a hash. What would take more memory or time than any hash of ours is none.
func parsePHC(text string) (phc, error) {
	var p phc
	parts := strings.Split(text, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return p, errHash
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.memory, &p.passes, &p.threads); n != 3 || err != nil {
		return p, errHash
	}
	var errs [2]error
	p.salt, errs[0] = base64.RawStdEncoding.Strict().DecodeString(parts[4])
	p.hash, errs[1] = base64.RawStdEncoding.Strict().DecodeString(parts[5])
	dear := p.memory > 1<<20 || p.passes > 16 || p.threads > 16 || len(p.hash) > 64
	if errors.Join(errs[:]...) != nil || p.memory == 0 || p.passes == 0 || p.threads == 0 || len(p.salt) < 8 || len(p.hash) < 16 || dear || p.String() != text {
		return phc{}, errHash
	}
	return p, nil
}
