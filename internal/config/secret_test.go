package config_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"passdesk/internal/config"
)

// canary is the secret that must not be found anywhere.
const canary = "Canary-8f3a-tells"

func TestSecretNeverPrints(t *testing.T) {
	secret := config.NewSecret(canary)
	type exported struct{ Secret config.Secret }
	type unexported struct{ secret config.Secret } // fmt calls no method in there
	values := []any{secret, &secret, []config.Secret{secret}, map[string]config.Secret{"a": secret}, exported{secret}, &exported{secret}, unexported{secret}, &unexported{secret}}
	for _, value := range values {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%5.2v", "% x", "%t"} {
			printed := fmt.Sprintf(verb, value)
			if strings.Contains(printed, "Canary") || strings.Contains(strings.ToLower(printed), fmt.Sprintf("%x", canary)) {
				t.Errorf("%s of %T prints %s", verb, value, printed)
			}
		}
		text, err := json.Marshal(value)
		if err != nil || strings.Contains(string(text), "Canary") {
			t.Errorf("JSON of %T: %s, %v", value, text, err)
		}
		var log bytes.Buffer
		for _, handler := range []slog.Handler{slog.NewTextHandler(&log, nil), slog.NewJSONHandler(&log, nil)} {
			slog.New(handler).Info("started", "value", value)
		}
		if strings.Contains(log.String(), "Canary") {
			t.Errorf("log of %T: %s", value, log.String())
		}
	}
	if got := fmt.Sprintf("%v %q %s", secret, secret, error(&config.Error{Fault: secret.String()})); got != "••• ••• read settings: •••" {
		t.Errorf("a secret prints as %s", got)
	}
}

func TestSecret(t *testing.T) {
	secret, empty := config.NewSecret(canary), config.NewSecret("")
	if secret.Reveal() != canary || secret.IsZero() || empty.Reveal() != "" || !empty.IsZero() || empty != (config.Secret{}) {
		t.Error("a secret holds what it is given")
	}
	if !secret.Equal(config.NewSecret(canary)) || secret.Equal(empty) || fmt.Sprint(empty) != "" {
		t.Error("secrets are equal if their values are")
	}
	if text, err := json.Marshal(empty); err != nil || string(text) != `""` {
		t.Errorf("JSON of nothing: %s, %v", text, err)
	}
}

// TestNoSecretInErrors makes mistakes around a secret, as they are made: wrong place, wrong
// quoting, half a key, and looks for it in errors, explanations and the printed settings.
func TestNoSecretInErrors(t *testing.T) {
	url := "postgres://desk:" + canary + "@db.example.com/desk"
	name := filepath.Join(t.TempDir(), "desk.yaml")
	var files []string
	for _, key := range []string{"password", "secret", "url", "password-file", "secret-file", "url-file", "pasword", "password:", "password: ", "password: &", "password: *", "password: !", "password: {", "password: {a: ", "password: [", "password: '", "password: \"\\", "password: |\n", "- ", "? ", "password: {} ", "password: |x ", "username: u, password"} {
		for _, value := range []string{canary, url, canary + ": x", "\n    " + canary, "\n    " + canary + ": x", "{" + canary + "}", "{" + canary + ": {x: y}}", "*" + canary, "&" + canary + " x", "!" + canary, "[" + canary + ", *x]", "'" + canary, canary + "'", "\"" + canary + "\\q\"", "'" + canary + "\xff'", "'" + canary + "\x00'"} {
			for _, between := range []string{": ", ":", "", " : "} {
				line := key + between + value + "\n"
				files = append(files, "database:\n  "+line, "handover:\n  mail:\n    "+line, "handover:\n  webhook:\n    "+line, "handover: {target: webhook, webhook: {"+key+between+value+"}}\n", line)
			}
		}
	}
	for _, file := range files {
		silent(t, name, file, nil)
	}
	for _, key := range config.Keys() {
		if strings.HasSuffix(key.Name, "from") || strings.HasSuffix(key.Name, "to") {
			continue // mail addresses, see below
		}
		silent(t, name, "#", map[string]string{key.Environment(): url})
		if key.Secret || key.FileOf != "" {
			silent(t, name, "#", map[string]string{key.Environment(): canary})
			silent(t, name, "#", map[string]string{key.Environment(): canary, key.Environment() + "_FILE": "/no/such"})
		}
	}
	for _, password := range []string{canary + "/x", "1/" + canary, "1?" + canary, "1#" + canary, "%zz" + canary, canary + " x", "@" + canary, "[" + canary, canary + "\n"} {
		for _, rest := range []string{"@db.example.com/desk", "@db.example.com:port/desk", "@[db/desk", "@"} {
			silent(t, name, "#", map[string]string{"PASSDESK_DATABASE_URL": "postgres://desk:" + password + rest})
			silent(t, name, "#", map[string]string{"PASSDESK_HANDOVER_WEBHOOK_URL": "https://desk:" + password + rest})
		}
	}
	silent(t, name, "#", map[string]string{"PASSDESK_DATABASE_URL": "postgres://db.example.com/desk?password=" + canary})
	silent(t, name, "#", map[string]string{"PASSDESK_DATABASE_URL": "host=db password=" + canary})
	silent(t, name, "#", map[string]string{"PASSDESK_HANDOVER_WEBHOOK_URL": "http://example.com/?token=" + canary})
}

