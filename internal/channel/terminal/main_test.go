package terminal_test

import (
	"context"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"passdesk/intents"
	"passdesk/internal/channel/terminal"
	"passdesk/internal/chat"
	"passdesk/internal/desk"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/redact"
	"passdesk/internal/store/memstore"
	"passdesk/knowledge"
)

var update = flag.Bool("update", false, "write the golden files anew")

var content = sync.OnceValue(func() desk.Content {
	g, err := guide.Load(knowledge.Files)
	if err != nil {
		panic(err)
	}
	cleaner, err := redact.New(intents.Files, g.Texts())
	if err != nil {
		panic(err)
	}
	return desk.Content{Guide: g, Clean: cleaner.Clean}
})

// newDesk makes a desk whose reader tells the language by the script and knows two words.
func newDesk() *desk.Desk {
	c := content()
	c.Read = func(text string, expects dialogue.Expectation) dialogue.Reading {
		in := dialogue.Reading{Language: expects.Locale}
		if strings.Contains(text, "VPN") {
			in.Facts = []dialogue.Heard{{Fact: guide.Fact{Slot: "prompt", Value: "vpn"}, Confidence: 1}}
		}
		if strings.Contains(text, "English") {
			in.Language, in.Act = guide.English, dialogue.Language
		}
		return in
	}
	return desk.New(c, memstore.New(), desk.Options{})
}

// words are short and name themselves, so that a test sees which was used in which language.
func words(language string) terminal.Words {
	return terminal.Words{
		Welcome: "<welcome " + language + ">", Help: "<help " + language + ">", Prompt: "<" + language + ">", Goodbye: "<goodbye " + language + ">",
		SoFar: "<so far " + language + ">", Change: "<change " + language + ">", UnknownNumber: "<unknown number " + language + ">", NothingToChange: "<nothing to change " + language + ">",
	}
}

// typing hands over one line at a time and writes it into the transcript, as a terminal would.
type typing struct {
	lines      []string
	transcript io.Writer
}

func (k *typing) Read(p []byte) (int, error) {
	if len(k.lines) == 0 {
		return 0, io.EOF
	}
	line := k.lines[0]
	k.lines = k.lines[1:]
	if _, err := io.WriteString(k.transcript, line); err != nil {
		return 0, err
	}
	return copy(p, line), nil
}

// talk returns the transcript of a conversation; every key line ends as given.
func talk(t *testing.T, language string, lines ...string) string {
	t.Helper()
	var transcript strings.Builder
	c := terminal.Chat{
		Handle: newDesk().Handle, Words: words, Language: language, Columns: 60,
		In: &typing{lines, &transcript}, Out: &transcript,
	}
	if _, err := c.Run(context.Background()); err != nil {
		t.Fatalf("Run: %v", err)
	}
	return transcript.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v (-update writes it)", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", file, diff)
	}
}

// script is a desk that gives the same replies in order and keeps what it was told.
type script struct {
	replies []chat.Reply
	told    []chat.Message
}

func (s *script) handle(_ context.Context, m chat.Message) (chat.Reply, error) {
	s.told = append(s.told, m)
	return s.replies[min(len(s.told), len(s.replies))-1], nil
}
