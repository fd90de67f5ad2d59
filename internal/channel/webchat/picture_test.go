package webchat_test

import (
	"html/template"
	"net/http/httptest"
	"os"
	"testing"

	"passdesk/internal/browsertest"
	"passdesk/internal/channel/webchat"
)

// TestPictureCards (U34): a card's name is its short title, its description what the picture shows.
func TestPictureCards(t *testing.T) {
	s := open(t, nil)
	o := s.Options
	o.Picture = func(id, language, prefix string) (template.HTML, string, string, string, bool) {
		svg := `<svg role="img" aria-labelledby="` + prefix + `title" viewBox="0 0 320 180"><title id="` + prefix + `title">` + id + `</title><rect x="8" y="8" width="304" height="164" rx="12" fill="none" stroke="currentColor"/></svg>`
		return template.HTML(svg), "A window", "Two fields, one above the other", "Details may differ", true
	}
	handler, err := webchat.WithPictures(o, "app-login")
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	for _, look := range []browsertest.Options{{Width: 800}, {Width: 320, Dark: true}, {ForcedColors: true}} {
		p := chromium.Page(t, server.URL+"/", look)
		names := map[string]string{}
		for _, e := range p.Tree() {
			if e.Role == "button" {
				names[e.Name] = e.Description
			}
		}
		want := "When signing in to the VPN app (username and password) Two fields, one above the other"
		if got, ok := names["VPN sign-in"]; !ok || got != want {
			t.Errorf("buttons %q", names)
		}
		if broken := p.Axe(); len(broken) > 0 {
			t.Errorf("axe: %q", broken)
		}
		targets(t, "cards", p)
		if faults := p.Faults(); len(faults) > 0 {
			t.Errorf("faults %q", faults)
		}
		if dir := os.Getenv("WCSHOTS"); dir != "" {
			p.Screenshot(dir + "/cards.png")
		}
	}
}
