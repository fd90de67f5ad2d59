package console

import (
	"net/http"
	"strconv"

	"passdesk/internal/canned"
)

// maxQuery is the longest text that is searched for, in bytes; longer ones are messages to be read.
const maxQuery = 1000

// home is the search page.
type home struct {
	Query   string
	Found   found
	Sheet   *sheet
	Reading *reading
}

// maxHits is how many answers a list shows; nobody looks further, they type on.
const maxHits = 60

// found is what a search found.
type found struct {
	Hits     []hit
	Count    string // of all that fit
	Shown    string // how many of them are listed; "" if all are
	Scripted bool   // the page's script asked, and makes a list box of it
}

// hit is one answer that was found.
type hit struct {
	canned.Match
	Rank    int
	Address string
	Chosen  bool
}

// home shows the search page. Without a script it is all there is: its address says what was searched
// for and which answers were picked.
func (c *Console) home(w http.ResponseWriter, r *http.Request, who Agent) {
	p := c.newPage(r, who, homePath)
	c.showHome(w, r, p, c.readDraft(p.guide, r.URL.Query(), who), nil)
}

func (c *Console) showHome(w http.ResponseWriter, r *http.Request, p page, d draft, read *reading) {
	s, err := c.sheet(p, d)
	if err != nil {
		c.fault(w, r, p, opCompose, err)
		return
	}
	p.Body = home{Query: d.query, Found: c.find(d.query, d), Sheet: s, Reading: read}
	c.show(w, r, http.StatusOK, "home", p)
}

// find searches for a text.
func (c *Console) find(query string, d draft) found {
	query = query[:min(len(query), maxQuery)]
	all := c.options.Canned().Search(query, nil)
	f := found{Count: strconv.Itoa(len(all))}
	if len(all) > maxHits {
		all, f.Shown = all[:maxHits], strconv.Itoa(maxHits)
	}
	for _, m := range all {
		with := d
		with.now = m.ID
		f.Hits = append(f.Hits, hit{Match: m, Rank: int(m.Where), Address: with.address(), Chosen: m.ID == d.now})
	}
	return f
}

// search answers the page's script. It is a POST so that what an agent types, which may be what a
// customer wrote, stands in no address.
func (c *Console) search(w http.ResponseWriter, r *http.Request, who Agent) {
	p := c.newPage(r, who, homePath)
	f := c.find(r.PostFormValue("q"), draft{})
	f.Scripted = true
	p.Body = f
	c.show(w, r, http.StatusOK, "found", p)
}

// compose lays a draft out anew. The script asks for the part that changes; a browser without one gets
// the page that the draft is on.
func (c *Console) compose(w http.ResponseWriter, r *http.Request, who Agent) {
	p := c.newPage(r, who, homePath)
	form, ok := c.form(w, r, p)
	if !ok {
		return
	}
	d := c.readDraft(p.guide, form, who)
	d.do(p.guide, form.Get("act"))
	if form.Get("part") == "" {
		c.showDraft(w, r, p, d)
		return
	}
	s, err := c.sheet(p, d)
	if err != nil {
		c.fault(w, r, p, opCompose, err)
		return
	}
	p.Body = s
	c.show(w, r, http.StatusOK, "sheet", p)
}

// showDraft shows the page that a draft is on.
func (c *Console) showDraft(w http.ResponseWriter, r *http.Request, p page, d draft) {
	p.Address = d.address()
	if d.guided != "" {
		p.Here, p.Address = guidePath, readWalk(p.guide, d.walk).address(d.guided)
		c.showGuide(w, r, p, d)
		return
	}
	c.showHome(w, r, p, d, nil)
}
