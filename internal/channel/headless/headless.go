// Package headless speaks the line protocol of `passdesk converse`: JSON lines in, JSON lines out.
// It exists for tests and integrations, which talk to the same desk as every customer.
package headless

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"passdesk/internal/chat"
)

// Handle is the desk, as this channel sees it.
type Handle func(ctx context.Context, m chat.Message) (chat.Reply, error)

// MaxLine is the longest line that is read, in bytes. A longer one is answered with an error and
// skipped; the lines after it are read as usual.
const MaxLine = 4 << 20

// unnamed is the conversation of lines that name none.
const unnamed = "converse"

// request is one input line. Exactly one of text, choose, change and command is expected.
type request struct {
	Conversation string       `json:"conversation"`
	Text         *string      `json:"text"`
	Choose       *chat.Choose `json:"choose"`
	Change       string       `json:"change"`
	Command      chat.Command `json:"command"`
	Language     string       `json:"language"`
}

// failure is the output line for an input line that could not be handled.
type failure struct {
	Conversation string `json:"conversation,omitempty"`
	Step         string `json:"step"`
	Error        string `json:"error"`
}

// Serve answers each line of in with one line on out, in order, until in ends, out fails or ctx
// is done. A bad line gets an error line and the conversation goes on.
func Serve(ctx context.Context, handle Handle, in io.Reader, out io.Writer) error {
	lines := bufio.NewReaderSize(in, 64<<10)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for ctx.Err() == nil {
		line, tooLong, err := readLine(lines)
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read line: %w", err)
		}
		if end := err != nil; end && len(line) == 0 && !tooLong {
			return nil
		}
		if len(bytes.TrimSpace(line)) > 0 || tooLong {
			if err := encoder.Encode(answer(ctx, handle, line, tooLong)); err != nil {
				return fmt.Errorf("write reply: %w", err)
			}
		}
	}
	return ctx.Err()
}

// readLine returns the next line without holding more than MaxLine of it.
func readLine(lines *bufio.Reader) (line []byte, tooLong bool, err error) {
	for {
		piece, err := lines.ReadSlice('\n')
		if len(line)+len(piece) > MaxLine {
			line, tooLong = nil, true
		}
		if !tooLong {
			line = append(line, piece...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, tooLong, err
		}
	}
}

func answer(ctx context.Context, handle Handle, line []byte, tooLong bool) any {
	fail := func(conversation, message string) failure {
		return failure{Conversation: conversation, Step: "error", Error: message}
	}
	if tooLong {
		return fail("", fmt.Sprintf("line is longer than %d bytes", MaxLine))
	}
	var r request
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&r); err != nil {
		return fail(r.Conversation, "line is not a valid request: "+err.Error())
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return fail(r.Conversation, "line holds more than one request")
	}
	given := 0
	for _, is := range []bool{r.Text != nil, r.Choose != nil, r.Change != "", r.Command != ""} {
		if is {
			given++
		}
	}
	if given != 1 {
		return fail(r.Conversation, "expected exactly one of text, choose, change and command")
	}
	m := chat.Message{Channel: "converse", Conversation: cmp.Or(r.Conversation, unnamed), Choose: r.Choose, Change: r.Change, Command: r.Command, Language: r.Language}
	if r.Text != nil {
		m.Text = chat.Raw(*r.Text)
	}
	reply, err := handle(ctx, m)
	if err != nil {
		return fail(r.Conversation, err.Error())
	}
	reply.Conversation = r.Conversation
	return reply
}
