package webchat

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"
)

// page is what every page has.
type page struct {
	Language    string
	Description string // for search engines
	Canonical   string // the one address of this page, "" if it has none
	Alternates  []alternate
	NoIndex     bool // not for search engines
	Embedded    bool // in a window of another site
	cache       string
	words       map[string]string
	assets      map[string]string
}

// alternate is the same page in a language.
type alternate struct{ Language, URL string }

// page is a page that nobody keeps.
func (s *site) page(r *http.Request, language string) page {
	return page{
		Language: language, Embedded: r.URL.Path == "/embed", cache: "no-store",
		words: s.options.Words(language), assets: s.assets.names,
	}
}

// Word is a word of the page. A page with a hole in it is not shown.
func (p page) Word(id string) (string, error) {
	word, ok := p.words[id]
	if !ok {
		return "", fmt.Errorf("no word %q", id)
	}
	return word, nil
}

// Asset is the address of an asset.
func (p page) Asset(name string) string { return "/assets/" + p.assets[name] }

// OtherLanguage is the language that this page is not in.
func (p page) OtherLanguage() string { return otherThan(p.Language) }

// The policies of pages: nothing from elsewhere, no script and no style but our own files, and no
// site around them but those that may embed the chat.
const (
	policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
		"frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
	nobody = "'none'"
)

// render writes a page, or an apology if that is not possible.
func (s *site) render(w http.ResponseWriter, r *http.Request, status int, name string, p page, data any) {
	var body bytes.Buffer
	if err := s.pages.ExecuteTemplate(&body, name, data); err != nil {
		s.options.Fault(r.Context(), opRender, "", err)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(body.Len()))
	h.Set("Cache-Control", p.cache)
	h.Add("Vary", "Accept-Language")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin") // with no-referrer, older browsers would post with the origin "null"
	around := nobody
	if p.Embedded {
		around = s.ancestors
	}
	h.Set("Content-Security-Policy", policy+around)
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes()) // a browser that is gone needs no answer
}
