package config

import (
	"cmp"
	_ "embed" // the words around the tables
	"strings"
)

//go:embed reference.md
var referenceText string // what stands before the tables, which are made from Keys

// Reference is the page on all settings in Markdown, docs/configuration.md.
func Reference() string {
	var page strings.Builder
	page.WriteString(referenceText)
	group := ""
	for i, key := range Keys() {
		above, _, _ := cutLast(key.Name)
		if i == 0 || above != group {
			group = above
			page.WriteString("\n## " + cmp.Or(group, "Server") + "\n\n| key and variable | value | default | meaning |\n|---|---|---|---|\n")
		}
		page.WriteString(key.row())
	}
	return page.String()
}

// row is the line of a key in the reference.
func (k Key) row() string {
	names := "`" + k.Name + "`<br>`" + k.Environment() + "`"
	if k.Flag != "" {
		names += "<br>`--" + k.Flag + "`"
	}
	kind := k.Kind.Name
	if k.Secret {
		kind += " (never shown)"
	}
	initial := ""
	if k.Default != "" {
		initial = "`" + k.Default + "`"
	}
	escape := strings.NewReplacer("|", `\|`, "<desk", `\<desk`) // a mail address in angle brackets is no HTML
	return "| " + names + " | " + escape.Replace(kind) + " | " + initial + " | " + escape.Replace(k.Doc) + " |\n"
}
