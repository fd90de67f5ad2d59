package strictyaml

import (
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// Entry is one pair of a mapping, in file order.
type Entry struct {
	Key   Value
	Value Value
}

// Exists reports whether the value stands in the file at all; the zero Value does not.
func (v Value) Exists() bool { return v.node != nil }

// Line is the line at which the value starts, 0 if it does not exist.
func (v Value) Line() int {
	if v.node == nil {
		return 0
	}
	return v.node.Line
}

// File is the name of the file the value stands in.
func (v Value) File() string { return v.file }

// Problemf reports a fault at this value's place.
func (v Value) Problemf(format string, args ...any) {
	if v.report == nil {
		return
	}
	p := Problem{File: v.file, Message: fmt.Sprintf(format, args...)}
	if v.node != nil {
		p.Line, p.Column = v.node.Line, v.node.Column
	}
	v.report.Add(p)
}

// Entries returns the pairs of a mapping and reports duplicate or odd keys. Anything that is
// not a mapping is reported and has no entries.
func (v Value) Entries() []Entry {
	if v.node == nil {
		return nil
	}
	if v.node.Kind != yaml.MappingNode {
		v.Problemf("expected a mapping (key: value), found %s", v.kind())
		return nil
	}
	v.refuseAnchor()
	entries := make([]Entry, 0, len(v.node.Content)/2)
	seen := make(map[string]int, len(v.node.Content)/2)
	for i := 0; i+1 < len(v.node.Content); i += 2 {
		key, value := v.at(v.node.Content[i]), v.at(v.node.Content[i+1])
		name := key.String()
		if line, twice := seen[name]; twice {
			key.Problemf("duplicate key %q, first used in line %d", name, line)
			continue
		}
		seen[name] = key.Line()
		entries = append(entries, Entry{Key: key, Value: value})
	}
	return entries
}

// Fields returns the values of a mapping by key and reports every key that is not allowed.
func (v Value) Fields(allowed ...string) map[string]Value {
	fields := make(map[string]Value, len(allowed))
	for _, e := range v.Entries() {
		name := e.Key.String()
		if !slices.Contains(allowed, name) {
			e.Key.Problemf("unknown key %q%s", name, Suggest(name, allowed))
			continue
		}
		fields[name] = e.Value
	}
	return fields
}

// Items returns the members of a list and reports anything that is not a list.
func (v Value) Items() []Value {
	if v.node == nil {
		return nil
	}
	if v.node.Kind != yaml.SequenceNode {
		v.Problemf("expected a list, found %s", v.kind())
		return nil
	}
	v.refuseAnchor()
	items := make([]Value, len(v.node.Content))
	for i, n := range v.node.Content {
		items[i] = v.at(n)
	}
	return items
}

// Strings returns the members of a list of texts.
func (v Value) Strings() []string {
	items := v.Items()
	texts := make([]string, len(items))
	for i, item := range items {
		texts[i] = item.String()
	}
	return texts
}

// String returns a text, number or word as it is written, and reports anything else.
// Text is returned without white space around it.
func (v Value) String() string {
	if v.node == nil {
		return ""
	}
	if v.node.Kind != yaml.ScalarNode || v.node.Tag == "!!null" {
		v.Problemf("expected a text, found %s", v.kind())
		return ""
	}
	v.refuseAnchor()
	return strings.TrimSpace(v.node.Value)
}

// Bool returns true or false, and reports anything else; absent is false.
func (v Value) Bool() bool {
	if v.node == nil {
		return false
	}
	var b bool
	if v.node.Kind != yaml.ScalarNode || v.node.Decode(&b) != nil {
		v.Problemf("expected true or false, found %s", v.kind())
	}
	v.refuseAnchor()
	return b
}

// IsMapping reports whether the value is a mapping.
func (v Value) IsMapping() bool { return v.node != nil && v.node.Kind == yaml.MappingNode }

// IsList reports whether the value is a list.
func (v Value) IsList() bool { return v.node != nil && v.node.Kind == yaml.SequenceNode }

func (v Value) at(n *yaml.Node) Value { return Value{node: n, file: v.file, report: v.report} }

// refuseAnchor keeps content plain: shared parts have names (`use`), not YAML anchors.
func (v Value) refuseAnchor() {
	if v.node.Anchor != "" {
		v.Problemf("anchors (&%s) are not used here; name a shared branch instead", v.node.Anchor)
	}
}

func (v Value) kind() string {
	switch v.node.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	case yaml.AliasNode:
		return "an alias (*" + v.node.Value + ")"
	case yaml.ScalarNode:
		if v.node.Tag == "!!null" {
			return "nothing"
		}
		return fmt.Sprintf("%q", v.node.Value)
	default:
		return "something else"
	}
}
