package console

import (
	"net/url"
	"slices"
	"strings"
	"unicode"

	"passdesk/internal/canned"
	"passdesk/internal/guide"
)

// maxAnswers bounds one message; nobody reads a longer one.
const maxAnswers = 12

// maxValue is the longest value of a variable, in characters.
const maxValue = 80

// draft is a message that an agent is putting together: the answers added so far, the one that is
// being looked at, and what is around them. What is looked at is what is copied.
type draft struct {
	added    []string
	now      string // looked at and not added yet; "" if none is
	language guide.Language
	tone     canned.Tone
	values   map[string]string
	query    string         // of the search that it came from
	walk     string         // of the guided mode that it came from
	guided   guide.Language // customer's language in guided mode; "" if it did not come from there
}

// readDraft reads a form. Answers that do not exist are passed over: content changes.
func (c *Console) readDraft(g *guide.Guide, form url.Values, who Agent) draft {
	d := draft{
		language: guide.Languages()[0], tone: canned.ToneMail, query: form.Get("q"), walk: form.Get("f"),
		values: map[string]string{canned.Agent: who.Name},
	}
	for _, id := range form["a"] {
		d.add(g, id)
	}
	if id := form.Get("now"); g.Answer(id) != nil {
		d.now = id
	}
	if l, ok := languageFrom(form.Get("language")); ok {
		d.language = l
	}
	if canned.Tone(form.Get("kind")) == canned.ToneChat {
		d.tone = canned.ToneChat
	}
	if l, ok := languageFrom(form.Get("l")); ok {
		d.guided = l
	}
	for _, v := range c.options.Canned().Variables(d.language) {
		if given, ok := form["v-"+v.Name]; ok {
			d.values[v.Name] = clean(given[0])
		}
	}
	return d
}

// clean makes a value of what was typed: one line of sane length without braces, so that nothing
// that looks like a variable can ever be pasted.
func clean(value string) string {
	kept := strings.Map(func(r rune) rune {
		switch {
		case r == '{' || r == '}' || unicode.Is(unicode.Co, r) || unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsControl(r):
			return ' '
		}
		return r
	}, strings.ToValidUTF8(value, ""))
	runes := []rune(strings.TrimSpace(kept))
	return string(runes[:min(len(runes), maxValue)])
}

// do carries out what a button of the form says: "add ID", "up ID", "down ID" or "remove ID".
func (d *draft) do(g *guide.Guide, act string) {
	verb, id, _ := strings.Cut(act, " ")
	at := slices.Index(d.added, id)
	switch {
	case verb == "add":
		d.add(g, id)
	case verb == "up" && at > 0:
		d.added[at-1], d.added[at] = d.added[at], d.added[at-1]
	case verb == "down" && at >= 0 && at < len(d.added)-1:
		d.added[at], d.added[at+1] = d.added[at+1], d.added[at]
	case verb == "remove" && at >= 0:
		d.added = slices.Delete(d.added, at, at+1)
		if d.now == id {
			d.now = ""
		}
	}
}

func (d *draft) add(g *guide.Guide, id string) {
	if g.Answer(id) != nil && !slices.Contains(d.added, id) && len(d.added) < maxAnswers {
		d.added = append(d.added, id)
	}
}

// answers are those that the message consists of, in order.
func (d draft) answers() []string {
	if d.now == "" || slices.Contains(d.added, d.now) {
		return d.added
	}
	return append(slices.Clone(d.added), d.now)
}

// address is the search page with this draft: ids and what was searched for, nothing about anybody.
func (d draft) address() string {
	query := url.Values{}
	if d.query != "" {
		query.Set("q", d.query)
	}
	if len(d.added) > 0 {
		query["a"] = d.added
	}
	if d.now != "" {
		query.Set("now", d.now)
	}
	if len(query) == 0 {
		return homePath
	}
	return homePath + "?" + query.Encode()
}
