package config

import (
	"strings"

	"passdesk/internal/strictyaml"
)

// value notes what a key is given.
func (f *settingsFile) value(key Key, v strictyaml.Value, line int) error {
	if !key.Kind.List {
		text, fault := f.plain(v)
		return f.note(key, line, fault, text)
	}
	if !v.IsList() {
		fault := "must be a list: [one, other]"
		if f.isNothing(v) {
			fault = noValue
		}
		return f.fault(line, key.Name, fault)
	}
	before := len(f.report.Problems())
	values := v.Items()
	if len(f.report.Problems()) > before {
		return f.fault(line, key.Name, noAnchors)
	}
	items := []string{}
	for _, item := range values {
		text, fault := f.plain(item)
		if fault != "" {
			return f.note(key, line, fault)
		}
		items = append(items, text)
	}
	return f.note(key, line, "", items...)
}

func (f *settingsFile) note(key Key, line int, fault string, written ...string) error {
	if fault != "" {
		return f.fault(line, key.Name, fault)
	}
	source := f.source
	source.Line = line
	f.given = append(f.given, given{key, written, source})
	return nil
}

// What is said in more than one place.
const (
	noValue   = "has no value; leave the line out for the default"
	noAnchors = "anchors are not used here"
)

// plain returns a value that is one text, or says in words of our own what is wrong: those of
// strictyaml repeat the value, which may be a secret.
func (f *settingsFile) plain(v strictyaml.Value) (text, fault string) {
	if v.IsList() {
		return "", "must be one value, not a list"
	}
	text, problem := f.text(v)
	switch {
	case strings.HasSuffix(problem, nothingFound):
		return "", noValue
	case problem != "":
		return "", "is not a plain value; put it in quotes"
	}
	return text, ""
}

// nothingFound is how strictyaml calls a value that is not there; there is no other way to tell it
// from an empty text in quotes.
const nothingFound = "found nothing"

func (f *settingsFile) isNothing(v strictyaml.Value) bool {
	if v.IsMapping() || v.IsList() {
		return false
	}
	_, problem := f.text(v)
	return strings.HasSuffix(problem, nothingFound)
}

// text reads a value once; strictyaml reports the same problem twice as one.
func (f *settingsFile) text(v strictyaml.Value) (text, problem string) {
	before := len(f.report.Problems())
	text = v.String()
	if problems := f.report.Problems(); len(problems) > before {
		return "", problems[len(problems)-1].Message
	}
	return text, ""
}
