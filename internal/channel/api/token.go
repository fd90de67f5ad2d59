package api

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/base64"
	"net/http"
	"strings"
)

const (
	tokenBytes = 32
	idBytes    = 20
)

// newToken makes the secret of a new conversation.
func newToken() string {
	secret := make([]byte, tokenBytes)
	_, _ = rand.Read(secret) // never returns an error
	return base64.RawURLEncoding.EncodeToString(secret)
}

// conversationOf is the id of the conversation that a token opens. The way back is not known, so an
// id in a log opens nothing, and no token has to be kept.
func conversationOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:idBytes]))
}

// opened returns the conversation that a request names if its token opens it. A request without a
// token goes the same way as one with a wrong one.
func opened(r *http.Request) (conversation string, ok bool) {
	conversation = r.PathValue("conversation")
	return conversation, subtle.ConstantTimeCompare([]byte(conversation), []byte(conversationOf(bearer(r)))) == 1
}

// bearer is the token in the header Authorization, or "".
func bearer(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}
