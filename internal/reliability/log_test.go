//go:build linux

package reliability_test

import "strings"

// unusual leaves the records of turns that went well out.
func unusual(log string) string {
	var others strings.Builder
	for line := range strings.Lines(log) {
		if !strings.Contains(line, `"level":"INFO","msg":"turn"`) && !strings.Contains(line, `"logger":"goose"`) && !strings.Contains(line, `"level":"DEBUG"`) {
			others.WriteString(line)
		}
	}
	return others.String()
}

func tail(text string, size int) string { return text[max(0, len(text)-size):] }
