package webchat

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
)

// placeholder stands in embed.js where the words go.
const placeholder = `{"words": "here"}`

// loadLoader reads embed.js, and makes a name for these very pages, scripts and styles.
func loadLoader(files assets) (loader, build string, err error) {
	script, err := fs.ReadFile(assetFiles, "assets/embed.js")
	if err != nil {
		return "", "", fmt.Errorf("read asset: %w", err)
	}
	if !strings.Contains(string(script), placeholder) {
		return "", "", fmt.Errorf("embed.js has no place for words")
	}
	everything := []byte(files.names["chat.css"] + files.names["chat.js"])
	pages, err := fs.Glob(pageFiles, "pages/*.html")
	if err != nil {
		return "", "", fmt.Errorf("list pages: %w", err)
	}
	for _, name := range pages {
		page, err := fs.ReadFile(pageFiles, name)
		if err != nil {
			return "", "", fmt.Errorf("read page: %w", err)
		}
		everything = append(everything, page...)
	}
	return string(script), digest(everything), nil
}

// serveLoader serves the script that puts the chat into other sites' pages.
func (s *site) serveLoader(w http.ResponseWriter, r *http.Request) {
	words := map[string]map[string]string{}
	for _, code := range languages() {
		all := s.options.Words(code)
		words[code] = map[string]string{"open": all["embed-open"], "close": all["embed-close"], "title": all["title"]}
	}
	data, err := json.Marshal(words)
	if err != nil { // cannot be: strings
		s.options.Fault(r.Context(), opRender, "", err)
		s.refuse(w, r, fault, 0)
		return
	}
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin") // it is for other sites
	s.write(w, "text/javascript; charset=utf-8", []byte(strings.Replace(s.loader, placeholder, string(data), 1)))
}

// demo shows what embedding looks like.
func (s *site) demo(w http.ResponseWriter, r *http.Request) {
	p := s.page(r, languageOf(r))
	p.NoIndex = true
	s.render(w, r, http.StatusOK, "demo", p, demoPage{page: p, Code: `<script src="` + s.base(r) + `/embed.js" data-language="auto" defer></script>`})
}

// demoPage is a page of another site.
type demoPage struct {
	page
	Code string
}
