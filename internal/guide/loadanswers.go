package guide

import (
	"time"
	"unicode/utf8"

	"passdesk/internal/strictyaml"
)

// MaxSummary is the most characters a Japanese summary may have: one phone screen line and a half.
const MaxSummary = 60

func (l *loader) loadAnswers() {
	l.answerPlace, l.linkUsed = map[string]strictyaml.Value{}, map[string]bool{}
	names, ok := l.files("answers")
	l.answersUnread = !ok
	for _, name := range names {
		file, ok := l.read(name)
		if !ok {
			l.answersUnread = true
			continue
		}
		for _, e := range file.Entries() {
			id := e.Key.String()
			if first, twice := l.answerPlace[id]; twice {
				e.Key.Problemf("duplicate answer %q, first written in %s:%d", id, first.File(), first.Line())
				continue
			}
			l.answerPlace[id] = e.Key
			l.guide.answers[id] = l.answer(id, e.Value)
		}
	}
	if len(l.guide.answers) == 0 && !l.answersUnread {
		l.report.Add(strictyaml.Problem{File: "answers", Message: "there are no answers in this directory"})
		l.answersUnread = true
	}
}

func (l *loader) answer(id string, v strictyaml.Value) *Answer {
	fields := v.Fields("title", "summary", "steps", "cautions", "links", "follow-ups", "statements",
		"escalate", "agent-note", "source", "reviewed", "review-by")
	for _, required := range []string{"title", "summary", "steps", "statements", "escalate", "source", "reviewed", "review-by"} {
		if !fields[required].Exists() && v.IsMapping() {
			v.Problemf("%q is missing for answer %q", required, id)
		}
	}
	a := &Answer{
		ID: id, Steps: l.textList(fields["steps"]), Cautions: l.textList(fields["cautions"]),
		Escalate: fields["escalate"].Bool(), Reviewed: date(fields["reviewed"]), ReviewBy: date(fields["review-by"]),
	}
	if fields["title"].Exists() {
		a.Title = l.text(fields["title"])
	}
	if fields["summary"].Exists() {
		a.Summary = l.text(fields["summary"])
	}
	if fields["agent-note"].Exists() {
		a.AgentNote = l.text(fields["agent-note"])
	}
	if n := utf8.RuneCountInString(a.Summary.Japanese); n > MaxSummary {
		fields["summary"].Problemf("summary (ja) has %d characters, more than %d", n, MaxSummary)
	}
	if a.Reviewed > a.ReviewBy && a.ReviewBy != "" {
		fields["review-by"].Problemf("review-by lies before reviewed")
	}
	l.answerReferences(a, fields)
	return a
}

// answerReferences reads what an answer names elsewhere: links, facts, statements, sources.
func (l *loader) answerReferences(a *Answer, fields map[string]strictyaml.Value) {
	for _, item := range fields["links"].Items() {
		key := item.String()
		a.Links = append(a.Links, key)
		l.linkUsed[key] = true
		known(item, "link", key, l.guide.links)
	}
	for _, item := range fields["follow-ups"].Items() {
		if f, ok := l.fact(item); ok {
			a.FollowUps = append(a.FollowUps, f)
		}
	}
	for _, item := range fields["statements"].Items() {
		id := item.String()
		a.Statements = append(a.Statements, id)
		known(item, "statement", id, l.guide.statement)
	}
	for _, item := range fields["source"].Items() {
		key := item.String()
		a.Sources = append(a.Sources, key)
		known(item, "source", key, l.guide.sources)
	}
}

// known reports a name that is not in the table. It is silent if the table is empty: then its
// file has a problem of its own, which would drown in those.
func known[V any](place strictyaml.Value, what, name string, table map[string]V) {
	if _, ok := table[name]; !ok && len(table) > 0 {
		place.Problemf("unknown %s %q%s", what, name, strictyaml.Suggest(name, sortedKeys(table)))
	}
}

func date(v strictyaml.Value) string {
	s := v.String()
	if _, err := time.Parse(time.DateOnly, s); v.Exists() && err != nil {
		v.Problemf("%q is not a date (YYYY-MM-DD)", s)
		return ""
	}
	return s
}
