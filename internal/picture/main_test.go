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
	svg, err := artist(t).SVG(p, language, prefix)
	if err != nil {
		t.Fatal(err)
	}
	return svg
}

func artist(t testing.TB) *picture.Artist {
	t.Helper()
	a, err := picture.New()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func BenchmarkSVG(b *testing.B) {
	a, p := artist(b), pictures(b)[0]
	b.ReportAllocs()
	for b.Loop() {
		if _, err := a.SVG(p, guide.Japanese, "a-"); err != nil {
			b.Fatal(err)
		}
	}
}
