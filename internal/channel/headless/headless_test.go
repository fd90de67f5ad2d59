package headless_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/channel/headless"
	"passdesk/internal/chat"
)

// echo answers with what it was told, so that a test sees what reached the desk.
func echo(_ context.Context, m chat.Message) (chat.Reply, error) {
	if m.Choose != nil && m.Choose.Fact == "router" {
		return chat.Reply{}, errors.New(`unknown fact "router"`)
	}
	told := fmt.Sprintf("text %q", string(m.Text))
	if m.Choose != nil {
		told = fmt.Sprintf("choose %s=%s", m.Choose.Fact, m.Choose.Value)
	} else if m.Change != "" {
		told = "change " + m.Change
	} else if m.Command != "" {
		told = "command " + string(m.Command)
	}
	return chat.Reply{Conversation: m.Conversation, Language: m.Language, Step: "ask", Text: told}, nil
}

// line is what a test looks at in a reply or an error.
type line struct {
	Conversation, Language, Step, Text, Error string
}

// serve returns the lines written for an input.
func serve(t testing.TB, input string) []line {
	t.Helper()
	var out bytes.Buffer
	if err := headless.Serve(context.Background(), echo, strings.NewReader(input), &out); err != nil {
		t.Fatalf("Serve: %v", err)
	}
	var lines []line
	for text := range strings.Lines(out.String()) {
		var l line
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			t.Fatalf("output line %q: %v", text, err)
		}
		lines = append(lines, l)
	}
	return lines
}

