package author_test

import (
	"testing"
	"testing/fstest"

	"passdesk/internal/author"
)

// TestVersion: any change of any file that counts is another version; what was learnt from the
// files is not counted.
func TestVersion(t *testing.T) {
	of := func(knowledge, intents fstest.MapFS) string {
		t.Helper()
		v, err := author.Content{Knowledge: knowledge, Intents: intents}.Version()
		if err != nil || len(v) != 12 {
			t.Fatalf("version %q, %v", v, err)
		}
		return v
	}
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	base := of(fstest.MapFS{"tree.yaml": file("a")}, fstest.MapFS{"vpn.ja.yaml": file("b")})
	for name, other := range map[string]string{
		"another text":    of(fstest.MapFS{"tree.yaml": file("c")}, fstest.MapFS{"vpn.ja.yaml": file("b")}),
		"another example": of(fstest.MapFS{"tree.yaml": file("a")}, fstest.MapFS{"vpn.ja.yaml": file("c")}),
		"another name":    of(fstest.MapFS{"tree.yaml": file("a")}, fstest.MapFS{"vpn.en.yaml": file("b")}),
		"another word":    of(fstest.MapFS{"tree.yaml": file("a")}, fstest.MapFS{"vpn.ja.yaml": file("b"), "vocabulary.txt": file("x")}),
		"a moved text":    of(fstest.MapFS{"tree.yaml": file("a"), "sub/x.yaml": file("")}, fstest.MapFS{"vpn.ja.yaml": file("b")}),
	} {
		if other == base {
			t.Errorf("%s has the same version", name)
		}
	}
	if same := of(fstest.MapFS{"tree.yaml": file("a")}, fstest.MapFS{"vpn.ja.yaml": file("b"), "reader.model": file("x")}); same != base {
		t.Error("the saved reader changes the version")
	}
}
