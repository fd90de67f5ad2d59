package guide_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/guide"
)

const soundPictures = `box:
  kind: app-login
  title: {ja: "小さな画面", en: "Small window"}
  description: {ja: "小さな画面です。", en: "A small window."}
  strings:
    title: {ja: "アプリ", en: "App"}
    username: {ja: "名前", en: "Name"}
    password: {ja: "言葉", en: "Word"}
    log-in: {ja: "入る", en: "Enter"}
  shows: {topic: web}
  steps:
    - {answer: web-free, step: 1}
`

func TestPicturesLoad(t *testing.T) {
	fsys := sound()
	fsys["pictures.yaml"] = &fstest.MapFile{Data: []byte(soundPictures)}
	g, err := guide.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	box := g.Picture("box")
	if box == nil || len(g.Pictures()) != 1 {
		t.Fatalf("pictures = %v", g.Pictures())
	}
	want := &guide.Picture{
		ID: "box", Kind: "app-login", Title: guide.Text{Japanese: "小さな画面", English: "Small window"},
		Description: guide.Text{Japanese: "小さな画面です。", English: "A small window."},
		Strings: map[string]guide.Text{
			"title": {Japanese: "アプリ", English: "App"}, "username": {Japanese: "名前", English: "Name"},
			"password": {Japanese: "言葉", English: "Word"}, "log-in": {Japanese: "入る", English: "Enter"},
		},
		Shows: guide.Fact{Slot: "topic", Value: "web"}, Steps: []guide.PictureStep{{Answer: "web-free", Step: 1}},
	}
	if diff := cmp.Diff(want, box); diff != "" {
		t.Errorf("picture (-want +got):\n%s", diff)
	}
	for what, found := range map[string]bool{
		"of its value":      g.PictureOf(guide.Fact{Slot: "topic", Value: "web"}) == box,
		"of another value":  g.PictureOf(guide.Fact{Slot: "topic", Value: "mail"}) == nil,
		"of no value":       g.PictureOf(guide.Fact{}) == nil,
		"at its step":       g.PictureAt("web-free", 1) == box,
		"at another step":   g.PictureAt("web-free", 2) == nil,
		"at another answer": g.PictureAt("web-paid", 1) == nil,
	} {
		if !found {
			t.Errorf("the picture %s is not what was found", what)
		}
	}
}

// pictureMistakes are faults in pictures.yaml.
func pictureMistakes() []mistake {
	change := func(name, old, text string) mistake {
		return one("picture "+name, "pictures.yaml", "", strings.Replace(soundPictures, old, text, 1))
	}
	second := strings.Replace(soundPictures, "box:", "pane:", 1)
	return []mistake{
		change("without a title", `  title: {ja: "小さな画面", en: "Small window"}`+"\n", ""),
		change("in one language", `, en: "Small window"`, ""),
		change("of an unknown kind", "kind: app-login", "kind: app-logon"),
		change("with a word missing", `    log-in: {ja: "入る", en: "Enter"}`+"\n", ""),
		change("with a word too many", "  shows:", `    log-out: {ja: "出る", en: "Leave"}`+"\n  shows:"),
		change("of an unknown value", "{topic: web}", "{topic: wep}"),
		change("of an unknown answer", "web-free", "web-fee"),
		change("at a step that is not there", "step: 1", "step: 9"),
		change("at a step that is no number", "step: 1", "step: one"),
		change("at a step without an answer", "answer: web-free, ", ""),
		change("that says what is forbidden", "A small window.", "Tell us the password."),
		one("picture of a value that has one", "pictures.yaml", "", soundPictures+strings.Replace(second, "  steps:\n    - {answer: web-free, step: 1}\n", "", 1)),
		one("picture at a step that has one", "pictures.yaml", "", soundPictures+strings.Replace(second, "{topic: web}", "{topic: mail}", 1)),
	}
}
