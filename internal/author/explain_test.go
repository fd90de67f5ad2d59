package author_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"passdesk/internal/author"
	"passdesk/internal/guide"
)

// TestExplain shows a conversation that has every kind of line an explanation can have.
func TestExplain(t *testing.T) {
	var out strings.Builder
	messages := []string{"prompt=unsure", "window=app-login lang:ja", "request=overview", "", "coupon=known", "#thanks"}
	if err := author.Explain(content(), read, nil, guide.English, messages, &out); err != nil {
		t.Fatal(err)
	}
	golden(t, "explain", out.String())
}

func TestExplainWithoutLanguage(t *testing.T) {
	var out strings.Builder
	if err := author.Explain(content(), read, nil, "", []string{"hm"}, &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"language  cannot be told\n", "heard     nothing that is certain enough\n", "step      ask prompt\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("explanation lacks %q:\n%s", want, out.String())
		}
	}
}

func TestExplainToNobody(t *testing.T) {
	broken := errors.New("broken")
	r, w := io.Pipe()
	r.CloseWithError(broken)
	if err := author.Explain(content(), read, nil, "", []string{"hm"}, w); !errors.Is(err, broken) {
		t.Errorf("Explain: %v, want %v", err, broken)
	}
}
