package config

import (
	"fmt"
	"strings"

	"passdesk/internal/strictyaml"
)

// group reads what stands below a name, "" for the whole file. A group without anything in it, all
// its lines being comments, is none.
func (f *settingsFile) group(v strictyaml.Value, name string) error {
	if f.isNothing(v) {
		return nil
	}
	if !v.IsMapping() {
		return f.fault(v.Line(), name, "further keys belong here (key: value), and no value")
	}
	before := len(f.report.Problems())
	entries := v.Entries()
	if problems := f.report.Problems(); len(problems) > before {
		return f.oddKey(problems[len(problems)-1])
	}
	for _, entry := range entries {
		if err := f.entry(entry, name); err != nil {
			return err
		}
	}
	return nil
}

// oddKey says what is wrong with a key that strictyaml refuses.
func (f *settingsFile) oddKey(p strictyaml.Problem) error {
	switch {
	case strings.HasPrefix(p.Message, "anchors "):
		return f.fault(p.Line, "", noAnchors)
	case strings.HasPrefix(p.Message, "duplicate key ") && isName(strings.Split(p.Message, `"`)[1]):
		return f.fault(p.Line, "", p.Message)
	}
	return f.fault(p.Line, "", "a key must be a plain name")
}

func (f *settingsFile) entry(entry strictyaml.Entry, group string) error {
	name := entry.Key.String()
	line := entry.Key.Line()
	if !isName(name) { // perhaps a secret without a blank after its key
		return f.fault(line, group, "this is no key; write key: value, with a blank between, and special characters in quotes")
	}
	if key, known := keyOf(f.keys, name); known && group == "" && strings.Contains(name, ".") {
		above, last, _ := cutLast(key.Name)
		return f.fault(line, "", fmt.Sprintf("keys are nested in a file; write %s below %s", last, above))
	}
	if group != "" {
		name = group + "." + name
	}
	key, known := keyOf(f.keys, name)
	switch {
	case known:
		return f.value(key, entry.Value, line)
	case isGroup(f.keys, name):
		return f.group(entry.Value, name)
	default:
		return f.fault(line, "", "unknown key"+f.repeat(name, entry.Value)+suggestKey(f.keys, name))
	}
}

// repeat is an unknown key for an error, as far as no secret can be in it. The blank behind the
// key may have been forgotten, or the key itself: {passwordhunter2} and {hunter2} are keys. What is like no key is
// repeated only if it looks like one.
func (f *settingsFile) repeat(name string, value strictyaml.Value) string {
	_, last, _ := cutLast(name)
	for _, key := range f.keys {
		_, secret, _ := cutLast(key.Name)
		if key.Secret && len(last) > len(secret) && strings.EqualFold(last[:len(secret)], secret) {
			return fmt.Sprintf(" %q", name[:len(name)-len(last)+len(secret)]+"…")
		}
	}
	plain := strings.Trim(last, "abcdefghijklmnopqrstuvwxyz-_") == "" && !f.isNothing(value)
	if !plain && suggestKey(f.keys, name) == "" {
		return ""
	}
	return fmt.Sprintf(" %q", name)
}

// isName reports whether a key of a file could be a name; what is not is not repeated.
func isName(text string) bool {
	const longest = 60
	return text != "" && len(text) <= longest && !strings.ContainsFunc(text, func(r rune) bool {
		letter := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
		return !letter && r != '-' && r != '_' && r != '.'
	})
}
