// Package terminal is the desk in a plain terminal: lines in, text out, numbers for buttons.
// It exists for customers and authors without a browser, works on a pipe and without colour,
// and suits a screen reader.
package terminal

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"passdesk/internal/chat"
)

// Handle is the desk, as this channel sees it.
type Handle func(ctx context.Context, m chat.Message) (chat.Reply, error)

// Words are the sentences of the terminal itself in one language.
type Words struct {
	Welcome, Help, Prompt, Goodbye, SoFar, Change, UnknownNumber, NothingToChange string
}

// Chat is one conversation in a terminal.
type Chat struct {
	Handle   Handle
	Words    func(language string) Words
	Language string // the customer's locale, to start in
	Columns  int    // text is wrapped to this many cells
	In       io.Reader
	Out      io.Writer
}

// session is the running conversation.
type session struct {
	*Chat
	last     chat.Reply
	changing bool // the next number names an answer to change
	failed   error
}

// maxLine is how much of a line is kept, in bytes: more than the desk reads, so that it says so.
const maxLine = 64 << 10

// readLine returns the next line with its end, cut where it is too long.
func readLine(lines *bufio.Reader) (string, error) {
	var line []byte
	for {
		piece, err := lines.ReadSlice('\n')
		line = append(line, piece[:min(len(piece), maxLine-len(line))]...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return string(line), err
		}
	}
}

// Run talks until the customer quits, input ends or ctx is done. It returns the last reply, so that the
// caller can tell how the conversation ended, and an error if reading or writing failed.
func (c *Chat) Run(ctx context.Context) (chat.Reply, error) {
	s := &session{Chat: c}
	s.last.Language = c.Language
	s.print(s.words().Welcome)
	s.print(s.words().Help)
	lines := bufio.NewReader(c.In)
	for ctx.Err() == nil && s.failed == nil {
		s.write("\n" + s.words().Prompt + " ")
		line, err := readLine(lines)
		if ctx.Err() != nil { // interrupted while waiting, which is one way to say goodbye
			s.write("\n")
			break
		}
		if line = strings.TrimSpace(line); line == "" && errors.Is(err, io.EOF) {
			s.write("\n")
			break
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return s.last, fmt.Errorf("read line: %w", err)
		}
		if line != "" && !s.hear(ctx, line) {
			break
		}
	}
	if s.failed == nil {
		s.print(s.words().Goodbye)
	}
	return s.last, s.failed
}

// hear handles one line and reports whether the conversation goes on.
func (s *session) hear(ctx context.Context, line string) bool {
	key := strings.ToLower(norm.NFKC.String(line))
	m := chat.Message{Channel: "terminal", Conversation: "terminal", Text: chat.Raw(line), Locale: s.Language}
	switch key {
	case "q", "quit", "exit":
		return false
	case "?", "help":
		s.print(s.words().Help)
		return true
	case "b":
		m.Command = chat.Back
	case "r":
		m.Command = chat.Restart
	case "h":
		m.Command = chat.Human
	case "c":
		s.offerChange()
		return true
	}
	if s.changing {
		s.changing = false
		if n, err := strconv.Atoi(key); err == nil {
			if n < 1 || n > len(s.last.SoFar) {
				s.print(s.words().UnknownNumber)
				return true
			}
			m.Change = s.last.SoFar[n-1].Fact
		}
	} else if n, err := strconv.Atoi(key); err == nil {
		_, more := s.all()
		switch {
		case n == len(s.last.Choices)+1 && more:
			m.Command = chat.All
		case n < 1 || n > len(s.last.Choices):
			s.print(s.words().UnknownNumber)
			return true
		default:
			choice := s.last.Choices[n-1]
			m.Choose = &chat.Choose{Fact: choice.Fact, Value: choice.Value}
		}
	}
	s.send(ctx, m)
	return s.failed == nil
}

func (s *session) send(ctx context.Context, m chat.Message) {
	r, err := s.Handle(ctx, m)
	if err != nil {
		s.failed = fmt.Errorf("answer message: %w", err)
		return
	}
	s.last = r
	s.write("\n")
	s.print(r.Text)
	if len(r.Choices) > 0 {
		s.write("\n")
		for i, c := range r.Choices {
			s.print(fmt.Sprintf("%3d  %s", i+1, c.Label))
		}
	}
	if label, more := s.all(); more {
		s.print(fmt.Sprintf("%3d  %s", len(r.Choices)+1, label))
	}
}

// all returns the label of the button that leads to all choices, if there are more than shown.
func (s *session) all() (label string, more bool) {
	for _, b := range s.last.Commands {
		if b.Command == chat.All {
			return b.Label, true
		}
	}
	return "", false
}

// offerChange lists what the customer has said, numbered.
func (s *session) offerChange() {
	if len(s.last.SoFar) == 0 {
		s.print(s.words().NothingToChange)
		return
	}
	s.print(s.words().SoFar)
	for i, line := range s.last.SoFar {
		s.print(fmt.Sprintf("%3d  %s: %s", i+1, line.About, line.Label))
	}
	s.print(s.words().Change)
	s.changing = true
}

func (s *session) words() Words { return s.Words(s.last.Language) }

func (s *session) print(text string) { s.write(Wrap(text, s.Columns) + "\n") }

func (s *session) write(text string) {
	if s.failed != nil {
		return
	}
	if _, err := io.WriteString(s.Out, text); err != nil {
		s.failed = fmt.Errorf("write: %w", err)
	}
}
