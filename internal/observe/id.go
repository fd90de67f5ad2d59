package observe

import (
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"strings"
)

// longestID is as long as ids of conversations, requests and content commonly are, and then some.
const longestID = 128

// ID is something that names a thing: a conversation, a fact, a version. Ids that come from outside
// may be anything; what does not look like an id is shown as a fingerprint, which still tells that
// two records are about the same.
type ID string

// LogValue shows the id.
func (id ID) LogValue() slog.Value { return slog.StringValue(id.shown()) }

func (id ID) shown() string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:/+="
	if len(id) <= longestID && strings.Trim(string(id), plain) == "" {
		return string(id)
	}
	sum := sha256.Sum256([]byte(id))
	return "sha256:" + hex.EncodeToString(sum[:8])
}

// among returns a label that is one of a closed set.
func among(set map[string]bool, value string) string {
	if set[value] {
		return value
	}
	return other
}

// other stands for whatever is not in a closed set, so that nobody can make new series.
const other = "other"

func setOf[S ~string](values ...S) map[string]bool {
	set := make(map[string]bool, len(values))
	for _, value := range values {
		set[string(value)] = true
	}
	return set
}
