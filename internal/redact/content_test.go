package redact_test

import (
	"os"
	"path/filepath"
	"testing"
)

// TestOwnTextsStay: nothing that the desk says is masked.
func TestOwnTextsStay(t *testing.T) {
	own, err := knowledgeTexts()
	if err != nil {
		t.Fatal(err)
	}
	if len(own) < 500 {
		t.Fatalf("found %d texts only", len(own))
	}
	for _, text := range own {
		if got := cleaner(t).Clean(text, "").Text.String(); got != text {
			t.Errorf("Clean(%q) = %q, want it unchanged", text, got)
		}
	}
}

// TestExamplesStay: what customers write without a secret in it is kept as it is.
func TestExamplesStay(t *testing.T) {
	for _, language := range []string{"ja", "en"} {
		t.Run(language, func(t *testing.T) {
			step := 1
			if testing.Short() {
				step = 5
			}
			files, err := filepath.Glob("../../intents/*." + language + ".yaml")
			if err != nil || len(files) == 0 {
				t.Fatalf("found %d files: %v", len(files), err)
			}
			all, changed := 0, 0
			for _, file := range files {
				data, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				texts := scalars(data)
				for i := 0; i < len(texts); i += step {
					all++
					if got := cleaner(t).Clean(texts[i], "").Text.String(); got != texts[i] {
						changed++
						t.Logf("%s → %q", texts[i], got)
					}
				}
			}
			rate := 100 * float64(all-changed) / float64(all)
			t.Logf("%.2f %% of %d texts unchanged", rate, all)
			if rate < 99.7 {
				t.Errorf("%.2f %% of %d texts unchanged, want 99.7 %%", rate, all)
			}
		})
	}
}
