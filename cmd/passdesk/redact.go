package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"passdesk/internal/redact"
)

// maxRedactLine bounds one line of input; a longer one is more than anybody writes.
const maxRedactLine = 1 << 20

func (p *program) redact() *cobra.Command {
	var asJSON bool
	command := &cobra.Command{
		Use:   "redact",
		Short: "mask passwords, codes and personal data in what is read from standard input",
		Args:  noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			content, err := p.answering()
			if err != nil {
				return err
			}
			in := interruptible(c.Context(), c.InOrStdin())
			defer func() { _ = in.Close() }() // never fails
			line := redactText
			if asJSON {
				line = redactJSON
			}
			return redactLines(content.Clean, in, c.OutOrStdout(), line)
		},
	}
	command.Flags().BoolVar(&asJSON, "json", false, `read {"text": "…"} lines, write {"text": "…", "found": […]} lines`)
	return command
}

// clean is redact.Cleaner.Clean.
type clean func(raw, asked string) redact.Cleaned

func redactLines(clean clean, in io.Reader, out io.Writer, one func(clean, []byte) string) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxRedactLine)
	for lines.Scan() {
		if _, err := io.WriteString(out, one(clean, lines.Bytes())+"\n"); err != nil {
			return fmt.Errorf("write line: %w", err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read line: %w", err)
	}
	return nil
}

func redactText(clean clean, line []byte) string {
	return clean(string(line), "").Text.String()
}

// redactJSON never says what was wrong in its own words: they would quote the line.
func redactJSON(clean clean, line []byte) string {
	var request struct {
		Text *string `json:"text"`
	}
	if json.Unmarshal(line, &request) != nil || request.Text == nil {
		return `{"error":"line is not an object with a text"}`
	}
	cleaned := clean(*request.Text, "")
	found := cleaned.Found
	if found == nil {
		found = []redact.Kind{}
	}
	reply, err := json.Marshal(struct {
		Text  redact.Text   `json:"text"`
		Found []redact.Kind `json:"found"`
	}{cleaned.Text, found})
	if err != nil {
		return `{"error":"text cannot be written"}`
	}
	return string(reply)
}