func TestLines(t *testing.T) {
	const badly = "line is not a valid request: "
	const one = "expected exactly one of text, choose, change and command"
	tests := []struct {
		name, input string
		want        line
	}{
		{"text", `{"conversation":"c","text":"VPN"}`, line{Conversation: "c", Text: `text "VPN"`}},
		{"empty text is a message", `{"conversation":"c","text":""}`, line{Conversation: "c", Text: `text ""`}},
		{"choose", `{"conversation":"c","choose":{"fact":"prompt","value":"vpn"}}`, line{Conversation: "c", Text: "choose prompt=vpn"}},
		{"change", `{"conversation":"c","change":"prompt"}`, line{Conversation: "c", Text: "change prompt"}},
		{"command", `{"conversation":"c","command":"back"}`, line{Conversation: "c", Text: "command back"}},
		{"language", `{"conversation":"c","text":"VPN","language":"ja"}`, line{Conversation: "c", Language: "ja", Text: `text "VPN"`}},
		{"no conversation named", `{"text":"VPN"}`, line{Text: `text "VPN"`}},
		{"spaces and CRLF around", "  {\"text\" : \"VPN\"} \r", line{Text: `text "VPN"`}},
		{"NUL and control characters, escaped", `{"text":"a\u0000\u001bb"}`, line{Text: `text "a\x00\x1bb"`}},
		{"invalid UTF-8 is read with a replacement", "{\"text\":\"a\xffb\"}", line{Text: "text \"a\ufffdb\""}},

		{"not JSON", "hello", line{Step: "error", Error: badly + "invalid character 'h' looking for beginning of value"}},
		{"cut off", `{"conversation":"c","text":"VP`, line{Step: "error", Error: badly + `invalid character '\n' in string literal`}},
		{"not an object", `["text"]`, line{Step: "error", Error: badly + "json: cannot unmarshal array into Go value of type headless.request"}},
		{"null", `null`, line{Step: "error", Error: one}},
		{"NUL in the open", "{\"text\":\"a\x00b\"}", line{Step: "error", Error: badly + `invalid character '\x00' in string literal`}},
		{"unknown field", `{"conversation":"c","text":"VPN","txt":"VPN"}`, line{Conversation: "c", Step: "error", Error: badly + `json: unknown field "txt"`}},
		{"unknown field inside", `{"conversation":"c","choose":{"fact":"a","value":"b","why":"c"}}`, line{Conversation: "c", Step: "error", Error: badly + `json: unknown field "why"`}},
		{"text is a number", `{"conversation":"c","text":7}`, line{Conversation: "c", Step: "error", Error: badly + "json: cannot unmarshal number into Go struct field request.text of type string"}},
		{"two requests", `{"conversation":"c","text":"a"} {"text":"b"}`, line{Conversation: "c", Step: "error", Error: "line holds more than one request"}},
		{"a bracket too many", `{"conversation":"c","text":"a"}}`, line{Conversation: "c", Step: "error", Error: "line holds more than one request"}},
		{"two at once", `{"conversation":"c","text":"a","command":"back"}`, line{Conversation: "c", Step: "error", Error: one}},
		{"nothing to do", `{"conversation":"c"}`, line{Conversation: "c", Step: "error", Error: one}},
		{"the desk refuses", `{"conversation":"c","choose":{"fact":"router","value":"on"}}`, line{Conversation: "c", Step: "error", Error: `unknown fact "router"`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if test.want.Step == "" {
				test.want.Step = "ask"
			}
			after := line{Conversation: "after", Step: "ask", Text: `text "still there?"`}
			got := serve(t, test.input+"\n"+`{"conversation":"after","text":"still there?"}`+"\n")
			if diff := cmp.Diff([]line{test.want, after}, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestStream(t *testing.T) {
	text := func(conversation, said string) string {
		return fmt.Sprintf("{\"conversation\":%q,\"text\":%q}\n", conversation, said)
	}
	heard := func(conversation, said string) line {
		return line{Conversation: conversation, Step: "ask", Text: fmt.Sprintf("text %q", said)}
	}
	full := text("full", strings.Repeat("x", headless.MaxLine-len(text("full", ""))))
	tooLong := line{Step: "error", Error: fmt.Sprintf("line is longer than %d bytes", headless.MaxLine)}
	tests := []struct {
		name, input string
		want        []line
	}{
		{"nothing", "", nil},
		{"blank lines say nothing", "\n \n\t\r\n" + text("a", "1") + "\n", []line{heard("a", "1")}},
		{"no newline at the end", strings.TrimSuffix(text("a", "1"), "\n"), []line{heard("a", "1")}},
		{"conversations mixed, in input order", text("a", "1") + text("b", "1") + text("a", "2"), []line{heard("a", "1"), heard("b", "1"), heard("a", "2")}},
		{"as long as a line may be", full + text("a", "1"), []line{heard("full", full[len(`{"conversation":"full","text":"`):len(full)-3]), heard("a", "1")}},
		{"a byte longer", " " + full + text("a", "1"), []line{tooLong, heard("a", "1")}},
		{"much longer, spaces only", strings.Repeat(" ", 3*headless.MaxLine) + "\n" + text("a", "1"), []line{tooLong, heard("a", "1")}},
		{"longer and cut off", strings.Repeat("x", headless.MaxLine+1), []line{tooLong}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, serve(t, test.input)); diff != "" {
				t.Errorf("(-want +got):\n%.1000s", diff)
			}
		})
	}
}

// TestOutputIsReadable: people read these lines too, so nothing is escaped that need not be.
func TestOutputIsReadable(t *testing.T) {
	var out bytes.Buffer
	if err := headless.Serve(context.Background(), echo, strings.NewReader(`{"text":"<マイ & アカウント>"}`), &out); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "<マイ & アカウント>") {
		t.Errorf("output %s; want the text as it is", out.String())
	}
}

func TestServeEnds(t *testing.T) {
	const input = "{\"text\":\"1\"}\n{\"text\":\"2\"}\n"
	broken := errors.New("broken")
	t.Run("out fails", func(t *testing.T) {
		handled := 0
		count := func(ctx context.Context, m chat.Message) (chat.Reply, error) { handled++; return echo(ctx, m) }
		r, w := io.Pipe()
		r.CloseWithError(broken)
		if err := headless.Serve(context.Background(), count, strings.NewReader(input), w); !errors.Is(err, broken) || handled != 1 {
			t.Errorf("error %v after %d messages; want %v after the first", err, handled, broken)
		}
	})
	t.Run("in fails", func(t *testing.T) {
		var out bytes.Buffer
		in := io.MultiReader(strings.NewReader(input), iotest.ErrReader(broken))
		if err := headless.Serve(context.Background(), echo, in, &out); !errors.Is(err, broken) || strings.Count(out.String(), "\n") != 2 {
			t.Errorf("error %v after %q; want %v after two replies", err, out.String(), broken)
		}
	})
	t.Run("cancelled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		stopAfterOne := func(ctx context.Context, m chat.Message) (chat.Reply, error) { cancel(); return echo(ctx, m) }
		var out bytes.Buffer
		if err := headless.Serve(ctx, stopAfterOne, strings.NewReader(input), &out); !errors.Is(err, context.Canceled) || strings.Count(out.String(), "\n") != 1 {
			t.Errorf("error %v after %q; want %v after one reply", err, out.String(), context.Canceled)
		}
	})
}
