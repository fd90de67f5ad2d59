package picture_test

import (
	"os"
	"sync"
	"testing"

	"passdesk/internal/browsertest"
	"passdesk/internal/guide"
	"passdesk/internal/picture"
	"passdesk/knowledge"
)

var chromium = browsertest.New(os.Getenv)

func TestMain(m *testing.M) {
	code := m.Run()
	chromium.Stop()
	os.Exit(code)
}

var load = sync.OnceValues(func() (*guide.Guide, error) { return guide.Load(knowledge.Files) })

// pictures are the shipped ones.
func pictures(t testing.TB) []*guide.Picture {
	t.Helper()
	g, err := load()
	if err != nil {
		t.Fatal(err)
	}
	if len(g.Pictures()) == 0 {
		t.Fatal("there are no pictures")
	}
	return g.Pictures()
}

func draw(t testing.TB, p *guide.Picture, language guide.Language, prefix string) string {
	t.Helper()
	svg, err := picture.SVG(p, language, prefix)
	if err != nil {
		t.Fatal(err)
	}
	return svg
}
