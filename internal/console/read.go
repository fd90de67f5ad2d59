package console

import (
	"context"
	"net/http"

	"passdesk/internal/chat"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
)

// Reading is what was understood of a customer's message, in ids.
type Reading struct {
	Language guide.Language // that it is written in; "" if it cannot be told
	Facts    []guide.Fact   // that it states
	Likely   []guide.Fact   // values of one question that it nearly certainly means one of
	Person   bool           // it asks for a person
	Secret   bool           // it seems to hold a password or a code
}

// Understood is what a reader made of a message that begins a conversation. Secret tells whether
// something in it had to be masked.
func Understood(g *guide.Guide, in dialogue.Reading, secret bool) Reading {
	state, step := dialogue.Next(g, dialogue.State{}, in)
	r := Reading{Language: in.Language, Facts: state.Stated, Person: in.Act == dialogue.Human, Secret: secret}
	for _, heard := range in.Facts {
		if slot := g.Slot(heard.Slot); slot != nil && slot.Once {
			r.Facts = append(r.Facts, heard.Fact) // a conversation forgets it once it is answered
		}
	}
	if step.Narrow {
		r.Likely = step.Choices
	}
	return r
}

// read understands a customer's message. The text is given to the reader and to nobody else: it is
// not in the answer, not in an address and not kept.
func (c *Console) read(w http.ResponseWriter, r *http.Request, who Agent) {
	p := c.newPage(r, who, homePath)
	form, ok := c.form(w, r, p)
	if !ok {
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), c.options.Timeout)
	defer cancel()
	understood, err := c.options.Read(ctx, chat.Raw(form.Get("text")))
	if err != nil {
		c.fault(w, r, p, opRead, err)
		return
	}
	d := c.readDraft(p.guide, form, who)
	shown := newReading(p, understood, d)
	if form.Get("part") != "" {
		p.Body = shown
		c.show(w, r, http.StatusOK, "reading", p)
		return
	}
	d.now, p.Address = shown.Answer, homePath
	if shown.Answer != "" {
		d.language = shown.Language
	}
	c.showHome(w, r, p, d, shown)
}

// reading is what was understood of a message, in words.
type reading struct {
	Language guide.Language // the customer's
	Answer   string
	Title    guide.Text
	Ask      string
	Nothing  bool // nothing was understood; the question is the first one
	Choices  []choice
	Address  string // of the page to go on with
	Person   bool
	Secret   bool
}

type choice struct {
	Label, Address string
}

func newReading(p page, understood Reading, d draft) *reading {
	r := &reading{Language: orElse(understood.Language, guide.Languages()[0]), Person: understood.Person, Secret: understood.Secret}
	w := walk{guide: p.guide}
	for _, f := range understood.Facts {
		if p.guide.Valid(f) {
			w = w.with(f)
		}
	}
	place := w.place()
	r.Address, r.Nothing = w.address(r.Language), len(w.stated) == 0
	switch {
	case place.Answer != "":
		d.now, d.query = place.Answer, ""
		r.Answer, r.Title, r.Address = place.Answer, p.guide.Answer(place.Answer).Title, d.address()
	case place.Ask != "":
		r.Ask = p.guide.Question(place.Ask).Ask.In(r.Language)
		facts := w.choices()
		if len(understood.Likely) > 1 && understood.Likely[0].Slot == place.Ask {
			facts, r.Nothing = understood.Likely, false
		}
		for _, f := range facts {
			if p.guide.Valid(f) {
				r.Choices = append(r.Choices, choice{p.guide.Question(f.Slot).Values[f.Value].Label.In(r.Language), w.with(f).address(r.Language)})
			}
		}
	}
	return r
}
