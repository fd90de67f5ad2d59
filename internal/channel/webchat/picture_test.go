package webchat_test

import (
	"slices"
	"testing"

	"passdesk/internal/browsertest"
	"passdesk/internal/guide"
)

// TestPictureCards (U34): whoever does not know what asks for the password chooses between drawings. A
// card's name is its short title alone; what the picture shows describes it.
func TestPictureCards(t *testing.T) {
	s, g := open(t, nil), content().Guide
	for _, look := range []browsertest.Options{{Width: 800, Language: "ja"}, {Width: 320, Dark: true}, {ForcedColors: true, Language: "ja"}, {NoScript: true}} {
		language := guide.English
		if look.Language == "ja" {
			language = guide.Japanese
		}
		p := visit(t, s, "/", []string{"prompt:unsure"}, look)
		described := map[string]string{}
		for _, e := range p.Tree() {
			if e.Role == "button" {
				described[e.Name] = e.Description
			}
		}
		choices := slices.DeleteFunc(g.Pictures(), func(p *guide.Picture) bool { return p.Shows == guide.Fact{} })
		for _, picture := range choices {
			value := g.Question(picture.Shows.Slot).Values[picture.Shows.Value]
			want := value.Label.In(language) + " " + picture.Description.In(language)
			if got := described[value.Short.In(language)]; got != want {
				t.Errorf("%s: described as %q, want %q", picture.ID, got, want)
			}
		}
		var drawn []int
		p.Eval(`[...document.querySelectorAll(".card svg.picture")].map(e => Math.round(e.getBoundingClientRect().width))`, &drawn)
		if len(drawn) != len(choices) {
			t.Errorf("%d drawings for %d choices", len(drawn), len(choices))
		}
		for _, width := range drawn {
			if width < 200 {
				t.Errorf("a drawing is %d wide", width)
			}
		}
		clean(t, s, p)
	}
}

// TestPictureOfStep: an answer shows the window at the step that speaks of it, in the chat and on the
// page of its own.
func TestPictureOfStep(t *testing.T) {
	s := open(t, nil)
	for _, language := range guide.Languages() {
		c := s.customer(string(language)).get("/").send("choose", "prompt:vpn").send("choose", "vpn-generation:current").send("choose", "vpn-need:signin")
		title := content().Guide.Picture("app-login").Title.In(language)
		wants(t, "the chat", c.page, `<svg class="picture"`, title, "<figcaption>≈</figcaption>")
		c.get("/help/" + string(language) + "/vpn-signin")
		wants(t, "the help page", c.page, `<svg class="picture"`, title)
		c.get("/help/" + string(language) + "/portal-not-needed")
		wantsNot(t, "another page", c.page, `<svg class="picture"`)
	}
}
