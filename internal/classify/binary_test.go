package classify

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// toy is a corpus of three classes with words of their own and in common.
func toy() (*Vocabulary, *Corpus, []int) {
	var documents [][]Gram
	var keys []uint64
	var labels []int
	for i := range 60 {
		class := i % 3
		documents = append(documents, []Gram{
			NewGram(0, uint64(class+1)<<20), NewGram(0, uint64(10+i%7)<<20), NewGram(1, uint64(20+i%5)<<20), NewGram(1, 99<<20),
		})
		keys = append(keys, uint64(i)*0x9e3779b97f4a7c15)
		labels = append(labels, class)
	}
	v := NewVocabulary(documents, []float32{1, .5}, 1)
	var vectors [][]Feature
	for _, d := range documents {
		vectors = append(vectors, v.Vector(nil, d))
	}
	return v, NewCorpus(vectors, keys, v.Size()), labels
}

func TestWrittenAndReadBack(t *testing.T) {
	v, c, labels := toy()
	many := make([]*Head, 200) // more outputs than a byte can count
	for i := range many {
		many[i] = &Head{columns: make([][]Feature, 2), bias: make([]float32, 2)}
	}
	b := NewBank(v.Size(), append(many, c.Machines(labels, 3))...)
	gotV, gotB, err := ReadBinary(AppendBinary(nil, v, b), v.weights)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(b, gotB, cmp.AllowUnexported(Bank{})); diff != "" {
		t.Errorf("bank (-written +read):\n%s", diff)
	}
	if diff := cmp.Diff(v, gotV, cmp.AllowUnexported(Vocabulary{}, gramTable{})); diff != "" {
		t.Errorf("vocabulary (-written +read):\n%s", diff)
	}
}

func FuzzReadBinary(f *testing.F) {
	v, c, labels := toy()
	whole := AppendBinary(nil, v, NewBank(v.Size(), c.Machines(labels, 3)))
	f.Add(whole)
	f.Add(whole[:len(whole)-3])
	f.Add(append([]byte{255, 255, 255, 255}, whole[4:]...))
	f.Fuzz(func(t *testing.T, data []byte) {
		v, b, err := ReadBinary(data, []float32{1, 1})
		if err != nil {
			if !errors.Is(err, ErrCorrupt) {
				t.Errorf("error %v, want ErrCorrupt", err)
			}
			return
		}
		scores := make([]float32, b.Outputs())
		for i := range min(v.Size(), 50) {
			b.Scores(scores, []Feature{{int32(i), 1}})
		}
	})
}

func TestHeadsLearn(t *testing.T) {
	_, c, labels := toy()
	for name, h := range map[string]*Head{
		"machines":   c.Machines(labels, 3),
		"regression": c.Regression(labels, 3, nil, Schedule{Rounds: 8, Rate: 1, Decay: .9}),
		"blend":      c.Machines(labels, 3).Blend(c.Regression(labels, 3, nil, Schedule{Rounds: 8, Rate: 1, Decay: .9}), .5, 1, c.features),
	} {
		b := NewBank(c.features, h)
		scores := make([]float32, 3)
		for i, want := range labels {
			b.Scores(scores, c.Vector(i))
			if got := largest(scores); got != want {
				t.Fatalf("%s: document %d: class %d, want %d (%s)", name, i, got, want, fmt.Sprint(scores))
			}
		}
	}
}

func largest(scores []float32) int {
	best := 0
	for i, x := range scores {
		if x > scores[best] {
			best = i
		}
	}
	return best
}
