package slackbot

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// window is how old, or how far ahead, a request may be: Slack's own advice against replays.
const window = 5 * time.Minute

// signed reports whether Slack has signed a request, by the bytes of its body and not by what they mean.
func signed(h http.Header, body []byte, secret string, now time.Time) bool {
	stamp := h.Get("X-Slack-Request-Timestamp")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil || secret == "" {
		return false
	}
	if age := now.Unix() - seconds; age > int64(window/time.Second) || age < -int64(window/time.Second) {
		return false
	}
	given, version := strings.CutPrefix(h.Get("X-Slack-Signature"), "v0=")
	want, err := hex.DecodeString(given)
	if !version || err != nil {
		return false
	}
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = mac.Write([]byte("v0:" + stamp + ":")) // never returns an error
	_, _ = mac.Write(body)
	return hmac.Equal(mac.Sum(nil), want)
}
