package guide

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"passdesk/internal/strictyaml"
)

// Load reads and validates the content in fsys: tree.yaml, questions.yaml, phrases.yaml,
// links.yaml, source.yaml, wording.yaml, pages/*.yaml, answers/*.yaml and, if it is there, pictures.yaml. When anything is wrong the error is
// a *strictyaml.Error that lists every problem found, and no guide is returned.
func Load(fsys fs.FS) (*Guide, error) {
	l := &loader{fsys: fsys, report: &strictyaml.Report{}, guide: &Guide{
		slotIndex: map[string]*Slot{}, branches: map[string]*Node{},
		questions: map[string]*Question{}, answers: map[string]*Answer{}, phrases: map[string]Text{}, pages: map[string]map[string]Text{},
		links: map[string]*Link{}, sources: map[string]*Source{}, statement: map[string]*Statement{},
	}}
	l.loadTree()
	l.loadQuestions()
	l.loadPhrases()
	l.loadPages()
	l.loadLinks()
	l.loadSources()
	l.loadAnswers()
	l.loadPictures()
	l.checkReferences()
	l.checkWording()
	if err := l.report.Err(); err != nil {
		return nil, err
	}
	if l.checkOutcomes(); l.report.Err() != nil { // a proof needs a tree without holes
		return nil, l.report.Err()
	}
	var err error
	if l.guide.version, err = hashFiles(fsys, func(string) bool { return true }); err != nil {
		return nil, err
	}
	asks := func(name string) bool { return name == "tree.yaml" || name == "questions.yaml" }
	if l.guide.asking, err = hashFiles(fsys, asks); err != nil {
		return nil, err
	}
	for _, t := range l.texts {
		l.guide.texts = append(l.guide.texts, t.text)
	}
	for _, link := range l.guide.links {
		l.guide.texts = append(l.guide.texts, link.URL.Japanese, link.URL.English)
	}
	return l.guide, nil
}

// loader carries one run of Load. Each step goes on after problems, so that all are reported.
type loader struct {
	fsys   fs.FS
	report *strictyaml.Report
	guide  *Guide

	texts       []placedText                // every text, for the wording rules
	answerPlace map[string]strictyaml.Value // where each answer is written
	// answersUnread tells that some answers could not be read, so what misses them is not to blame.
	answersUnread bool
	linkPlace     map[string]strictyaml.Value
	phrasePlace   map[string]strictyaml.Value
	linkUsed      map[string]bool
	alternatives  []strictyaml.Value // keys named as alternative links
	branchPlace   map[string]strictyaml.Value
	branchUsed    map[string]bool
	placesSeen    int // by checkPath
	statedAt      map[string]strictyaml.Value
}

// placedText is a text with the place it stands at.
type placedText struct {
	language Language
	text     string
	place    strictyaml.Value
}

func (l *loader) read(name string) (strictyaml.Value, bool) {
	return strictyaml.Read(l.fsys, name, l.report)
}

// text reads a {ja: …, en: …} pair, both required, and remembers it for the wording rules.
func (l *loader) text(v strictyaml.Value) Text {
	fields := v.Fields(string(Japanese), string(English))
	read := func(language Language) string {
		field, ok := fields[string(language)]
		if !ok && v.IsMapping() {
			v.Problemf("text in language %q is missing", language)
		}
		s := field.String()
		if ok && s == "" {
			field.Problemf("text in language %q is empty", language)
		}
		l.texts = append(l.texts, placedText{language, s, field})
		return s
	}
	return Text{Japanese: read(Japanese), English: read(English)}
}

// textList reads a list of texts.
func (l *loader) textList(v strictyaml.Value) []Text {
	var texts []Text
	for _, item := range v.Items() {
		texts = append(texts, l.text(item))
	}
	return texts
}

// fact reads {slot: value}, one pair.
func (l *loader) fact(v strictyaml.Value) (Fact, bool) {
	entries := v.Entries()
	if len(entries) != 1 {
		v.Problemf("expected one fact, as {slot: value}")
		return Fact{}, false
	}
	f := Fact{Slot: entries[0].Key.String(), Value: entries[0].Value.String()}
	return f, l.declared(entries[0].Key, entries[0].Value, f)
}

// declared reports a slot or value that the tree file does not declare.
func (l *loader) declared(slotPlace, valuePlace strictyaml.Value, f Fact) bool {
	if l.unknownFact(slotPlace, f.Slot) {
		return false
	}
	slot := l.guide.slotIndex[f.Slot]
	if !slices.Contains(slot.Values, f.Value) {
		valuePlace.Problemf("fact %q has no value %q%s", f.Slot, f.Value, strictyaml.Suggest(f.Value, slot.Values))
		return false
	}
	return true
}

// unknownFact reports a slot that is not declared. It is silent if none is, for then the tree
// file has a problem of its own, which would drown in those.
func (l *loader) unknownFact(place strictyaml.Value, slot string) bool {
	if l.guide.slotIndex[slot] != nil {
		return false
	}
	if len(l.guide.slots) > 0 {
		place.Problemf("unknown fact %q%s", slot, strictyaml.Suggest(slot, sortedKeys(l.guide.slotIndex)))
	}
	return true
}

// files lists the YAML files in a directory, sorted.
func (l *loader) files(directory string) (names []string, ok bool) {
	entries, err := fs.ReadDir(l.fsys, directory)
	if err != nil {
		l.report.Add(strictyaml.Problem{File: directory, Message: "directory is missing"})
		return nil, false
	}
	for _, e := range entries {
		if !e.IsDir() && strings.HasSuffix(e.Name(), ".yaml") {
			names = append(names, path.Join(directory, e.Name()))
		}
	}
	return names, true
}

// hashFiles makes the content version out of every file's name and bytes.
func hashFiles(fsys fs.FS, counts func(name string) bool) (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".yaml") || !counts(name) {
			return err
		}
		file, err := fsys.Open(name)
		if err != nil {
			return err
		}
		defer file.Close() //nolint:errcheck // opened for reading only
		sum.Write([]byte(name + "\x00"))
		_, err = io.Copy(sum, file) // a file that Load does not read may be of any size
		return err
	})
	return hex.EncodeToString(sum.Sum(nil))[:12], err
}
