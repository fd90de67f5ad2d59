package measure

import (
	"passdesk/intents"
	"passdesk/internal/guide"
	"passdesk/internal/understand"
	"passdesk/knowledge"
	"testing"
)

func BenchmarkTrain(b *testing.B) {
	g, _ := guide.Load(knowledge.Files)
	c, err := understand.Load(intents.Files, g)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		understand.Train(g, c, c.Examples)
	}
}
