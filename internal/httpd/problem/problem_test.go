package problem_test

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"passdesk/internal/httpd/problem"
)

func TestWrite(t *testing.T) {
	tests := []struct {
		name               string
		p                  problem.Problem
		status             int
		detail, retryAfter string
	}{
		{"as it is", problem.Of(problem.NotFound), 404, "There is no such conversation, or the token is not the one it began with.", ""},
		{"more exactly", problem.Of(problem.InvalidBody).Because("No."), 400, "No.", ""},
		{"to be tried again", problem.Of(problem.Overloaded), 503, "There is more to do than can be done at once; nothing was taken. Try again.", "1"},
		{"a part of a second counts as one", problem.Of(problem.TooMany).After(1200 * time.Millisecond), 429, "Too many requests; the header Retry-After says how many seconds to wait.", "2"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			test.p.Write(w)
			var got problem.Problem
			if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
				t.Fatal(err)
			}
			if w.Code != test.status || got.Status != test.status || got.Detail != test.detail || w.Header().Get("Retry-After") != test.retryAfter {
				t.Errorf("status %d, body %s, Retry-After %q; want %d, %q, %q", w.Code, w.Body, w.Header().Get("Retry-After"), test.status, test.detail, test.retryAfter)
			}
			if got := w.Header().Get("Content-Type"); got != "application/problem+json" {
				t.Errorf("Content-Type %q", got)
			}
		})
	}
}

// TestCodes: every code has a meaning of its own, and only what can help is called worth another try.
func TestCodes(t *testing.T) {
	seen := map[string]problem.Code{}
	for _, code := range problem.Codes() {
		p := problem.Of(code)
		if other, ok := seen[p.Detail]; ok {
			t.Errorf("%s says the same as %s", code, other)
		}
		seen[p.Detail] = code
		if p.Title == "" || p.Status < 400 || p.Type != "urn:passdesk:problem:"+string(code) || strings.Contains(p.Detail, "\n") {
			t.Errorf("%s: %+v", code, p)
		}
		w := httptest.NewRecorder()
		p.Write(w)
		if again := w.Header().Get("Retry-After") != ""; again != (p.Status == 429 || p.Status == 503) {
			t.Errorf("%s: Retry-After %q with status %d", code, w.Header().Get("Retry-After"), p.Status)
		}
	}
}
