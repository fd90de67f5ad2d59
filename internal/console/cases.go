package console

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"passdesk/internal/guide"
	"passdesk/internal/handover"
	"passdesk/internal/store"
)

// casesShown is how many cases stand on a page.
const casesShown = 50

// The lists of cases, as addresses name them.
const (
	listOpen   = "open"
	listMine   = "mine"
	listTaken  = "taken"
	listClosed = "closed"
)

// casesPage is the page with a list of hand-overs.
type casesPage struct {
	Lists []option
	Cases []caseLine
	More  string // address of the next ones; "" if there are none
}

// caseLine is one hand-over in a list.
type caseLine struct {
	Path, Reference, About, Channel, Language, Holder, Outcome string
	Opened                                                     time.Time
}

// cases lists hand-overs.
func (c *Console) cases(w http.ResponseWriter, r *http.Request, who Agent) {
	p := c.newPage(r, who, casesPath)
	list, skip := r.URL.Query().Get("list"), 0
	filter, ok := filterOf(list, who)
	if !ok {
		list, filter = listOpen, store.CaseFilter{State: store.CaseOpen}
	}
	if n, err := strconv.Atoi(r.URL.Query().Get("skip")); err == nil && n > 0 {
		skip = n
	}
	ctx, cancel := context.WithTimeout(r.Context(), c.options.Timeout)
	defer cancel()
	found, err := c.options.People.Cases(ctx, filter, skip, casesShown+1)
	if err != nil {
		c.fault(w, r, p, opCases, err)
		return
	}
	shown := casesPage{}
	if len(found) > casesShown {
		found = found[:casesShown]
		shown.More = casesPath + "?list=" + url.QueryEscape(list) + "&skip=" + strconv.Itoa(skip+casesShown)
	}
	for _, name := range []string{listOpen, listMine, listTaken, listClosed} {
		shown.Lists = append(shown.Lists, option{name, p.wordOf("cases-" + name), name == list})
	}
	for _, one := range found {
		shown.Cases = append(shown.Cases, lineOf(p, one))
	}
	p.Body = shown
	c.show(w, r, http.StatusOK, "cases", p)
}

// filterOf is what a list consists of.
func filterOf(list string, who Agent) (f store.CaseFilter, ok bool) {
	switch list {
	case listOpen:
		return store.CaseFilter{State: store.CaseOpen}, true
	case listMine:
		return store.CaseFilter{State: store.CaseClaimed, Agent: who.ID}, true
	case listTaken:
		return store.CaseFilter{State: store.CaseClaimed}, true
	case listClosed:
		return store.CaseFilter{State: store.CaseClosed}, true
	}
	return f, false
}

func lineOf(p page, one store.Case) caseLine {
	l := caseLine{
		Path: CasePath(one.ID), Reference: one.Reference, Channel: one.Channel, Opened: one.Created.UTC(),
		Holder: one.Name, Language: p.wordOf("name-" + one.Language),
	}
	if one.Outcome != "" {
		l.Outcome = p.wordOf("outcome-" + string(one.Outcome))
	}
	var labels []string
	for _, f := range factsOf(p, detailsOf(one).Facts) {
		labels = append(labels, p.In(f.Short))
	}
	if l.About = strings.Join(labels, " › "); l.About == "" {
		l.About = p.wordOf("case-about-nothing")
	}
	return l
}

// detailsOf are the ids that were kept with a case. Without them there is still the transcript.
func detailsOf(one store.Case) handover.Details {
	details, err := handover.ParseDetails(one.Details)
	if err != nil {
		return handover.Details{Language: one.Language}
	}
	return details
}

// caseFact is something that is known about a case.
type caseFact struct {
	guide.Fact
	About, Label, Short guide.Text
}

// factsOf are facts in the order of the tree file. Those that it no longer declares are left out.
func factsOf(p page, known map[string]string) []caseFact {
	var facts []caseFact
	for _, slot := range p.guide.Slots() {
		f := guide.Fact{Slot: slot.Name, Value: known[slot.Name]}
		if p.guide.Valid(f) {
			q := p.guide.Question(f.Slot)
			facts = append(facts, caseFact{f, q.Change, q.Values[f.Value].Label, q.Values[f.Value].Short})
		}
	}
	return facts
}
