package strictyaml

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// lookback is how many written lines the decoder may have read past the one it stumbles over.
const lookback = 8

var (
	linePattern = regexp.MustCompile(`^line (\d+): `)
	// The messages of the decoder's second stage, the parser; all others are the scanner's.
	parserMessage = regexp.MustCompile(`^did not find expected (key|node content|',' or|'-' indicator|<)|^found undefined tag handle`)
)

// syntaxProblem says where a file that cannot be decoded stops being YAML. The decoder names a
// line only inside its message: none if that is the first line, one too few if the parser found
// the fault, and then it is the start of the enclosing block or bracket, which may be a whole
// file away. So the file is read once more, line by line, to see how far the decoder gets.
func syntaxProblem(name string, data []byte) Problem {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	source := &lineSource{data: data}
	message, line := syntaxError(io.MultiReader(strings.NewReader("\n"), source)) // no fault is in the first line now
	switch {
	case line == 0 || parserMessage.MatchString(message):
		opened := line
		line = firstBadLine(data, source.lines(), message)
		message += hint(message, opened, line)
	default:
		line-- // the line put in front
	}
	return Problem{File: name, Line: line, Column: 1, Message: "YAML syntax: " + message}
}

// hint adds what authors most often did wrong when a bracket does not go on as it should.
func hint(message string, opened, line int) string {
	if !strings.HasPrefix(message, "did not find expected ','") {
		return ""
	}
	text := "; inside { } and [ ] put texts in double quotes"
	if 0 < opened && opened < line {
		text += fmt.Sprintf(", and close the bracket of line %d", opened)
	}
	return text
}

// syntaxError decodes everything and returns the decoder's message without the line, and the
// line, 0 if it names none. The message is empty if there is no fault.
func syntaxError(r io.Reader) (message string, line int) {
	for decoder := yaml.NewDecoder(r); ; {
		var document yaml.Node
		err := decoder.Decode(&document)
		if errors.Is(err, io.EOF) {
			return "", 0
		}
		if err != nil {
			message = strings.TrimPrefix(err.Error(), "yaml: ")
			if m := linePattern.FindStringSubmatch(message); m != nil {
				line, _ = strconv.Atoi(m[1])
				message = message[len(m[0]):]
			}
			return message, line
		}
	}
}

// firstBadLine goes back from the last line that the decoder read to the first one after which
// it fails with this message whatever follows.
func firstBadLine(data []byte, last int, message string) int {
	lines := slices.Collect(bytes.Lines(data))
	bad := min(last, len(lines))
	for line, steps := bad-1, 0; line > 0 && steps < lookback; line-- {
		if text := bytes.TrimSpace(lines[line-1]); len(text) == 0 || text[0] == '#' {
			continue
		}
		if !fails(bytes.Join(lines[:line], nil), message) {
			break
		}
		bad = line
		steps++
	}
	return bad
}

// fails reports whether the text fails with the message whatever follows: its end or, should a
// bracket be open, further pairs with or without a comma before them.
func fails(text []byte, message string) bool {
	for _, end := range []io.Reader{
		strings.NewReader(""),
		io.MultiReader(strings.NewReader("\nx: y, x: y,"), unfinished{}),
		io.MultiReader(strings.NewReader("\n, x: y, x: y,"), unfinished{}),
	} {
		if got, _ := syntaxError(io.MultiReader(bytes.NewReader(text), end)); got != message {
			return false
		}
	}
	return true
}

// unfinished is the end of a text that goes on: who reads so far has found no fault yet.
type unfinished struct{}

func (unfinished) Read([]byte) (int, error) { return 0, errors.New("unfinished") }

// lineSource hands out one line at a time, so that it can tell how far its reader got.
type lineSource struct {
	data []byte
	at   int
}

func (s *lineSource) Read(p []byte) (int, error) {
	if s.at == len(s.data) {
		return 0, io.EOF
	}
	rest := s.data[s.at:]
	if end := bytes.IndexByte(rest, '\n'); end >= 0 {
		rest = rest[:end+1]
	}
	n := copy(p, rest)
	s.at += n
	return n, nil
}

// lines is the number of the line that was read last.
func (s *lineSource) lines() int { return 1 + bytes.Count(s.data[:max(1, s.at)-1], []byte("\n")) }
