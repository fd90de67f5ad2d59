package canned

import (
	"encoding/json"
	"io"
	"strings"
)

// espansoHead says what the file is; espanso's own schema helps whoever opens it in an editor.
const espansoHead = `# yaml-language-server: $schema=https://raw.githubusercontent.com/espanso/espanso/dev/schemas/match.schema.json
# Written by "passdesk canned export --format espanso". Put it into espanso's match folder; do not edit it.
matches:
`

// writeEspanso writes a match file. A match has either plain text or HTML, so each answer has two.
// The language ends every trigger: else ":vpn" would go off before ":vpn-signin" is typed.
func writeEspanso(w io.Writer, answers []exported) error {
	var out strings.Builder
	out.WriteString(espansoHead)
	for _, a := range answers {
		language := string(a.Language)
		label := a.Title + " (" + language + ")"
		terms := append([]string{a.ID}, a.Keywords...)
		writeMatch(&out, ":"+a.ID+"."+language, label, terms, "replace", a.Plain)
		writeMatch(&out, ":"+a.ID+".rich."+language, label+" +", terms, "html", a.HTML)
	}
	_, err := io.WriteString(w, out.String())
	return err
}

func writeMatch(out *strings.Builder, trigger, label string, terms []string, kind, text string) {
	out.WriteString("  - trigger: " + quoted(trigger) + "\n")
	out.WriteString("    label: " + quoted(label) + "\n")
	out.WriteString("    search_terms:\n")
	for _, term := range terms {
		out.WriteString("      - " + quoted(term) + "\n")
	}
	out.WriteString("    " + kind + ": " + quoted(text) + "\n")
}

// quoted writes a YAML string: JSON's are, and they cannot be taken for anything else.
func quoted(text string) string {
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text) // a string can be encoded, and a builder written to
	return strings.TrimSuffix(out.String(), "\n")
}
