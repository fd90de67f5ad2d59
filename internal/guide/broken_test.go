package guide_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"passdesk/internal/guide"
)

// edit is one change to the sound content: old becomes text in a file. An empty old replaces
// the whole file.
type edit struct{ file, old, text string }

// broken returns the sound content with these changes. Each old must stand in its file exactly
// once, so that a test cannot pass because its change did nothing.
func broken(t testing.TB, edits ...edit) fstest.MapFS {
	t.Helper()
	fsys := sound()
	for _, e := range edits {
		text := e.text
		if e.old != "" {
			before := string(fsys[e.file].Data)
			if n := strings.Count(before, e.old); n != 1 {
				t.Fatalf("%q stands %d times in %s, want once", e.old, n, e.file)
			}
			text = strings.Replace(before, e.old, e.text, 1)
		}
		fsys[e.file] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func TestSoundContentLoads(t *testing.T) {
	g, err := guide.Load(sound())
	if err != nil {
		t.Fatalf("Load: %v", err)
	}
	if got := strings.Join(g.Answers(), " "); got != "mail-broken mail-reset web-free web-paid" {
		t.Errorf("answers = %s", got)
	}
}

// withTree is the sound content with another tree over the same facts, and no more wording than
// that needs: every fact has all texts if the tree asks for it.
func withTree(tree string) fstest.MapFS {
	fsys := sound()
	fsys["tree.yaml"] = &fstest.MapFile{Data: []byte(tree)}
	fsys["questions.yaml"] = &fstest.MapFile{Data: []byte(questionsFor(tree, map[string][]string{
		"topic": {"mail", "web", "lost"}, "plan": {"free", "paid"}, "state": {"broken"}, "device": {"old"},
	}))}
	mail := strings.Replace(string(fsys["answers/mail.yaml"].Data), "  follow-ups: [{state: broken}]\n", "", 1)
	fsys["answers/mail.yaml"] = &fstest.MapFile{Data: []byte(mail)}
	return fsys
}

func questionsFor(tree string, values map[string][]string) string {
	var b strings.Builder
	for slot, names := range values {
		fmt.Fprintf(&b, "%s:\n  change: {ja: \"x\", en: \"x\"}\n", slot)
		if strings.Contains(tree, "ask: "+slot) {
			fmt.Fprintf(&b, "  ask: {ja: \"x\", en: \"x\"}\n  again: {ja: \"x\", en: \"x\"}\n  not-sure: %s\n", names[0])
		}
		b.WriteString("  values:\n")
		for _, name := range names {
			fmt.Fprintf(&b, "    %s: {label: {ja: \"x\", en: \"x\"}, short: {ja: \"x\", en: \"x\"}}\n", name)
		}
	}
	return b.String()
}
