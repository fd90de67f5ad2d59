package config_test

import (
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/config"
)

var update = flag.Bool("update", false, "write docs/configuration.md anew")

const page = "../../docs/configuration.md"

// TestReference: the page in docs is the one that `passdesk config reference` prints.
func TestReference(t *testing.T) {
	if *update {
		if err := os.WriteFile(page, []byte(config.Reference()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	written, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(written), config.Reference()); diff != "" {
		t.Errorf("go test ./internal/config -update writes the page anew (-written +now):\n%s", diff)
	}
}

// TestExampleInReference: who copies the example gets no fault.
func TestExampleInReference(t *testing.T) {
	example := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindStringSubmatch(config.Reference())[1]
	secret := t.TempDir() + "/url"
	writeFile(t, secret, "postgres://db/desk\n")
	example = strings.Replace(example, "/run/secrets/database-url", secret, 1)
	if _, err := config.Load(sources(t, example, nil, nil)); err != nil {
		t.Error(err)
	}
}

// TestDocs: every key is explained in whole sentences, and every secret can stand in a file.
func TestDocs(t *testing.T) {
	keys := config.Keys()
	for _, key := range keys {
		if !strings.HasSuffix(key.Doc, ".") || key.Kind.Name == "" || strings.Contains(key.Doc, "\n") {
			t.Errorf("%s is not explained: %q, %q", key.Name, key.Kind.Name, key.Doc)
		}
		inFile := 0
		for _, other := range keys {
			if other.FileOf == key.Name {
				inFile++
			}
		}
		if (inFile == 1) != key.Secret {
			t.Errorf("%s: secret is %v, but %d keys name a file for it", key.Name, key.Secret, inFile)
		}
	}
}
