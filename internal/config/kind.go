package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Kind is what the value of a setting looks like, and how it is read.
type Kind struct {
	Name string // as the reference calls it, with limits and choices
	List bool
	// read turns what is written, one text unless it is a list, into the value of the field and
	// what to show of it; or it says what is wrong.
	read func(written []string) (value, shown any, fault string)
}

// scalar is a kind with one value, which is shown as it is written unless show says otherwise.
func scalar[T any](name string, parse func(text string) (value T, fault string), show func(value T, text string) any) Kind {
	return Kind{Name: name, read: func(written []string) (any, any, string) {
		value, fault := parse(written[0])
		if fault != "" {
			return nil, nil, fault
		}
		return value, show(value, written[0]), ""
	}}
}

// list is a kind with any number of values.
func list[T any](name string, parse func(text string) (value T, fault string)) Kind {
	return Kind{Name: "list of " + name, List: true, read: func(written []string) (any, any, string) {
		var values []T
		for _, text := range written {
			if text == "" {
				return nil, nil, "the list has an empty item"
			}
			value, fault := parse(text)
			if fault != "" {
				return nil, nil, fault
			}
			values = append(values, value)
		}
		return values, append([]string{}, written...), ""
	}}
}

func asWritten[T any](_ T, text string) any { return text }
func asValue[T any](value T, _ string) any  { return value }

// text is anything that fits into a line.
func text() Kind { return scalar("text", parseText, asWritten) }

// identifier is a text in which no password can hide that got into the wrong line with its URL.
func identifier() Kind { return scalar("text without @", parseIdentifier, asWritten) }

// identifiers are such texts, without commas.
func identifiers() Kind { return list("texts without @", parseIdentifier) }

func parseIdentifier(text string) (string, string) {
	if strings.Contains(text, "@") {
		return "", "has an @ in it"
	}
	return parseText(text)
}

func parseText(text string) (string, string) {
	if strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return "", "has an invisible character"
	}
	return text, ""
}

// directory is the path of one.
func directory() Kind { return scalar("directory", parsePath, asWritten) }

// secretFile is the path of a file. It is not repeated in errors: now and then it is the secret.
func secretFile() Kind { return scalar("file", parsePath, asWritten) }

// parsePath refuses ~, which only shells expand: nobody wants a directory of that name. It refuses
// the URL of a database too, which was meant for another setting and may have a password in it.
func parsePath(path string) (string, string) {
	switch {
	case strings.Contains(path, "://"):
		return "", "is a URL and not a path"
	case path == "~", strings.HasPrefix(path, "~/"):
		return "", "~ is not understood here; write the whole path"
	}
	return parseText(path)
}

func boolean() Kind {
	return scalar("true or false", func(text string) (bool, string) {
		if text != "true" && text != "false" {
			return false, quote(text) + " is neither true nor false"
		}
		return text == "true", ""
	}, asValue)
}

// integer is what whole numbers may become in Settings.
type integer interface{ ~int | ~int64 }

// number is a whole number of units.
func number[T integer](least, most T, units string) Kind {
	name := fmt.Sprintf("%s %d to %d", units, least, most)
	return scalar(name, func(text string) (T, string) { return parseNumber(text, least, most) }, asValue)
}

func parseNumber[T integer](text string, least, most T) (T, string) {
	n, err := strconv.ParseInt(text, 10, 64)
	switch {
	case err != nil && !isNumber(text):
		return 0, quote(text) + " is not a whole number"
	case err != nil || n < int64(least) || n > int64(most):
		return 0, fmt.Sprintf("%s is not between %d and %d", quote(text), least, most)
	}
	return T(n), ""
}

// isNumber tells numbers that are too large from what is none.
func isNumber(text string) bool {
	digits := strings.TrimPrefix(text, "-")
	return digits != "" && strings.Trim(digits, "0123456789") == ""
}

// choice is one of the words.
func choice[T ~string](words ...T) Kind {
	names := make([]string, len(words))
	for i, word := range words {
		names[i] = string(word)
	}
	return scalar(strings.Join(names, ", "), func(text string) (T, string) {
		if !slices.Contains(words, T(text)) {
			return "", quote(text) + " is none of " + strings.Join(names, ", ")
		}
		return T(text), ""
	}, asWritten)
}
