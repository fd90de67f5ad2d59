package handover

import (
	"crypto/sha256"
	"encoding/binary"
)

// symbols has no two that are taken for each other when read or said aloud, and no vowels, so
// that no words come out.
const symbols = "23456789CDFHJKMNPQRTVWXY"

// Reference returns the code by which customer and support speak of a hand-over, for example
// "H-7K2M-9QXD". The same id always gives the same code. It is no secret and, with 24^8 codes, no
// key either: two of 100,000 hand-overs share one with a probability of about 4 %. The id tells
// them apart.
func Reference(id string) string {
	hash := sha256.Sum256([]byte(id))
	number := binary.BigEndian.Uint64(hash[:])
	code := []byte("H-....-....")
	for i, c := range code {
		if c == '.' {
			code[i] = symbols[number%uint64(len(symbols))]
			number /= uint64(len(symbols))
		}
	}
	return string(code)
}
