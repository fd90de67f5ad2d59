package console

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"

	"passdesk/internal/guide"
)

// page is what a template is filled with. Words are those of one language of the console, which is
// the agent's and has nothing to do with the customer's.
type page struct {
	Agent    Agent
	Language guide.Language
	Here     string // path of the menu's entry that this page belongs to
	Address  string // of this page, to come back to after switching the language
	People   bool   // there are hand-overs, and the agent may see them
	SignOut  string
	Body     any

	guide *guide.Guide
	now   time.Time
}

// errWord is a template that asks for a word that is not there; tests look for all of them.
var errWord = errors.New("unknown word")

// Word is one of the page's words. Pairs are what to put in for a name in braces: "name", "Sato".
func (p page) Word(id string, pairs ...string) (string, error) {
	text, ok := p.guide.Words(guide.PageConsole)[id]
	if !ok {
		return "", fmt.Errorf("%w %q", errWord, id)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		pairs[i] = "{" + pairs[i] + "}"
	}
	return strings.NewReplacer(pairs...).Replace(text.In(p.Language)), nil
}

// wordOf is Word for ids that are put together in code; a template asks for "" otherwise.
func (p page) wordOf(id string) string { return p.guide.Words(guide.PageConsole)[id].In(p.Language) }

// In is one of the content's texts in the language of the console.
func (p page) In(text guide.Text) string { return text.In(p.Language) }

// Other is the language that the console can be switched to.
func (p page) Other() guide.Language {
	if p.Language == guide.Japanese {
		return guide.English
	}
	return guide.Japanese
}

// With is the page with another body, for a part of it that is a template of its own.
func (p page) With(body any) page {
	p.Body = body
	return p
}

// newPage begins the answer to a request.
func (c *Console) newPage(r *http.Request, who Agent, here string) page {
	return page{
		Agent: who, Language: languageOf(r), Here: here, Address: r.URL.RequestURI(), SignOut: c.options.SignOut,
		People: c.options.People != nil && who.maySeePeople(), guide: c.options.Guide(), now: c.options.Now(),
	}
}

// show writes a template. Nothing is written before all of it is done, so that a fault is seen as one.
func (c *Console) show(w http.ResponseWriter, r *http.Request, status int, name string, p page) {
	var out bytes.Buffer
	if err := c.templates.ExecuteTemplate(&out, name, p); err != nil {
		c.options.Fault(r.Context(), opShow, "", err)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Add("Vary", "Accept-Language, Cookie")
	w.WriteHeader(status)
	_, _ = out.WriteTo(w) // a client that is gone needs no answer
}

// refuse says in a whole page why something was not done.
func (c *Console) refuse(w http.ResponseWriter, r *http.Request, who Agent, status int, word string) {
	p := c.newPage(r, who, "")
	p.Address, p.Body = homePath, word
	c.show(w, r, status, "refused", p)
}

// nowhere answers for paths that are not there.
func (c *Console) nowhere(w http.ResponseWriter, r *http.Request, who Agent) {
	c.refuse(w, r, who, http.StatusNotFound, "refused-path")
}

// parseTemplates reads the pages.
func parseTemplates(assets string) (*template.Template, error) {
	functions := template.FuncMap{
		"asset": func(file string) string { return assetsPath + assets + "/" + file },
	}
	t, err := template.New("").Funcs(functions).ParseFS(files, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("parse templates: %w", err)
	}
	return t, nil
}

// form reads a posted form.
func (c *Console) form(w http.ResponseWriter, r *http.Request, p page) (url.Values, bool) {
	if err := r.ParseForm(); err != nil {
		c.refuse(w, r, p.Agent, http.StatusRequestEntityTooLarge, "refused-size")
		return nil, false
	}
	return r.PostForm, true
}
