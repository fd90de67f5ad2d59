package picture_test

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/guide"
	"passdesk/internal/picture"
)

const directory = "../../knowledge/pictures"

// TestFilesAreUpToDate: the PNG files were drawn from what the drawings are today.
func TestFilesAreUpToDate(t *testing.T) {
	want, err := artist(t).Sums(pictures(t))
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(directory, "sums.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("the drawings have changed; `go run ./cmd/pictures` in the root draws the files anew (-drawings +sums.txt):\n%s", diff)
	}
	files, err := filepath.Glob(filepath.Join(directory, "*.png"))
	if err != nil || len(files) != len(pictures(t))*len(guide.Languages()) {
		t.Errorf("there are %d PNG files (%v), want one for each picture and language", len(files), err)
	}
	for _, p := range pictures(t) {
		for _, language := range guide.Languages() {
			checkFile(t, filepath.Join(directory, picture.FileName(p, language)))
		}
	}
}

// checkFile: a file is a PNG of twice the drawing's size, and small enough to be sent.
func checkFile(t *testing.T, name string) {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Error(err)
		return
	}
	defer file.Close() //nolint:errcheck // opened for reading only
	image, err := png.DecodeConfig(file)
	if err != nil || image.Width != 640 || image.Height < 400 {
		t.Errorf("%s: %d by %d (%v), want 640 wide", name, image.Width, image.Height, err)
	}
	if info, err := file.Stat(); err != nil || info.Size() >= 60_000 {
		t.Errorf("%s: %v, want less than 60,000 bytes", name, err)
	}
}
