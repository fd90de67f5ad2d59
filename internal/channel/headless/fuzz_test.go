package headless_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"passdesk/internal/channel/headless"
)

// FuzzServe: whatever comes in, each line that is not blank gets exactly one line of valid JSON,
// which is a reply or says what was wrong.
func FuzzServe(f *testing.F) {
	for _, seed := range []string{
		"", "\n\n", `{"conversation":"c","text":"VPN"}`, "{\"text\":\"a\"}\r\n{\"command\":\"back\"}\n", `{"choose":{"fact":"prompt","value":"vpn"}}`,
		`{"choose":{"fact":"router","value":"on"}}`, `{"text":"a"}}`, `{"text":"a"}{"text":"b"}`, "{\"text\":\"a\x00\xff\"}", `null`, `{"change":"x","language":"ja"}`, "{\"text\":\"a\",\n\"command\":\"back\"}",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, input string) {
		var out bytes.Buffer
		if err := headless.Serve(context.Background(), echo, strings.NewReader(input), &out); err != nil {
			t.Fatalf("Serve(%q): %v", input, err)
		}
		want := 0
		for line := range strings.Lines(input) {
			if strings.TrimSpace(line) != "" {
				want++
			}
		}
		if got := strings.Count(out.String(), "\n"); got != want {
			t.Errorf("%d lines for %d lines of %q:\n%s", got, want, input, out.String())
		}
		for text := range strings.Lines(out.String()) {
			var l line
			if err := json.Unmarshal([]byte(text), &l); err != nil || l.Step == "" || (l.Step == "error") != (l.Error != "") {
				t.Errorf("for %q: line %q, %v; want a reply, or step error with an error", input, text, err)
			}
		}
	})
}
