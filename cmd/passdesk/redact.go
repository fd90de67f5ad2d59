package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"passdesk/internal/redact"
	"passdesk/internal/strictyaml"
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
			cleaner, err := p.cleaner()
			if err != nil {
				return err
			}
			in := interruptible(c.Context(), c.InOrStdin())
			defer func() { _ = in.Close() }() // never fails
			line := redactText
			if asJSON {
				line = redactJSON
			}
			return redactLines(cleaner, in, c.OutOrStdout(), line)
		},
	}
	command.Flags().BoolVar(&asJSON, "json", false, `read {"text": "…"} lines, write {"text": "…", "found": […]} lines`)
	return command
}

// cleaner returns what masks secrets, with the words of the desk's own texts known to it.
func (p *program) cleaner() (*redact.Cleaner, error) {
	content, err := p.files()
	if err != nil {
		return nil, err
	}
	own, err := ownTexts(content.Knowledge)
	if err != nil {
		return nil, err
	}
	cleaner, err := redact.New(content.Intents, own)
	if e := (*strictyaml.Error)(nil); errors.As(err, &e) {
		return nil, fmt.Errorf("load what is masked, in %s:\n%w", content.IntentsPrefix, err)
	}
	return cleaner, err
}

// ownTexts reads all content files as they are: every word in them is public.
func ownTexts(knowledge fs.FS) ([]string, error) {
	var own []string
	err := fs.WalkDir(knowledge, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".yaml") || strings.HasPrefix(name, "stories/") {
			return err
		}
		data, err := fs.ReadFile(knowledge, name)
		own = append(own, string(data))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read own texts: %w", err)
	}
	return own, nil
}

func redactLines(cleaner *redact.Cleaner, in io.Reader, out io.Writer, one func(*redact.Cleaner, []byte) string) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxRedactLine)
	for lines.Scan() {
		if _, err := io.WriteString(out, one(cleaner, lines.Bytes())+"\n"); err != nil {
			return fmt.Errorf("write line: %w", err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read line: %w", err)
	}
	return nil
}

func redactText(cleaner *redact.Cleaner, line []byte) string {
	return cleaner.Clean(string(line), "").Text.String()
}

// redactJSON never says what was wrong in its own words: they would quote the line.
func redactJSON(cleaner *redact.Cleaner, line []byte) string {
	var request struct {
		Text *string `json:"text"`
	}
	if json.Unmarshal(line, &request) != nil || request.Text == nil {
		return `{"error":"line is not an object with a text"}`
	}
	cleaned := cleaner.Clean(*request.Text, "")
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
