package webchat

import (
	"net/http"
	"slices"
	"strings"

	"passdesk/internal/chat"
)

// helpPage is one answer as a page.
type helpPage struct {
	page
	Title    string
	Parts    []part
	Reviewed string // ISO date
	Topic    string // id of words
	Related  []Article
	Data     structured
}

// listPage lists all answers.
type listPage struct {
	page
	Topics []topic
	Data   structured
}

// topic is a group of answers.
type topic struct {
	Word     string // id
	Articles []Article
}

// TopicOf is the group of an answer, told by how its id begins.
func TopicOf(id string) string {
	switch start, _, _ := strings.Cut(id, "-"); start {
	case "mac", "netupdate":
		return "topic-mac"
	case "vpn":
		return "topic-vpn"
	case "portal":
		return "topic-account"
	}
	return "topic-other"
}

func topics() []string { return []string{"topic-mac", "topic-vpn", "topic-account", "topic-other"} }

// helpHere leads to the help pages in the language of the browser.
func (s *site) helpHere(w http.ResponseWriter, r *http.Request) {
	w.Header().Add("Vary", "Accept-Language")
	http.Redirect(w, r, "/help/"+languageOf(r), http.StatusFound)
}

// helpList lists the help pages.
func (s *site) helpList(w http.ResponseWriter, r *http.Request) {
	language := r.PathValue("language")
	if !isLanguage(language) {
		s.missing(w, r)
		return
	}
	if s.unchanged(w, r, language) {
		return
	}
	p := s.helpBase(r, language, "")
	p.Description = p.words["help-description"]
	list := listPage{page: p, Data: structuredOf(language, s.options.Articles(language))}
	for _, word := range topics() {
		group := topic{Word: word}
		for _, a := range s.options.Articles(language) {
			if TopicOf(a.ID) == word {
				group.Articles = append(group.Articles, a)
			}
		}
		if len(group.Articles) > 0 {
			list.Topics = append(list.Topics, group)
		}
	}
	s.render(w, r, http.StatusOK, "list", p, list)
}

// help shows one answer.
func (s *site) help(w http.ResponseWriter, r *http.Request) {
	language, id := r.PathValue("language"), r.PathValue("answer")
	if !isLanguage(language) {
		s.missing(w, r)
		return
	}
	articles := s.options.Articles(language)
	at := slices.IndexFunc(articles, func(a Article) bool { return a.ID == id })
	if at < 0 {
		s.missing(w, r)
		return
	}
	if s.unchanged(w, r, language+"-"+id) {
		return
	}
	a := articles[at]
	p := s.helpBase(r, language, "/"+id)
	shown := helpPage{page: p, Title: a.Title, Reviewed: a.Reviewed, Topic: TopicOf(id), Data: structuredOf(language, articles[at:at+1])}
	for i, from := range a.Parts {
		shown.Parts = append(shown.Parts, s.part(from, language, "h"+letter(i)))
		if from.Kind == chat.Summary {
			shown.Description = from.Text
		}
	}
	for _, other := range articles {
		if other.ID != id && TopicOf(other.ID) == shown.Topic {
			shown.Related = append(shown.Related, other)
		}
	}
	s.render(w, r, http.StatusOK, "help", shown.page, shown)
}

// helpBase is what all help pages have. They hold nothing of anybody, so everybody may keep them.
func (s *site) helpBase(r *http.Request, language, rest string) page {
	p := s.page(r, language)
	p.cache = "public, max-age=300"
	p.Alternates = s.alternates(r, func(code string) string { return "/help/" + code + rest })
	p.Canonical = s.base(r) + "/help/" + language + rest
	return p
}

// alternates are the addresses of a page in all languages.
func (s *site) alternates(r *http.Request, path func(language string) string) []alternate {
	var all []alternate
	for _, code := range languages() {
		all = append(all, alternate{Language: code, URL: s.base(r) + path(code)})
	}
	return all
}

// unchanged answers a browser that has the page as it still is.
func (s *site) unchanged(w http.ResponseWriter, r *http.Request, name string) bool {
	tag := `"` + s.options.Version() + "-" + s.build + "-" + name + `"`
	w.Header().Set("ETag", tag)
	if !strings.Contains(r.Header.Get("If-None-Match"), tag) {
		return false
	}
	w.Header().Set("Cache-Control", "public, max-age=300")
	w.WriteHeader(http.StatusNotModified)
	return true
}
