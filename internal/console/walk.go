package console

import (
	"net/url"
	"slices"
	"strings"

	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
)

// maxStated bounds what an address may state: no walk reads more.
const maxStated = 20

// walk is where an agent and a customer on the phone are: what the customer has stated, oldest first.
// It lives in the address of the page, as ids.
type walk struct {
	guide  *guide.Guide
	stated []guide.Fact
	gone   bool // something in the address does not exist, or not any more
}

// readWalk reads "prompt:vpn,vpn-need:lost". What does not exist is passed over: content changes.
func readWalk(g *guide.Guide, text string) walk {
	w := walk{guide: g}
	for part := range strings.SplitSeq(text, ",") {
		slot, value, _ := strings.Cut(part, ":")
		f := guide.Fact{Slot: slot, Value: value}
		if g.Valid(f) && len(w.stated) < maxStated {
			w = w.with(f)
		} else if part != "" {
			w.gone = true
		}
	}
	return w
}

// String is what readWalk reads.
func (w walk) String() string {
	parts := make([]string, len(w.stated))
	for i, f := range w.stated {
		parts[i] = f.Slot + ":" + f.Value
	}
	return strings.Join(parts, ",")
}

// place is where what was stated leads.
func (w walk) place() guide.Place { return w.guide.Walk(w.guide.Active(w.stated)) }

// with states one more fact, in the place of what was said before about the same.
func (w walk) with(f guide.Fact) walk {
	kept := slices.DeleteFunc(slices.Clone(w.stated), func(old guide.Fact) bool {
		return old.Slot == f.Slot || w.guide.Slot(old.Slot).Once
	})
	return walk{guide: w.guide, stated: append(kept, f)}
}

// back takes back what was stated last.
func (w walk) back() walk {
	return walk{guide: w.guide, stated: w.stated[:max(0, len(w.stated)-1)]}
}

// change asks for one fact again, as the bot does.
func (w walk) change(slot string) walk {
	after, _ := dialogue.Next(w.guide, dialogue.State{Stated: w.stated}, dialogue.Reading{Change: slot})
	return walk{guide: w.guide, stated: after.Stated}
}

// choices are the facts that the customer may state now: the values of the question, or what is
// offered under the answer.
func (w walk) choices() []guide.Fact {
	place, known := w.place(), w.guide.Active(w.stated)
	var choices []guide.Fact
	switch {
	case place.Ask != "":
		for _, value := range w.guide.Slot(place.Ask).Values {
			choices = append(choices, guide.Fact{Slot: place.Ask, Value: value})
		}
		choices = append(choices, w.guide.Question(place.Ask).Offer...)
	case place.Answer != "":
		for _, f := range w.guide.Answer(place.Answer).FollowUps {
			if known[f.Slot] != f.Value {
				choices = append(choices, f)
			}
		}
	}
	return choices
}

// address is the page of this walk, for a customer who speaks a language.
func (w walk) address(language guide.Language) string {
	query := "l=" + url.QueryEscape(string(language))
	if len(w.stated) > 0 {
		query = "f=" + w.String() + "&" + query // ids need no escaping
	}
	return guidePath + "?" + query
}
