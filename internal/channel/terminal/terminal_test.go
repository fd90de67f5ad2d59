package terminal_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/channel/terminal"
	"passdesk/internal/chat"
)

// TestConversations are whole conversations as they look on the screen.
func TestConversations(t *testing.T) {
	golden(t, "english", talk(t, "en", "VPN\n", "2\n", "c\n", "1\n", "b\n", "r\n", "9\n", "?\n", "h\n", "q\n"))
	golden(t, "japanese", talk(t, "ja", "VPN\n", "２\n", "Ｃ\n", "２\n", "ｂ\n", "English please\n", "１\n", "ｑ\n"))
}

// TestLinesAreHeard says what reaches the desk for each line that can be typed.
func TestLinesAreHeard(t *testing.T) {
	reply := chat.Reply{
		Language: "en", Text: "Which one?",
		Choices: []chat.Choice{{Fact: "prompt", Value: "vpn", Label: "VPN"}, {Fact: "prompt", Value: "portal", Label: "Account"}},
		SoFar:   []chat.SoFar{{Fact: "platform", About: "computer", Label: "a Mac"}},
	}
	second := &chat.Choose{Fact: "prompt", Value: "portal"}
	tests := []struct {
		name, typed string
		want        []chat.Message // after the first, which shows the choices
		says        string
	}{
		{"words", "my VPN\n", []chat.Message{{Text: "my VPN"}}, "Which one?"},
		{"a number", "2\n", []chat.Message{{Text: "2", Choose: second}}, "Which one?"},
		{"a number in full width", "２\n", []chat.Message{{Text: "２", Choose: second}}, ""},
		{"spaces and CRLF around", "  2 \r\n", []chat.Message{{Text: "2", Choose: second}}, ""},
		{"no line end before the input ends", "2", []chat.Message{{Text: "2", Choose: second}}, "<goodbye en>"},
		{"a number too high", "3\n", nil, "<unknown number en>"},
		{"zero", "0\n", nil, "<unknown number en>"},
		{"a number below zero", "-1\n", nil, "<unknown number en>"},
		{"a number in a sentence is a sentence", "2 of them\n", []chat.Message{{Text: "2 of them"}}, ""},
		{"a number beyond all numbers is text", "99999999999999999999\n", []chat.Message{{Text: "99999999999999999999"}}, ""},
		{"blank lines", "\n  \n\r\n", nil, ""},
		{"b", "b\n", []chat.Message{{Text: "b", Command: chat.Back}}, ""},
		{"r in full width", "Ｒ\n", []chat.Message{{Text: "Ｒ", Command: chat.Restart}}, ""},
		{"h", "H\n", []chat.Message{{Text: "H", Command: chat.Human}}, ""},
		{"help", "help\n", nil, "<help en>"},
		{"? in full width", "？\n", nil, "<help en>"},
		{"q", "q\nignored\n", nil, "<goodbye en>"},
		{"exit", "exit\nignored\n", nil, "<goodbye en>"},
		{"c lists the answers", "c\n", nil, "<so far en>\n  1  computer: a Mac\n<change en>"},
		{"c and a number change an answer", "c\n1\n", []chat.Message{{Text: "1", Change: "platform"}}, ""},
		{"c and a wrong number; then numbers are choices again", "c\n2\n2\n", []chat.Message{{Text: "2", Choose: second}}, "<unknown number en>"},
		{"c and words", "c\nmy VPN\n2\n", []chat.Message{{Text: "my VPN"}, {Text: "2", Choose: second}}, ""},
		{"c and back", "c\nb\n2\n", []chat.Message{{Text: "b", Command: chat.Back}, {Text: "2", Choose: second}}, ""},
		{"c and help still change an answer", "c\n?\n1\n", []chat.Message{{Text: "1", Change: "platform"}}, "<help en>"},
		{"NUL and control characters pass", "a\x00\x1b[2Jb\n", []chat.Message{{Text: "a\x00\x1b[2Jb"}}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := &script{replies: []chat.Reply{reply}}
			var out strings.Builder
			c := terminal.Chat{Handle: s.handle, Words: words, Language: "ja", Columns: 60, In: strings.NewReader("hello\n" + test.typed), Out: &out}
			last, err := c.Run(context.Background())
			if err != nil || last.Text != reply.Text {
				t.Errorf("Run returned %+v, %v; want the last reply", last, err)
			}
			want := append([]chat.Message{{Text: "hello"}}, test.want...)
			for i := range want {
				want[i].Locale, want[i].Channel, want[i].Conversation = "ja", "terminal", "terminal"
			}
			if diff := cmp.Diff(want, s.told); diff != "" {
				t.Errorf("told the desk (-want +got):\n%s", diff)
			}
			if !strings.Contains(out.String(), test.says) || !strings.HasPrefix(out.String(), "<welcome ja>\n<help ja>\n") {
				t.Errorf("wrote %q, which should begin with the welcome and hold %q", out.String(), test.says)
			}
		})
	}
}

