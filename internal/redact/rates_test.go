package redact_test

import (
	"os"
	"strings"
	"testing"

	"passdesk/internal/redact"
)

// row is one line of a .tsv file in testdata.
type row struct {
	text   string
	pieces []string // that must go; none if the text must stay as it is
}

func rows(t *testing.T, file string) []row {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []row
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		columns := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(columns) != 3 {
			t.Fatalf("%s: %q has %d columns, want 3", file, line, len(columns))
		}
		r := row{text: strings.NewReplacer(`\n`, "\n", `\t`, "\t").Replace(columns[0])}
		if columns[1] != "" {
			r.pieces = strings.Split(columns[1], " ||| ")
		}
		all = append(all, r)
	}
	return all
}

// survives reports whether four characters in a row of a piece are still there; all of it if it
// has fewer.
func survives(cleaned, piece string) bool {
	runes := []rune(piece)
	size := min(4, len(runes))
	for i := 0; i+size <= len(runes); i++ {
		if strings.Contains(cleaned, string(runes[i:i+size])) {
			return true
		}
	}
	return false
}

// right reports whether a row came out as it should.
func right(r row, cleaned redact.Cleaned) bool {
	for _, piece := range r.pieces {
		if survives(cleaned.Text.String(), piece) {
			return false
		}
	}
	return len(r.pieces) > 0 || cleaned.Text.String() == r.text
}

func TestRates(t *testing.T) {
	for _, tt := range []struct {
		file              string
		secrets, harmless float64
	}{
		{"dev.en.tsv", 99, 99},
		{"dev.ja.tsv", 99, 99},
		{"dev2.en.tsv", 97, 97},
		{"dev2.ja.tsv", 97, 97},
		{"heldout.tsv", 98, 98},
		{"heldout2.tsv", 97, 98},
		{"heldout3.tsv", 98, 98},
	} {
		t.Run(tt.file, func(t *testing.T) {
			var all, good [2]int
			for _, r := range rows(t, "testdata/"+tt.file) {
				kind := min(len(r.pieces), 1)
				all[kind]++
				if cleaned := cleaner(t).Clean(r.text, ""); right(r, cleaned) {
					good[kind]++
				} else {
					t.Logf("%q → %q, want %q masked", r.text, cleaned.Text, r.pieces)
				}
			}
			for kind, want := range []float64{tt.harmless, tt.secrets} {
				rate := 100 * float64(good[kind]) / float64(max(1, all[kind]))
				t.Logf("%s: %d of %d = %.1f %%", []string{"harmless", "secrets"}[kind], good[kind], all[kind], rate)
				if rate < want {
					t.Errorf("%s: %.1f %%, want %.0f %%", []string{"harmless", "secrets"}[kind], rate, want)
				}
			}
		})
	}
}
