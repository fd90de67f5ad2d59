package config_test

import (
	"errors"
	"strings"
	"testing"

	"passdesk/internal/config"
)

// FuzzFile promises that no settings file makes loading panic, and that each either loads or is
// refused in one line that names it.
func FuzzFile(f *testing.F) {
	for _, seed := range []string{
		"", "listen: :80\n", "http: {body-limit: 2000}\n", "http:\n  trusted-proxies: [10.0.0.0/8]\n", "database: {url: 'postgres://a:b@c/d'}\n",
		"handover: {target: mail, mail: {host: h, from: a@b.c, to: [a@b.c]}}\n", "handover: {webhook: {secret: 0123456789abcdef, url: 'https://a/b?c'}}\n",
		"listn: x\n", "listen: *a\n", "a: &b [*b]\n", "[a]: b\n", "? a\n: b\n", "listen: !!int 3\n", "<<: {listen: x}\n", "data: |\n  a\n", "---\n---\n", "\xff", "listen: 1\nlisten: 2\n", "log: {level: ~}\n", "http.body-limit: 3\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) == 0 {
			data = []byte("#")
		}
		_, err := config.Load(sources(t, string(data), nil, nil))
		if err == nil {
			return
		}
		var fault *config.Error
		if !errors.As(err, &fault) {
			t.Fatalf("not a fault in the settings: %v", err)
		}
		if text := err.Error(); strings.ContainsAny(text, "\n\r") || fault.Fault == "" {
			t.Errorf("not one line: %q", text)
		}
		inSecret := strings.HasSuffix(fault.Key, "url") || strings.HasSuffix(fault.Key, "secret") // in a file that the settings file names
		if source := fault.Source; source.Kind != config.SourceFile || !strings.HasSuffix(source.Name, "desk.yaml") && !inSecret {
			t.Errorf("does not name the file: %v", err)
		}
	})
}
