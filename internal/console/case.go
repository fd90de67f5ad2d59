package console

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"net/http"
	"slices"
	"time"

	"passdesk/internal/guide"
	"passdesk/internal/store"
)

// casePage is one hand-over.
type casePage struct {
	Reference, Path, Channel, Language string
	State, Holder, Outcome             string
	Opened                             time.Time
	Mine, MayReturn, Live              bool
	Notice                             string // word that says why something was not done; "" if nothing went wrong
	Lines                              []line
	Omitted                            bool
	Last                               int64
	Facts                              []caseFact
	Way                                []guide.Text
	Answers                            []caseAnswer
	Guided                             string
	Outcomes                           []option
	Message                            string // id of the next message, so that it is said once
	Draft                              string // what was typed and not said
}

// caseAnswer is guidance that the customer was shown.
type caseAnswer struct {
	ID     string
	Title  guide.Text
	Failed bool
}

// CasePath is the page of a case. Its id is encoded: it has slashes, which not every proxy leaves as
// they are.
func CasePath(id string) string {
	return casesPath + "/" + base64.RawURLEncoding.EncodeToString([]byte(id))
}

// oneCase shows a hand-over.
func (c *Console) oneCase(w http.ResponseWriter, r *http.Request, who Agent) {
	c.showCase(w, r, c.newPage(r, who, casesPath), http.StatusOK, "", "")
}

// showCase shows the hand-over that an address names as it is now, with a notice and with what was
// typed and could not be said.
func (c *Console) showCase(w http.ResponseWriter, r *http.Request, p page, status int, notice, draft string) {
	ctx, cancel := context.WithTimeout(r.Context(), c.options.Timeout)
	defer cancel()
	one, ok := c.load(ctx, w, r, p)
	if !ok {
		return
	}
	turns, err := c.lastTurns(ctx, one.Conversation)
	if err != nil {
		c.fault(w, r, p, opCase, err)
		return
	}
	shown := casePageOf(p, one)
	shown.Live, shown.Notice, shown.Draft = c.options.People.live(one.Channel), notice, draft
	shown.Omitted = len(turns) > 0 && turns[0].Sequence > 1
	if shown.Lines = c.lines(p, turns); len(turns) > 0 {
		shown.Last = turns[len(turns)-1].Sequence
	}
	p.Address, p.Body = shown.Path, shown
	c.show(w, r, status, "case", p)
}

// load brings the case that an address names, or answers that there is none.
func (c *Console) load(ctx context.Context, w http.ResponseWriter, r *http.Request, p page) (store.Case, bool) {
	id, malformed := base64.RawURLEncoding.DecodeString(r.PathValue("case"))
	if malformed != nil {
		id = nil
	}
	one, err := c.options.People.Case(ctx, string(id))
	switch {
	case errors.Is(err, store.ErrNotFound), errors.Is(err, store.ErrInvalid):
		c.refuse(w, r, p.Agent, http.StatusNotFound, "refused-case")
	case err != nil:
		c.fault(w, r, p, opCase, err)
	}
	return one, err == nil
}

func casePageOf(p page, one store.Case) casePage {
	d, mine := detailsOf(one), holds(one, p.Agent)
	shown := casePage{
		Reference: one.Reference, Path: CasePath(one.ID), Channel: one.Channel, State: string(one.State), Outcome: string(one.Outcome),
		Language: p.wordOf("name-" + one.Language), Holder: one.Name, Opened: one.Created.UTC(),
		Mine: mine, MayReturn: mine || one.State == store.CaseClaimed && p.Agent.Role == RoleAdmin,
		Facts: factsOf(p, d.Facts), Message: rand.Text(),
	}
	w := walk{guide: p.guide}
	for _, f := range shown.Facts {
		w = w.with(f.Fact)
	}
	customer, ok := languageFrom(one.Language)
	if !ok {
		customer = guide.Languages()[0]
	}
	shown.Guided = w.address(customer)
	for _, slot := range d.Path {
		if q := p.guide.Question(slot); q != nil && (!q.Ask.IsZero() || d.Facts[slot] != "") {
			shown.Way = append(shown.Way, q.Change)
		}
	}
	shown.Answers = answersOf(p, d.Answers, d.Failed)
	for _, outcome := range outcomes() {
		shown.Outcomes = append(shown.Outcomes, option{Value: string(outcome), Label: p.wordOf("outcome-" + string(outcome))})
	}
	return shown
}

func outcomes() []store.CaseOutcome {
	return []store.CaseOutcome{store.Solved, store.NotSolved, store.Other}
}

// answersOf are the answers that were shown, and those that did not help even if they are not among them.
func answersOf(p page, shown, failed []string) []caseAnswer {
	var answers []caseAnswer
	for _, id := range append(slices.Clone(shown), failed...) {
		a := p.guide.Answer(id)
		if a != nil && !slices.ContainsFunc(answers, func(other caseAnswer) bool { return other.ID == id }) {
			answers = append(answers, caseAnswer{id, a.Title, slices.Contains(failed, id)})
		}
	}
	return answers
}
