package api_test

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzMessage: whatever the body is, it gets a reply or a refusal, never a fault, and both are as
// openapi.yaml says. What is taken reaches the desk as text that any database can keep.
func FuzzMessage(f *testing.F) {
	for _, seed := range []string{
		"", "{", `{"text":"VPNのパスワード"}`, `{"text":"a\u0000\ud800"}`, `{"choose":{"fact":"prompt","value":"vpn"}}`, `{"choose":{"fact":"prompt"}}`, `{"change":"prompt"}`,
		`{"command":"back","language":"ja"}`, `{"text":"a","text":"b"}`, `{"Text":"a"}`, `{"text":null}`, `{"text":"a"}{}`, "{\"text\":\"\xff\"}", `[[[[[[`, `{"text":1e999}`, "\ufeff{}", `{"locale":"ja","text":""}`,
	} {
		f.Add(seed)
	}
	s := open(f, nil)
	b := s.begin()
	hello := s.conversations[b.Conversation]
	f.Fuzz(func(t *testing.T, body string) {
		if strings.Contains(body, "busy") || strings.Contains(body, "fault") || strings.Contains(body, "slow") {
			t.Skip("words at which the fake desk fails")
		}
		s.TB = t
		s.conversations[b.Conversation], s.messages = hello, nil // as it was
		clear(s.replies)
		a := s.say(b, "key", body)
		switch a.StatusCode {
		case 200:
		case 400, 413, 422:
			if a.Header.Get("Content-Type") != "application/problem+json" || len(s.messages) != 0 {
				t.Errorf("%q: %d %s, handled %d", body, a.StatusCode, a.body, len(s.messages))
			}
		default:
			t.Errorf("%q: %d %s", body, a.StatusCode, a.body)
		}
		for _, m := range s.messages {
			if !utf8.ValidString(string(m.Text)) || len(m.Text) > 64<<10 {
				t.Errorf("%q became text %q", body, string(m.Text))
			}
		}
	})
}
