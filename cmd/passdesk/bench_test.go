package main

import (
	"context"
	"encoding/json"
	"io/fs"
	"path"
	"testing"

	"gopkg.in/yaml.v3"

	"passdesk/intents"
	"passdesk/internal/author"
	"passdesk/internal/chat"
	"passdesk/internal/desk"
	"passdesk/internal/store/memstore"
	"passdesk/knowledge"
)

// Floors are measured in the same run, because machines differ and are shared: see
// docs/performance.md for the ratios.

var benchMessages = map[string]string{
	"ja": "NetUpdateで更新しようとしたらパスワードを聞かれました。Macのパスワードは忘れてしまったのですが、どうすればいいですか。",
	"en": "NetUpdate wants a password before it installs the update, and I have forgotten the one for my Mac. What should I do?",
}

func embedded() author.Content {
	return author.Content{Knowledge: knowledge.Files, Intents: intents.Files}
}

func shipped(tb testing.TB) desk.Content {
	tb.Helper()
	content, err := answering(embedded())
	if err != nil {
		tb.Fatal(err)
	}
	return content.Content
}

// BenchmarkTurn is one message from text to finished reply, kept in memory.
func BenchmarkTurn(b *testing.B) {
	content := shipped(b)
	for language, text := range benchMessages {
		b.Run(language, func(b *testing.B) {
			d := desk.New(content, memstore.New(), desk.Options{})
			m := chat.Message{Conversation: "c", Text: chat.Raw(text)}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := d.Handle(context.Background(), m); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// maxAllocations bounds what one turn may allocate, whatever the machine.
const maxAllocations = 300

func TestTurnAllocations(t *testing.T) {
	content := shipped(t)
	for language, text := range benchMessages {
		d := desk.New(content, memstore.New(), desk.Options{})
		m := chat.Message{Conversation: "c", Text: chat.Raw(text)}
		got := testing.AllocsPerRun(100, func() {
			if _, err := d.Handle(context.Background(), m); err != nil {
				t.Error(err)
			}
		})
		if got > maxAllocations {
			t.Errorf("%s: a turn allocates %.0f times, want at most %d", language, got, maxAllocations)
		}
	}
}

// BenchmarkTurnFloor writes the same reply as JSON, which any server does besides.
func BenchmarkTurnFloor(b *testing.B) {
	reply, err := desk.New(shipped(b), memstore.New(), desk.Options{}).Handle(context.Background(), chat.Message{Conversation: "c", Text: chat.Raw(benchMessages["ja"])})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := json.Marshal(reply); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkStartUp loads, validates and proves the content and trains the reader.
func BenchmarkStartUp(b *testing.B) {
	for b.Loop() {
		if _, err := answering(embedded()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkStartUpFloor parses the same YAML and nothing more.
func BenchmarkStartUpFloor(b *testing.B) {
	for b.Loop() {
		for _, files := range []fs.FS{knowledge.Files, intents.Files} {
			err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
				if err != nil || d.IsDir() || path.Ext(name) != ".yaml" {
					return err
				}
				data, err := fs.ReadFile(files, name)
				if err != nil {
					return err
				}
				var node yaml.Node
				return yaml.Unmarshal(data, &node)
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
