package understand_test

import (
	"bytes"
	"io/fs"
	"runtime"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"passdesk/intents"
	"passdesk/internal/dialogue"
	"passdesk/internal/understand"
)

// TestSavedReaderIsCurrent: what is saved beside the examples is what they teach today.
func TestSavedReaderIsCurrent(t *testing.T) {
	if testing.Short() {
		t.Skip("trains the whole corpus")
	}
	if runtime.GOARCH != "amd64" {
		t.Skip("the file was written on amd64, and other processors round differently")
	}
	g, _ := reader(t)
	content, err := understand.Load(intents.Files, g)
	if err != nil {
		t.Fatal(err)
	}
	want, err := understand.Train(g, content, content.Examples).Saved(intents.Files)
	if err != nil {
		t.Fatal(err)
	}
	got, err := fs.ReadFile(intents.Files, understand.SavedFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("intents/reader.model is not what the examples teach; run go generate ./intents")
	}
}

func flipped(data []byte) []byte {
	data = bytes.Clone(data)
	data[len(data)-5] ^= 4
	return data
}

// TestBrokenSavedReader: a saved reader that is damaged, or of other content, is passed over.
func TestBrokenSavedReader(t *testing.T) {
	g, _ := reader(t)
	small := fstest.MapFS{"few.en.yaml": {Data: []byte("language: en\nexamples:\n" +
		"  - facts: {prompt: vpn}\n    says: [\"the vpn login\", \"vpn asks\", \"vpn wants a name\"]\n" +
		"  - act: thanks\n    says: [\"thanks\", \"thank you\", \"many thanks\"]\n")}}
	fresh, err := understand.New(g, small)
	if err != nil {
		t.Fatal(err)
	}
	saved, err := fresh.Saved(small)
	if err != nil {
		t.Fatal(err)
	}
	want := fresh.Read("the vpn wants something", dialogue.Expectation{})
	for name, data := range map[string][]byte{
		"whole": saved, "empty": nil, "cut": saved[:len(saved)/2], "cut in the key": saved[:20], "other": bytes.Repeat([]byte("x"), 1000),
		"a bit": flipped(saved), "longer counts": append(append(bytes.Clone(saved[:60]), 255, 255, 255, 255), saved[64:]...),
	} {
		small[understand.SavedFile] = &fstest.MapFile{Data: data}
		r, err := understand.New(g, small)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(want, r.Read("the vpn wants something", dialogue.Expectation{})); diff != "" {
			t.Errorf("%s: reads differently (-fresh +saved):\n%s", name, diff)
		}
	}
}
