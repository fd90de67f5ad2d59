package guide

import (
	"fmt"
	"slices"

	"passdesk/internal/strictyaml"
)

func (l *loader) loadSources() {
	l.statedAt = map[string]strictyaml.Value{}
	file, ok := l.read("source.yaml")
	if !ok {
		return
	}
	fields := file.Fields("sources", "statements", "not-carried")
	for _, e := range fields["sources"].Entries() {
		parts := e.Value.Fields("title", "url")
		s := &Source{Key: e.Key.String(), URL: parts["url"].String()}
		if s.URL != "" {
			checkURL(parts["url"])
		}
		if !parts["title"].Exists() {
			e.Value.Problemf("%q is missing for source %q", "title", s.Key)
		} else {
			s.Title = l.text(parts["title"])
		}
		l.guide.sources[s.Key] = s
	}
	for _, e := range fields["statements"].Entries() {
		l.loadStatement(e)
	}
	if file.IsMapping() && (len(l.guide.sources) == 0 || len(l.guide.statement) == 0) {
		file.Problemf("there must be at least one source and one statement")
	}
	for _, e := range fields["not-carried"].Entries() {
		id := e.Key.String()
		known(e.Key, "statement", id, l.guide.statement)
		if s := l.guide.statement[id]; s != nil {
			s.NotCarried = l.text(e.Value)
		}
	}
}

func (l *loader) loadStatement(e strictyaml.Entry) {
	parts := e.Value.Fields("source", "says")
	s := &Statement{ID: e.Key.String()}
	keys := []strictyaml.Value{parts["source"]}
	if parts["source"].IsList() {
		keys = parts["source"].Items()
	}
	for _, key := range keys {
		s.Sources = append(s.Sources, key.String())
		known(key, "source", key.String(), l.guide.sources)
	}
	if !parts["says"].Exists() {
		e.Value.Problemf("%q is missing for statement %q", "says", s.ID)
	} else {
		s.Says = l.text(parts["says"])
	}
	l.guide.statement[s.ID] = s
	l.statedAt[s.ID] = e.Key
}

// checkReferences reports what is named but missing, and what is written but never used.
func (l *loader) checkReferences() {
	reached := map[string]bool{}
	for _, n := range l.guide.nodes() {
		if n.Kind == Leaf {
			reached[n.Answer] = true
			if !l.answersUnread {
				known(n.place, "answer", n.Answer, l.guide.answers)
			}
		}
	}
	for _, id := range sortedKeys(l.guide.answers) {
		if !reached[id] && l.guide.root != nil { // a tree that cannot be read has been reported
			l.answerPlace[id].Problemf("answer %q is unreachable: no branch of the tree leads to it", id)
		}
	}
	for _, alternative := range l.alternatives {
		if alternative.Exists() {
			l.linkUsed[alternative.String()] = true
			known(alternative, "link", alternative.String(), l.guide.links)
		}
	}
	l.checkPhrases()
	if l.guide.links[ContactLink] == nil && l.linkPlace != nil {
		l.report.Add(strictyaml.Problem{File: "links.yaml", Line: 1, Column: 1, Message: "link \"" + ContactLink + "\" is missing; every hand-over shows it"})
	}
	l.linkUsed[ContactLink] = true
	for _, key := range sortedKeys(l.linkPlace) {
		if !l.linkUsed[key] && !l.answersUnread {
			l.linkPlace[key].Problemf("link %q is used by no answer", key)
		}
	}
	l.checkVoiced()
}

// checkPhrases reports sentences that the code needs and content lacks, and the other way round.
func (l *loader) checkPhrases() {
	if l.phrasePlace == nil {
		return // the file itself has been reported
	}
	for _, id := range RequiredPhrases() {
		if _, ok := l.phrasePlace[id]; !ok {
			l.report.Add(strictyaml.Problem{File: "phrases.yaml", Line: 1, Column: 1, Message: fmt.Sprintf("phrase %q is missing", id)})
		}
	}
	for _, id := range sortedKeys(l.phrasePlace) {
		if !slices.Contains(RequiredPhrases(), id) {
			l.phrasePlace[id].Problemf("phrase %q is never shown%s", id, strictyaml.Suggest(id, RequiredPhrases()))
		}
	}
}

// checkVoiced reports statements of the source that no answer carries.
func (l *loader) checkVoiced() {
	voiced := map[string]bool{}
	for _, a := range l.guide.answers {
		for _, id := range a.Statements {
			voiced[id] = true
		}
	}
	for _, id := range sortedKeys(l.guide.statement) {
		excused := !l.guide.statement[id].NotCarried.IsZero()
		switch {
		case !voiced[id] && !excused && !l.answersUnread:
			l.statedAt[id].Problemf("statement %q is voiced by no answer; voice it or list it under not-carried with the reason", id)
		case voiced[id] && excused:
			l.statedAt[id].Problemf("statement %q is voiced by an answer, yet listed under not-carried", id)
		}
	}
}
