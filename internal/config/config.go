// Package config turns a settings file, the environment and flags into settings.
// It exists so that one place knows every setting, reads environment variables, and says in one line
// and without secrets what is wrong, and everything else takes values.
package config

import (
	"strconv"
	"strings"
)

// Terminal is what a terminal's environment says about its user.
type Terminal struct {
	Language string // "ja" or "en"
	Columns  int    // cells in a line
}

// Widths of a terminal, in cells, when the environment does not say or says something absurd.
const (
	defaultColumns = 80
	leastColumns   = 20
)

// FromEnvironment reads LC_ALL, LC_MESSAGES, LANG and COLUMNS through getenv. A locale that is not
// English means Japanese only if it says so: C and unknown locales are English.
func FromEnvironment(getenv func(string) string) Terminal {
	t := Terminal{Language: "en", Columns: defaultColumns}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale := getenv(name); locale != "" {
			if strings.HasPrefix(strings.ToLower(locale), "ja") {
				t.Language = "ja"
			}
			break
		}
	}
	if n, err := strconv.Atoi(getenv("COLUMNS")); err == nil && n >= leastColumns {
		t.Columns = n
	}
	return t
}
