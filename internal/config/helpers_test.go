package config_test

import (
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"passdesk/internal/config"
)

// home is what every environment here has, so that there is a default for everything.
var home = map[string]string{"HOME": "/home/desk", "XDG_CONFIG_HOME": "/nowhere"}

// sources makes the sources of one test: the content of a settings file ("" for none), variables
// beside HOME, and flags.
func sources(t testing.TB, file string, environment, flags map[string]string) config.Sources {
	t.Helper()
	name := ""
	if file != "" {
		name = filepath.Join(t.TempDir(), "desk.yaml")
		writeFile(t, name, file)
	}
	return from(name, environment, flags)
}

func from(file string, environment, flags map[string]string) config.Sources {
	variables := maps.Clone(home)
	maps.Copy(variables, environment)
	return config.From(func() []string {
		var pairs []string
		for name, value := range variables {
			pairs = append(pairs, name+"="+value)
		}
		return pairs
	}, file, flags).On("linux")
}

func writeFile(t testing.TB, name, content string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// nested writes one key as a settings file has it.
func nested(key, value string) string {
	var file strings.Builder
	names := strings.Split(key, ".")
	for i, name := range names {
		file.WriteString(strings.Repeat("  ", i) + name + ":")
		if i < len(names)-1 {
			file.WriteString("\n")
		}
	}
	return file.String() + " " + value + "\n"
}

// leaves are the fields of the settings by their keys.
func leaves(settings config.Settings) map[string]any {
	found := map[string]any{}
	var visit func(prefix string, v reflect.Value)
	visit = func(prefix string, v reflect.Value) {
		for i := range v.NumField() {
			name := prefix + v.Type().Field(i).Tag.Get("mapstructure")
			field := v.Field(i)
			if _, isSecret := field.Interface().(config.Secret); field.Kind() == reflect.Struct && !isSecret {
				visit(name+".", field)
			} else {
				found[name] = field.Interface()
			}
		}
	}
	visit("", reflect.ValueOf(settings))
	return found
}

// inPlace takes the random directory of a test out of an error.
func inPlace(err error) string {
	if err == nil {
		return "no error"
	}
	text := err.Error()
	for {
		end := strings.Index(text, "/desk.yaml")
		start := strings.LastIndex(text[:max(end, 0)], " ")
		if end < 0 || start < 0 || end == start+1 {
			return text
		}
		text = text[:start+1] + text[end+1:]
	}
}
