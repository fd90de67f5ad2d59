package webchat

import (
	"encoding/xml"
	"net/http"
	"strings"

	"passdesk/internal/chat"
)

// structured is what search engines are told about answers: https://schema.org/FAQPage.
type structured struct {
	Context  string     `json:"@context"`
	Type     string     `json:"@type"`
	Language string     `json:"inLanguage"`
	Entities []question `json:"mainEntity"`
}

type question struct {
	Type   string `json:"@type"`
	Name   string `json:"name"`
	Answer answer `json:"acceptedAnswer"`
}

type answer struct {
	Type string `json:"@type"`
	Text string `json:"text"`
}

func structuredOf(language string, articles []Article) structured {
	data := structured{Context: "https://schema.org", Type: "FAQPage", Language: language}
	for _, a := range articles {
		data.Entities = append(data.Entities, question{
			Type: "Question", Name: a.Title, Answer: answer{Type: "Answer", Text: plain(a.Parts)},
		})
	}
	return data
}

// plain is the text of an answer without its links.
func plain(parts []chat.Part) string {
	var lines []string
	for _, p := range parts {
		if p.Kind == chat.Links {
			continue
		}
		lines = append(lines, p.Text)
		for _, it := range p.Items {
			lines = append(lines, it.Text)
		}
	}
	return strings.Join(lines, "\n")
}

// sitemap lists the pages for search engines, https://www.sitemaps.org.
type sitemap struct {
	XMLName xml.Name `xml:"urlset"`
	Space   string   `xml:"xmlns,attr"`
	XHTML   string   `xml:"xmlns:xhtml,attr"`
	Pages   []mapped `xml:"url"`
}

type mapped struct {
	Location string    `xml:"loc"`
	Reviewed string    `xml:"lastmod,omitempty"`
	Others   []related `xml:"xhtml:link"`
}

type related struct {
	Relation string `xml:"rel,attr"`
	Language string `xml:"hreflang,attr"`
	URL      string `xml:"href,attr"`
}

func (s *site) sitemap(w http.ResponseWriter, r *http.Request) {
	all := sitemap{Space: "http://www.sitemaps.org/schemas/sitemap/0.9", XHTML: "http://www.w3.org/1999/xhtml"}
	add := func(path func(string) string, reviewed string) {
		alternates := s.alternates(r, path)
		for _, page := range alternates {
			m := mapped{Location: page.URL, Reviewed: reviewed}
			for _, other := range alternates {
				m.Others = append(m.Others, related{"alternate", other.Language, other.URL})
			}
			all.Pages = append(all.Pages, m)
		}
	}
	add(func(code string) string { return "/?lang=" + code }, "")
	add(func(code string) string { return "/help/" + code }, "")
	for _, a := range s.options.Articles(japanese) {
		add(func(code string) string { return "/help/" + code + "/" + a.ID }, a.Reviewed)
	}
	body, err := xml.MarshalIndent(all, "", " ")
	if err != nil {
		s.options.Fault(r.Context(), opRender, "", err)
		s.refuse(w, r, fault, 0)
		return
	}
	s.write(w, "application/xml; charset=utf-8", append([]byte(xml.Header), body...))
}

// robots keeps search engines to what is for them.
func (s *site) robots(w http.ResponseWriter, r *http.Request) {
	s.write(w, "text/plain; charset=utf-8", []byte("User-agent: *\nDisallow: /agent/\nDisallow: /api/\nDisallow: /embed\nAllow: /\n\nSitemap: "+s.base(r)+"/sitemap.xml\n"))
}

// write writes a small public file.
func (s *site) write(w http.ResponseWriter, media string, body []byte) {
	h := w.Header()
	h.Set("Content-Type", media)
	h.Set("Cache-Control", "public, max-age=300")
	_, _ = w.Write(body) // a client that is gone needs no answer
}
