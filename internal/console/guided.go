package console

import (
	"net/http"

	"passdesk/internal/guide"
)

// guided is the page for an agent with a customer on the phone.
type guided struct {
	Customer  guide.Language
	Languages []customerLanguage
	Gone      bool
	Path      []given
	Back      string
	Restart   string
	Ask       guide.Text
	Again     *guide.Text
	Choices   []guidedChoice
	Person    bool
	Sheet     *sheet
}

type customerLanguage struct {
	Language      guide.Language
	Name, Address string
	Chosen        bool
}

// given is something that the customer has stated.
type given struct {
	About, Label guide.Text
	Change       string
}

type guidedChoice struct {
	Label   guide.Text
	Address string
}

// guided shows where the walk in the page's address leads.
func (c *Console) guided(w http.ResponseWriter, r *http.Request, who Agent) {
	p := c.newPage(r, who, guidePath)
	query := r.URL.Query()
	d := c.readDraft(p.guide, nil, who)
	d.walk, d.guided = query.Get("f"), guide.Languages()[0]
	if l, ok := languageFrom(query.Get("l")); ok {
		d.guided = l
	}
	d.language = d.guided
	c.showGuide(w, r, p, d)
}

func (c *Console) showGuide(w http.ResponseWriter, r *http.Request, p page, d draft) {
	walk := readWalk(p.guide, d.walk)
	d.walk = walk.String()
	g := c.guidedPage(p, walk, d.guided)
	if answer := walk.place().Answer; answer != "" {
		d.now = answer
		s, err := c.sheet(p, d)
		if err != nil {
			c.fault(w, r, p, opCompose, err)
			return
		}
		g.Sheet = s
	}
	p.Body = g
	c.show(w, r, http.StatusOK, "guide", p)
}

func (c *Console) guidedPage(p page, w walk, customer guide.Language) guided {
	place := w.place()
	g := guided{
		Customer: customer, Gone: w.gone, Person: place.Human,
		Back: w.back().address(customer), Restart: walk{guide: p.guide}.address(customer),
	}
	for _, l := range guide.Languages() {
		g.Languages = append(g.Languages, customerLanguage{l, p.wordOf("name-" + string(l)), w.address(l), l == customer})
	}
	known := p.guide.Active(w.stated)
	for _, f := range w.stated {
		if known[f.Slot] == f.Value {
			q := p.guide.Question(f.Slot)
			g.Path = append(g.Path, given{q.Change, q.Values[f.Value].Label, w.change(f.Slot).address(customer)})
		}
	}
	if place.Ask != "" {
		q := p.guide.Question(place.Ask)
		g.Ask, g.Again = q.Ask, &q.Again
	}
	for _, f := range w.choices() {
		g.Choices = append(g.Choices, guidedChoice{p.guide.Question(f.Slot).Values[f.Value].Label, w.with(f).address(customer)})
	}
	return g
}
