package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"passdesk/internal/guide"
	"passdesk/knowledge"
)

// TestTooMuchForSlack: content that Slack would refuse is no sound content.
func TestTooMuchForSlack(t *testing.T) {
	g, err := guide.Load(knowledge.Files)
	if err != nil {
		t.Fatal(err)
	}
	if problems := tooMuchForSlack(g); len(problems) > 0 {
		t.Errorf("the content that is shipped: %v", problems)
	}
	directory := t.TempDir()
	if err := os.CopyFS(filepath.Join(directory, "knowledge"), knowledge.Files); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(directory, "knowledge", "answers", "mac.yaml")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	from := strings.Index(string(text), "steps:\n") + len("steps:\n")
	var steps strings.Builder
	for n := range 120 {
		fmt.Fprintf(&steps, "    - ja: \"%d番目の手順です。%s\"\n      en: \"Step %d. %s\"\n", n, strings.Repeat("長い説明です。", 20), n, strings.Repeat("A long text. ", 20))
	}
	long := string(text[:from]) + steps.String() + string(text[from:])
	if err := os.WriteFile(file, []byte(long), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if code := run(context.Background(), []string{"check", "--quick", "--content", directory}, strings.NewReader(""), &out, &out); code == exitFine || !strings.Contains(out.String(), "Slack refuses it") {
		t.Errorf("exit code %d: %.2000s", code, out.String())
	}
}

// TestPicturesAreServed: Slack gets the drawings of the content, and nothing else that is a file.
func TestPicturesAreServed(t *testing.T) {
	at, _ := site(t)
	for path, want := range map[string]int{
		"/pictures/mac-box-install.ja.png": 200, "/pictures/mac-box-install.en.png": 200, "/pictures/mac-box-install.de.png": 404, "/pictures/none.ja.png": 404,
		"/pictures/sums.txt": 404, "/pictures/..%2Ftree.yaml": 404, "/pictures/": 404, "/pictures/mac-box-install.ja": 404,
	} {
		answer, err := http.Get(at + path)
		if err != nil {
			t.Fatal(err)
		}
		if _ = answer.Body.Close(); answer.StatusCode != want || want == 200 && answer.Header.Get("Content-Type") != "image/png" {
			t.Errorf("%s: %s, %s", path, answer.Status, answer.Header.Get("Content-Type"))
		}
	}
}
