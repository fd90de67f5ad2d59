package understand_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"passdesk/internal/understand"
)

// TestEmptyWordsAreRefused: an empty filler or denial would match everywhere and never end.
func TestEmptyWordsAreRefused(t *testing.T) {
	g, _ := reader(t)
	for _, key := range []string{"fillers", "from-end", "denied-before", "denied-after"} {
		for _, word := range []string{"", "\u200b"} {
			files := fstest.MapFS{"words.yaml": {Data: []byte(key + ": [\"" + word + "\"]\n")}}
			_, err := understand.Load(files, g)
			if err == nil || !strings.Contains(err.Error(), "words.yaml:1:") {
				t.Errorf("%s: [%q]: error %v, want one with its place", key, word, err)
			}
		}
	}
}
