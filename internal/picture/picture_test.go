package picture_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"passdesk/internal/guide"
)

// element is one of a drawing, with the text right inside it.
type element struct {
	name, text string
	attributes map[string]string
}

// elements reads a drawing as strictly as XML is read.
func elements(t testing.TB, svg string) []element {
	t.Helper()
	var all []element
	var open []int
	for d := xml.NewDecoder(strings.NewReader(svg)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatalf("not well-formed: %v\n%s", err, svg)
		}
		switch x := token.(type) {
		case xml.StartElement:
			e := element{name: x.Name.Local, attributes: map[string]string{}}
			for _, a := range x.Attr {
				e.attributes[a.Name.Local] = a.Value
			}
			open, all = append(open, len(all)), append(all, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				all[open[len(open)-1]].text += string(x)
			}
		case xml.Comment, xml.ProcInst, xml.Directive:
			t.Fatalf("there is a %T in the drawing:\n%s", x, svg)
		}
	}
}

// TestDrawing: each drawing has a name and a description of its own, all its words, and nothing that
// a strict content policy forbids.
func TestDrawing(t *testing.T) {
	for _, p := range pictures(t) {
		for _, language := range guide.Languages() {
			all := elements(t, draw(t, p, language, "a1-"))
			root := all[0]
			for name, want := range map[string]string{
				"class": "picture", "role": "img", "lang": string(language), "aria-labelledby": "a1-t", "aria-describedby": "a1-d",
			} {
				if got := root.attributes[name]; got != want {
					t.Errorf("%s %s: %s=%q, want %q", p.ID, language, name, got, want)
				}
			}
			if !strings.HasPrefix(root.attributes["viewBox"], "0 0 320 ") {
				t.Errorf("%s: viewBox %q is not 320 wide", p.ID, root.attributes["viewBox"])
			}
			said := map[string]int{}
			for _, e := range all {
				inspect(t, p, e)
				if e.name == "text" {
					said[e.text]++
				}
				if id := e.attributes["id"]; id == "a1-t" && e.text != p.Title.In(language) || id == "a1-d" && e.text != p.Description.In(language) {
					t.Errorf("%s %s: id %s is %q", p.ID, language, id, e.text)
				}
			}
			for id, word := range p.Strings {
				if said[word.In(language)] == 0 {
					t.Errorf("%s %s: word %q (%s) is not drawn", p.ID, language, word.In(language), id)
				}
			}
		}
	}
}

// inspect fails for what does not belong into a drawing.
func inspect(t *testing.T, p *guide.Picture, e element) {
	t.Helper()
	switch e.name {
	case "svg", "title", "desc", "rect", "path", "circle", "text":
	default:
		t.Errorf("%s has an element <%s>", p.ID, e.name)
	}
	for name, value := range e.attributes {
		if name == "style" || name == "href" || strings.HasPrefix(name, "on") || strings.Contains(value, "url(") {
			t.Errorf("%s: <%s> has %s=%q", p.ID, e.name, name, value)
		}
		if name == "id" && !strings.HasPrefix(value, "a1-") {
			t.Errorf("%s: id %q has no prefix", p.ID, value)
		}
	}
}

func TestUnknownKindIsRefused(t *testing.T) {
	for _, kind := range []string{"", "parts", "../mac-box"} {
		svg, err := artist(t).SVG(&guide.Picture{ID: "x", Kind: kind}, guide.English, "")
		if err == nil || svg != "" {
			t.Errorf("kind %q: %q, %v", kind, svg, err)
		}
	}
}

// TestEveryKindIsDrawn: a kind that content may name has a template, even without any words.
func TestEveryKindIsDrawn(t *testing.T) {
	for kind := range guide.PictureKinds() {
		elements(t, draw(t, &guide.Picture{ID: "x", Kind: kind}, guide.English, ""))
	}
}

// FuzzSVG: whatever the words, the drawing is well-formed and they stay words.
func FuzzSVG(f *testing.F) {
	for _, word := range []string{"", "Log In", "</title><script>alert(1)</script>", `" onload="x`, "a\x00b\x1b\ufffe\xff", "]]>", "{{.Title}}", "&lt;&#0;", "ログイン\u2028"} {
		f.Add(word, word, word)
	}
	kinds := guide.PictureKinds()
	f.Fuzz(func(t *testing.T, title, word, prefix string) {
		for kind, ids := range kinds {
			p := &guide.Picture{ID: "x", Kind: kind, Title: guide.Text{English: title}, Description: guide.Text{English: word}, Strings: map[string]guide.Text{}}
			for _, id := range ids {
				p.Strings[id] = guide.Text{English: word}
			}
			plain := elements(t, draw(t, &guide.Picture{ID: "x", Kind: kind}, guide.English, "a1-"))
			all := elements(t, draw(t, p, guide.English, prefix))
			if len(all) != len(plain) {
				t.Fatalf("%s: the words %q and %q make %d elements of %d", kind, title, word, len(all), len(plain))
			}
			for i, e := range all {
				if e.name != plain[i].name || len(e.attributes) != len(plain[i].attributes) {
					t.Fatalf("%s: the words %q and %q make <%s %v> of <%s %v>", kind, title, word, e.name, e.attributes, plain[i].name, plain[i].attributes)
				}
			}
		}
	})
}
