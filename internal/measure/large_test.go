package measure

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"
)

// BenchmarkLarge learns 100,000 made-up messages under 5,000 intents and classifies more of them:
// far more than any desk has. It reports how long the training took and what share came out right.
func BenchmarkLarge(b *testing.B) {
	rows := made(5_000, 21)
	var train, test []Row
	for i, row := range rows {
		if i%21 == 0 {
			test = append(test, row)
		} else {
			train = append(train, row)
		}
	}
	start := time.Now()
	c := NewClassifier(train)
	training := time.Since(start)
	runtime.GC()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	right := 0
	for i, row := range test {
		if i%5 == 0 {
			if intent, _, _ := c.Classify(row.Text); intent == row.Intent {
				right += 5
			}
		}
	}
	i := 0
	for b.Loop() {
		c.Classify(test[i%len(test)].Text)
		i++
	}
	b.ReportMetric(training.Seconds(), "s-training")
	b.ReportMetric(float64(right)/float64(len(test)), "right")
	b.ReportMetric(float64(memory.HeapAlloc)/1e6, "MB-heap")
}

// made makes messages: each intent has a dozen words of its own choice, used beside common ones.
func made(intents, each int) []Row {
	draw := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		var w strings.Builder
		for range 2 + draw.IntN(3) {
			w.WriteByte("bcdfghklmnprstvw"[draw.IntN(16)])
			w.WriteByte("aeiou"[draw.IntN(5)])
		}
		return w.String()
	}
	words := make([]string, 20_000)
	for i := range words {
		words[i] = word()
	}
	var rows []Row
	for k := range intents {
		var own []string
		for range 12 {
			own = append(own, words[draw.IntN(len(words))])
		}
		for range each {
			var text []string
			for range 4 {
				text = append(text, own[draw.IntN(len(own))])
			}
			for range 6 {
				text = append(text, words[draw.IntN(300)])
			}
			draw.Shuffle(len(text), func(i, j int) { text[i], text[j] = text[j], text[i] })
			rows = append(rows, Row{fmt.Sprint("intent", k), strings.Join(text, " ")})
		}
	}
	return rows
}
