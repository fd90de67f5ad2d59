package understand_test

import (
	"testing"

	"os"
	"passdesk/intents"
	"passdesk/internal/guide"
	"passdesk/internal/understand"
)

func BenchmarkTrain(b *testing.B) {
	g, err := guide.Load(os.DirFS("/tmp/k/knowledge"))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := understand.New(g, intents.Files); err != nil {
			b.Fatal(err)
		}
	}
}