// silent loads settings and looks for the canary in all that comes out.
func silent(t *testing.T, name, file string, environment map[string]string) {
	t.Helper()
	writeFile(t, name, file)
	given := from(name, environment, nil)
	settings, err := config.Load(given)
	effective, again := config.Explain(given)
	url := settings.Handover.Webhook.URL // may hold a token, but is asked for as it is
	settings.Handover.Webhook.URL = ""
	out := fmt.Sprintf("%v\n%v\n%+v\n%#v\n%+v", err, again, settings, settings, effective)
	text, marshalled := json.Marshal([]any{settings, effective})
	if strings.Contains(out+string(text), "Canary") || marshalled != nil {
		t.Errorf("file %q, environment %q, webhook %q: %v", file, environment, url, err)
	}
	if err != nil && strings.Contains(err.Error(), "\n") {
		t.Errorf("file %q, environment %q: more than one line: %q", file, environment, err)
	}
}

func TestSecretFiles(t *testing.T) {
	directory := t.TempDir()
	path := func(name string) string { return filepath.Join(directory, name) }
	for name, content := range map[string]string{
		"plain": canary, "newline": canary + "\n", "windows": canary + "\r\n", "newlines": canary + "\n\n", "blanks": " " + canary + " ",
		"empty": "\n", "bytes": "\xff", "large": strings.Repeat("x", 65<<10), "short": "short",
	} {
		writeFile(t, path(name), content)
	}
	tests := []struct{ file, want, fault string }{
		{"plain", canary, ""},
		{"newline", canary, ""},
		{"windows", canary, ""},
		{"newlines", canary + "\n", ""},
		{"blanks", " " + canary + " ", ""},
		{"empty", "", "environment PASSDESK_HANDOVER_WEBHOOK_SECRET_FILE: handover.webhook.secret-file: the file is empty"},
		{"bytes", "", "environment PASSDESK_HANDOVER_WEBHOOK_SECRET_FILE: handover.webhook.secret-file: the file is not valid UTF-8"},
		{"large", "", "environment PASSDESK_HANDOVER_WEBHOOK_SECRET_FILE: handover.webhook.secret-file: the file is larger than 64 KiB"},
		{"short", "", "file " + path("short") + ": handover.webhook.secret: has fewer than 16 bytes"},
		{"missing", "", "environment PASSDESK_HANDOVER_WEBHOOK_SECRET_FILE: handover.webhook.secret-file: there is no such file"},
		{".", "", "environment PASSDESK_HANDOVER_WEBHOOK_SECRET_FILE: handover.webhook.secret-file: read: is a directory"},
	}
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			given := sources(t, "", map[string]string{"PASSDESK_HANDOVER_WEBHOOK_SECRET_FILE": path(test.file)}, nil)
			settings, err := config.Load(given)
			fault := ""
			if err != nil {
				fault = strings.TrimPrefix(err.Error(), "read settings: ")
			}
			if got := settings.Handover.Webhook.Secret.Reveal(); got != test.want || fault != test.fault {
				t.Errorf("secret %q, error %s\nwant %q, %s", got, fault, test.want, test.fault)
			}
			if err == nil {
				e := explained(t, given, "handover.webhook.secret")
				if e.Value != "•••" || e.String() != "file "+path(test.file) {
					t.Errorf("explained as %v", e)
				}
			}
		})
	}
	_, err := config.Load(sources(t, "handover: {webhook: {secret: "+canary+"}}\n", map[string]string{"PASSDESK_HANDOVER_WEBHOOK_SECRET_FILE": path("plain")}, nil))
	want := "read settings: environment PASSDESK_HANDOVER_WEBHOOK_SECRET_FILE: handover.webhook.secret-file: handover.webhook.secret is given as well ("
	if err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("both given: %v", err)
	}
}

func TestMaskedURLs(t *testing.T) {
	for url, want := range map[string]string{
		"postgres://desk:pw@db.example.com:5432/desk?sslmode=require": "postgres://desk:•••@db.example.com:5432/desk?•••",
		"postgres://desk@db/desk":                                     "postgres://desk@db/desk",
		"postgresql:///desk":                                          "postgresql:///desk",
	} {
		given := sources(t, "", map[string]string{"PASSDESK_DATABASE_URL": url}, nil)
		if got := explained(t, given, "database.url").Value; got != want {
			t.Errorf("%s is shown as %s, want %s", url, got, want)
		}
	}
}
