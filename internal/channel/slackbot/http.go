package slackbot

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// maxBody is the largest request that is read, in bytes. Slack's are far smaller.
const maxBody = 1 << 20

// Path is where Slack sends events, interactions and commands if there is a signing secret.
const Path = "/slack/events"

// ServeHTTP is the Events API: everything is checked before anything is read, kept before it is
// acknowledged.
func (b *Bot) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	switch {
	case err != nil:
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	case isProbe(r, body):
		return // Slack asks whether the certificate is fine, and signs nothing
	case !signed(r.Header, body, b.options.SigningSecret, b.options.Now()):
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if r.Header.Get("X-Slack-Retry-Num") != "" {
		b.options.Observe.Retry()
	}
	kind, payload, challenge := sort(r, body)
	if challenge != "" {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, challenge) // a client that is gone needs no answer
		return
	}
	b.take(w, r, kind, payload)
}

func (b *Bot) take(w http.ResponseWriter, r *http.Request, kind string, payload []byte) {
	t, err := b.admit(kind, payload)
	var answer any
	if err == nil && t != nil {
		answer, err = t.work(r.Context())
	}
	if err != nil {
		w.WriteHeader(http.StatusServiceUnavailable) // Slack sends it again
		return
	}
	if answer == nil {
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(answer) // as above
}

// isProbe reports whether Slack tries the connection only.
func isProbe(r *http.Request, body []byte) bool {
	if !isForm(r) {
		return false
	}
	form, err := url.ParseQuery(string(body))
	return err == nil && form.Get("ssl_check") == "1"
}

// sort tells what kind of body it is. A payload in the address is not looked at: it is not signed.
func sort(r *http.Request, body []byte) (kind string, payload []byte, challenge string) {
	if isForm(r) {
		form, err := url.ParseQuery(string(body))
		if err == nil && form.Has("payload") {
			return bodyInteraction, []byte(form.Get("payload")), ""
		}
		return bodyCommand, body, ""
	}
	var c callback
	if json.Unmarshal(body, &c) == nil && c.Type == "url_verification" {
		return "", nil, c.Challenge
	}
	return bodyEvent, body, ""
}

func isForm(r *http.Request) bool {
	return strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded")
}
