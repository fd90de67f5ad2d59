package canned

import (
	"strings"
	"unicode"

	"passdesk/internal/guide"
)

// The variables that the words around an answer may have.
const (
	Customer = "customer" // name of the customer, with or without 様
	Agent    = "agent"    // name of the agent
	Case     = "case"     // reference of the case
)

func variableNames() []string { return []string{Customer, Agent, Case} }

// Variable is something that an agent can fill in.
type Variable struct {
	Name    string
	Default string // stands for it while it is not filled in; "" if there is none
}

// Variables returns what can be filled in, with its default in a language.
func (l *Library) Variables(language guide.Language) []Variable {
	var all []Variable
	for _, name := range variableNames() {
		all = append(all, Variable{Name: name, Default: l.word(defaultWord+name, language)})
	}
	return all
}

// word returns a word around canned answers, "" if there is none.
func (l *Library) word(id string, language guide.Language) string {
	return l.guide.Words(guide.PageCanned)[id].In(language)
}

// cleaned returns the values that are filled in, fit to stand within a line.
func (l *Library) cleaned(values map[string]string, language guide.Language) (map[string]string, error) {
	clean := map[string]string{}
	for name, value := range values {
		if err := oneOf("variable", name, variableNames()); err != nil {
			return nil, err
		}
		value = cleanValue(value)
		if name == Customer {
			value = l.withoutTitle(value, language)
		}
		if value != "" {
			clean[name] = value
		}
	}
	return clean, nil
}

// maxValue bounds a value, in characters. No name is longer.
const maxValue = 200

// cleanValue makes one line of a value, without characters that cannot be seen or that turn the
// direction of writing, and without braces, which could look like a variable.
func cleanValue(value string) string {
	value = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == '{', r == '}':
			return -1
		}
		return r
	}, strings.ToValidUTF8(value, ""))
	value = strings.Join(strings.Fields(value), " ")
	if runes := []rune(value); len(runes) > maxValue {
		value = strings.TrimSpace(string(runes[:maxValue]))
	}
	return value
}

// withoutTitle takes off a name what the words around it would add once more, such as 様.
func (l *Library) withoutTitle(name string, language guide.Language) string {
	_, title, _ := strings.Cut(l.word(wordNamed, language), "}}")
	if bare := strings.TrimSuffix(name, strings.TrimSpace(title)); bare != "" {
		return strings.TrimSpace(bare)
	}
	return name
}

// expand puts values into a text with {{variables}}, once: a value is never expanded again.
func expand(text string, value func(name string) string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{{")
		name, after, closed := strings.Cut(rest, "}}")
		if !found || !closed {
			out.WriteString(text) // what is left is seen by whoever asked
			return out.String()
		}
		out.WriteString(before)
		out.WriteString(value(strings.TrimSpace(name)))
		text = after
	}
}
