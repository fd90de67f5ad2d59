package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"
	"unicode"

	"github.com/spf13/cobra"

	"passdesk/internal/config"
)

func (p *program) config() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "config",
		Short: "print every setting of the server with its value and where that comes from",
		Args:  noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := textOrJSON(format); err != nil {
				return err
			}
			effective, err := config.Explain(settingsSources(c))
			if err != nil {
				return settingsError(err)
			}
			if format == "json" {
				return printJSON(c.OutOrStdout(), effective)
			}
			return printSettings(c.OutOrStdout(), effective)
		},
	}
	settingsFlags(c)
	c.Flags().StringVar(&format, "format", "text", "text or json")
	c.AddCommand(&cobra.Command{
		Use:   "reference",
		Short: "print the page on all settings, docs/configuration.md",
		Args:  noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			_, err := io.WriteString(c.OutOrStdout(), config.Reference())
			return err
		},
	})
	return c
}

// settingsFlags gives a command the flags that are settings, and the one that names the file.
func settingsFlags(c *cobra.Command) {
	c.Flags().String("config", "", "settings file (default: the one that docs/configuration.md finds)")
	for _, key := range config.Keys() {
		if key.Flag != "" && key.Flag != contentFlag { // that one belongs to every command
			c.Flags().String(key.Flag, key.Default, key.Doc)
		}
	}
}

const contentFlag = "content"

// settingsSources is where a command with settingsFlags takes its settings from.
func settingsSources(c *cobra.Command) config.Sources {
	given := map[string]string{}
	for _, key := range config.Keys() {
		if key.Flag != "" && c.Flags().Changed(key.Flag) {
			given[key.Flag] = c.Flag(key.Flag).Value.String()
		}
	}
	file, _ := c.Flags().GetString("config") // "" for a command without the flag
	return config.From(os.Environ, file, given)
}

// settings returns the settings for a command with settingsFlags.
func (p *program) settings(c *cobra.Command) (config.Settings, error) {
	settings, err := config.Load(settingsSources(c))
	if err != nil {
		return config.Settings{}, settingsError(err)
	}
	return settings, nil
}

// settingsError makes a fault in the settings what it is for the program: a mistake in how it was
// called.
func settingsError(err error) error {
	if config.Usage(err) {
		return usageError{err}
	}
	return err
}

func printJSON(out io.Writer, effective []config.Effective) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(effective)
}

// printSettings writes one line for every setting, in columns.
func printSettings(out io.Writer, effective []config.Effective) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, e := range effective {
		// The table keeps the error until Flush.
		_, _ = fmt.Fprintf(table, "%s\t%s\t%s\n", e.Key, shown(e.Value), e.Source)
	}
	return table.Flush()
}

// shown is a value as one word or more in a line, "-" if there is none.
func shown(value any) string {
	text := fmt.Sprint(value)
	if items, ok := value.([]string); ok {
		text = strings.Join(items, ", ")
	}
	switch {
	case text == "":
		return "-"
	case strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }):
		return strconv.Quote(text)
	default:
		return text
	}
}