func TestNothingToChange(t *testing.T) {
	if out := talk(t, "ja", "c\n", "1\n"); !strings.Contains(out, "<nothing to change ja>") || !strings.Contains(out, "<unknown number ja>") {
		t.Errorf("before the first answer: %q", out)
	}
}

func TestRunEnds(t *testing.T) {
	broken := errors.New("broken")
	failing := func(context.Context, chat.Message) (chat.Reply, error) { return chat.Reply{}, broken }
	var reads int
	counting := readerFunc(func(p []byte) (int, error) { reads++; return copy(p, "hello\n"), nil })
	closed, w := io.Pipe()
	closed.CloseWithError(broken)
	s := &script{replies: []chat.Reply{{Text: "Which one?"}}}
	tests := []struct {
		name string
		chat terminal.Chat
	}{
		{"out fails at once", terminal.Chat{Handle: s.handle, In: counting, Out: w}},
		{"in fails", terminal.Chat{Handle: s.handle, In: iotest.ErrReader(broken), Out: io.Discard}},
		{"the desk fails", terminal.Chat{Handle: failing, In: counting, Out: io.Discard}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.chat.Words, reads = words, 0
			if _, err := test.chat.Run(context.Background()); !errors.Is(err, broken) || reads > 1 {
				t.Errorf("Run: %v after %d lines; want %v and no line more", err, reads, broken)
			}
		})
	}
	t.Run("cancelled while waiting for a line", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		var out strings.Builder
		waiting := readerFunc(func([]byte) (int, error) { cancel(); return 0, ctx.Err() })
		c := terminal.Chat{Handle: s.handle, Words: words, Language: "en", In: waiting, Out: &out}
		if _, err := c.Run(ctx); err != nil || !strings.HasSuffix(out.String(), "<en> \n<goodbye en>\n") {
			t.Errorf("Run: %v after %q; want a goodbye", err, out.String())
		}
	})
	t.Run("cancelled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		stop := func(ctx context.Context, m chat.Message) (chat.Reply, error) { cancel(); return s.handle(ctx, m) }
		reads = 0
		c := terminal.Chat{Handle: stop, Words: words, In: counting, Out: io.Discard}
		if _, err := c.Run(ctx); err != nil || reads != 1 {
			t.Errorf("Run: %v after %d lines; want an end after the first", err, reads)
		}
	})
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// TestAllChoices: behind a narrowed question's choices stands the way to all of them, with a number.
func TestAllChoices(t *testing.T) {
	s := &script{replies: []chat.Reply{{
		Language: "en", Text: "Which one?", Choices: []chat.Choice{{Fact: "prompt", Value: "vpn", Label: "VPN"}},
		Commands: []chat.Button{{Command: chat.All, Label: "show all"}, {Command: chat.Human, Label: "a person"}},
	}}}
	var out strings.Builder
	c := terminal.Chat{Handle: s.handle, Words: words, Language: "en", Columns: 60, In: strings.NewReader("hello\n2\n3\n"), Out: &out}
	if _, err := c.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "  2  show all\n") || !strings.Contains(out.String(), "<unknown number en>") {
		t.Errorf("screen:\n%s", out.String())
	}
	if len(s.told) != 2 || s.told[1].Command != chat.All {
		t.Errorf("told %+v, want the command for all choices", s.told)
	}
}

// TestLongLine: a line of any length is one message, cut, and does not fill the memory.
func TestLongLine(t *testing.T) {
	var heard []int
	chat := terminal.Chat{
		Handle: func(_ context.Context, m chat.Message) (chat.Reply, error) {
			heard = append(heard, len(m.Text))
			return chat.Reply{}, nil
		},
		Language: "en", Columns: 80, Words: words, In: io.LimitReader(endless{}, 100<<20), Out: io.Discard,
	}
	if _, err := chat.Run(context.Background()); err != nil || len(heard) != 1 || heard[0] != 64<<10 {
		t.Errorf("heard %v, %v; want one message of 64 KiB", heard, err)
	}
}

// endless is a line without end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}
