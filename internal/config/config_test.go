package config_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/config"
)

func TestFromEnvironment(t *testing.T) {
	tests := []struct {
		name        string
		environment map[string]string
		want        config.Terminal
	}{
		{"nothing set", nil, config.Terminal{Language: "en", Columns: 80}},
		{"Japanese locale", map[string]string{"LANG": "ja_JP.UTF-8"}, config.Terminal{Language: "ja", Columns: 80}},
		{"only the language", map[string]string{"LANG": "ja"}, config.Terminal{Language: "ja", Columns: 80}},
		{"upper case", map[string]string{"LANG": "JA_JP"}, config.Terminal{Language: "ja", Columns: 80}},
		{"English locale", map[string]string{"LANG": "en_GB.UTF-8"}, config.Terminal{Language: "en", Columns: 80}},
		{"C locale", map[string]string{"LANG": "C.UTF-8"}, config.Terminal{Language: "en", Columns: 80}},
		{"a third language", map[string]string{"LANG": "de_DE.UTF-8"}, config.Terminal{Language: "en", Columns: 80}},
		{"LC_MESSAGES before LANG", map[string]string{"LC_MESSAGES": "ja_JP", "LANG": "en_US"}, config.Terminal{Language: "ja", Columns: 80}},
		{"LC_ALL before all", map[string]string{"LC_ALL": "C", "LC_MESSAGES": "ja_JP", "LANG": "ja_JP"}, config.Terminal{Language: "en", Columns: 80}},
		{"an empty LC_ALL says nothing", map[string]string{"LC_ALL": "", "LANG": "ja_JP"}, config.Terminal{Language: "ja", Columns: 80}},
		{"the locale's name as Windows writes it", map[string]string{"LANG": "Japanese_Japan.932"}, config.Terminal{Language: "ja", Columns: 80}},
		{"columns", map[string]string{"COLUMNS": "132"}, config.Terminal{Language: "en", Columns: 132}},
		{"the narrowest terminal", map[string]string{"COLUMNS": "20"}, config.Terminal{Language: "en", Columns: 20}},
		{"too narrow to read", map[string]string{"COLUMNS": "19"}, config.Terminal{Language: "en", Columns: 80}},
		{"columns below zero", map[string]string{"COLUMNS": "-80"}, config.Terminal{Language: "en", Columns: 80}},
		{"columns in words", map[string]string{"COLUMNS": "wide"}, config.Terminal{Language: "en", Columns: 80}},
		{"columns beyond all numbers", map[string]string{"COLUMNS": "99999999999999999999"}, config.Terminal{Language: "en", Columns: 80}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := config.FromEnvironment(func(name string) string { return test.environment[name] })
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("FromEnvironment (-want +got):\n%s", diff)
			}
		})
	}
}
