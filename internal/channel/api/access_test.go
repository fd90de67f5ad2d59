package api_test

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/httpd/problem"
)

// TestNotYours: whatever is wrong with id and token, and whatever else is wrong with the request,
// the answer is the same to the byte.
func TestNotYours(t *testing.T) {
	s := open(t, nil)
	mine, other := s.begin(), s.begin()
	secret := make([]byte, 32)
	_, _ = rand.Read(secret)
	bearers := map[string]string{
		"none": "", "empty": "Bearer ", "another conversation's": "Bearer " + other.Token, "random": "Bearer " + base64.RawURLEncoding.EncodeToString(secret),
		"the id": "Bearer " + mine.Conversation, "cut": "Bearer " + mine.Token[:42], "longer": "Bearer " + mine.Token + "A", "another scheme": "Basic " + mine.Token,
		"no scheme": mine.Token, "another case": "Bearer " + strings.ToUpper(mine.Token), "padded": "Bearer " + mine.Token + "=", "huge": "Bearer " + strings.Repeat("A", 8000),
	}
	ids := map[string]string{
		"mine": mine.Conversation, "upper case": strings.ToUpper(mine.Conversation), "longer": mine.Conversation + "a", "shorter": mine.Conversation[:31],
		"unknown": strings.Repeat("a", 32), "percent": "%2e%2e", "NUL": "%00", "SQL": "'%20or%201=1", "long": strings.Repeat("a", 4000),
	}
	requests := []struct{ method, suffix, body string }{
		{"POST", "/messages", `{"text":"VPN"}`}, {"POST", "/messages", `{`}, {"POST", "/messages", strings.Repeat("a", 100_000)}, {"GET", "", ""}, {"GET", "?after=x", ""}, {"GET", "?after=0&limit=9", ""},
	}
	want := s.send("GET", "/api/v1/conversations/"+strings.Repeat("b", 32), "", "Authorization", "Bearer x")
	refused(t, want, problem.NotFound)
	handled := len(s.messages)
	for name, bearer := range bearers {
		for called, id := range ids {
			for _, r := range requests {
				headers := []string{"Content-Type", "application/json", "Idempotency-Key", "k"}
				if bearer != "" {
					headers = append(headers, "Authorization", bearer)
				}
				got := s.send(r.method, "/api/v1/conversations/"+id+r.suffix, r.body, headers...)
				if diff := cmp.Diff(string(want.body), string(got.body)) + cmp.Diff(want.Header, got.Header); diff != "" || got.StatusCode != 404 {
					t.Errorf("%s with token %q, id %q: %d\n%s", r.method, name, called, got.StatusCode, diff)
				}
			}
		}
	}
	// A token that was never given out opens what was never begun, and so nothing.
	sum := sha256.Sum256([]byte("x"))
	never := begun{Conversation: strings.ToLower(base32.StdEncoding.EncodeToString(sum[:20])), Token: "x"}
	for _, got := range []answer{s.say(never, "k", `{"text":"VPN"}`), s.send("GET", never.path(), "", never.headers("")...)} {
		if diff := cmp.Diff(string(want.body), string(got.body)) + cmp.Diff(want.Header, got.Header); diff != "" {
			t.Errorf("made-up token:\n%s", diff)
		}
	}
	if len(s.messages) != handled {
		t.Errorf("%d messages reached a conversation", len(s.messages)-handled)
	}
}

// TestTokensDiffer: tokens are 256 random bits and ids do not show them.
func TestTokensDiffer(t *testing.T) {
	s := open(t, nil)
	seen := map[string]bool{}
	for range 200 {
		b := s.begin()
		secret, err := base64.RawURLEncoding.DecodeString(b.Token)
		if err != nil || len(secret) != 32 || seen[b.Token] || seen[b.Conversation] || strings.Contains(b.Token, b.Conversation) {
			t.Fatalf("token %q of conversation %q: %v", b.Token, b.Conversation, err)
		}
		seen[b.Token], seen[b.Conversation] = true, true
	}
}
