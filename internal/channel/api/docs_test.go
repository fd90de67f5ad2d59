package api_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/httpd/problem"
)

// TestDocs: docs/api.md lists every problem with its status, and its examples are taken as they are.
func TestDocs(t *testing.T) {
	page, err := os.ReadFile("../../../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	var want, got []string
	for _, code := range problem.Codes() {
		want = append(want, fmt.Sprintf("%d %s", problem.Of(code).Status, code))
	}
	for _, row := range regexp.MustCompile("(?m)^\\| (\\d{3}) \\| `([a-z-]+)` \\|").FindAllStringSubmatch(string(page), -1) {
		got = append(got, row[1]+" "+row[2])
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("problems (-program +docs):\n%s", diff)
	}

	s := open(t, nil)
	b := s.begin()
	examples := regexp.MustCompile(`curl -s "?http://127\.0\.0\.1:8080([^\s"]+)"? \\\n((?:  -.*\n?)+)`).FindAllStringSubmatch(string(page), -1)
	if len(examples) != 4 {
		t.Fatalf("%d examples", len(examples))
	}
	for _, example := range examples {
		fill := strings.NewReplacer("$CONVERSATION", b.Conversation, "$TOKEN", b.Token, `"fact":"vpn-generation","value":"legacy"`, `"fact":"prompt","value":"vpn"`)
		var headers []string
		for _, header := range regexp.MustCompile(`-H ['"]([^:]+): ([^'"]+)['"]`).FindAllStringSubmatch(example[2], -1) {
			headers = append(headers, header[1], fill.Replace(header[2]))
		}
		method, body := "GET", ""
		if data := regexp.MustCompile(`-d '([^']+)'`).FindStringSubmatch(example[2]); data != nil {
			method, body = "POST", fill.Replace(data[1])
		}
		if a := s.send(method, fill.Replace(example[1]), body, headers...); a.StatusCode >= 300 {
			t.Errorf("%s: %d %s", example[0], a.StatusCode, a.body)
		}
	}
}
