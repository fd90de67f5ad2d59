package webchat

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"net/http"
	"strings"
)

const (
	tokenBytes  = 32
	idBytes     = 20
	digestBytes = 10
)

// newToken makes the secret of a new conversation.
func newToken() string {
	secret := make([]byte, tokenBytes)
	_, _ = rand.Read(secret) // never returns an error
	return base64.RawURLEncoding.EncodeToString(secret)
}

// isToken reports whether a text can be a token, whoever wrote it.
func isToken(text string) bool {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
	return err == nil && len(raw) == tokenBytes
}

// conversationOf is the id of the conversation that a token opens. The way back is not known, so an
// id in a log opens nothing, and no token has to be kept.
func conversationOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return lower32(sum[:idBytes])
}

// messageID tells one pressing of a button, or one sending of a text, from any other: the page on
// which it was done and what was done there. The digest is keyed with the token, which is not kept,
// so that nobody can guess a text from its id.
func messageID(page, token, done string) string {
	digest := hmac.New(sha256.New, []byte(token))
	_, _ = digest.Write([]byte(done)) // never returns an error
	return page + "." + lower32(digest.Sum(nil)[:digestBytes])
}

func lower32(data []byte) string {
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(data))
}

// cookie is the cookie of a face of the chat, with a token or to be forgotten. In a window of another
// site the browser keeps a cookie of its own for each such site.
func (s *site) cookie(f face, token string) *http.Cookie {
	c := &http.Cookie{
		Name: s.cookieName(f), Value: token, Path: "/", HttpOnly: true,
		Secure: s.options.Secure, SameSite: http.SameSiteLaxMode,
	}
	if f.embedded && s.options.Secure {
		c.SameSite, c.Partitioned = http.SameSiteNoneMode, true
	}
	if token == "" {
		c.MaxAge = -1
	}
	return c
}

func (s *site) cookieName(f face) string {
	name := "passdesk"
	if f.embedded {
		name += "-embed"
	}
	if s.options.Secure {
		name = "__Host-" + name
	}
	return name
}

// tokenOf is the token that a request comes with, or "".
func (s *site) tokenOf(r *http.Request, f face) string {
	c, err := r.Cookie(s.cookieName(f))
	if err != nil || !isToken(c.Value) {
		return ""
	}
	return c.Value
}
