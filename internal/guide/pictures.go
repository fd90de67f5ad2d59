package guide

import (
	"errors"
	"io/fs"
	"slices"
	"strconv"

	"passdesk/internal/strictyaml"
)

// Picture is what a window looks like. The drawing itself is made by package picture.
type Picture struct {
	ID          string
	Kind        string          // which window is drawn
	Title       Text            // short: it names what the picture is a choice of
	Description Text            // the distinguishing marks, for whoever does not see the drawing
	Strings     map[string]Text // the words inside the drawing, those that its kind has
	Shows       Fact            // the value that the picture stands for, the zero Fact for none
	Steps       []PictureStep   // of answers, at which it is shown
}

// PictureStep is a step of an answer, counted from 1.
type PictureStep struct {
	Answer string
	Step   int
}

// PictureKinds lists the windows that can be drawn, and the ids of the words inside each. Load
// demands exactly these words.
func PictureKinds() map[string][]string {
	return map[string][]string{
		"mac-box":         {"line-1", "line-2", "line-3", "username", "password", "cancel", "ok"},
		"app-login":       {"title", "username", "password", "log-in"},
		"web-login":       {"email", "password", "log-in", "first-time", "forgot"}, // forgot is ringed
		"web-login-first": {"email", "password", "log-in", "first-time", "forgot"}, // first-time is
		"netupdate-email": {"title", "says", "email", "password", "cancel", "ok"},
	}
}

// Pictures returns every picture in the order of the file.
func (g *Guide) Pictures() []*Picture { return slices.Clone(g.pictures) }

// Picture returns a picture by id, nil if there is none.
func (g *Guide) Picture(id string) *Picture {
	return g.findPicture(func(p *Picture) bool { return p.ID == id })
}

// PictureOf returns the picture that stands for a fact, nil if there is none.
func (g *Guide) PictureOf(f Fact) *Picture {
	return g.findPicture(func(p *Picture) bool { return p.Shows == f && f != Fact{} })
}

// PictureAt returns the picture that is shown at a step of an answer, nil if there is none. Steps are
// counted from 1.
func (g *Guide) PictureAt(answer string, step int) *Picture {
	return g.findPicture(func(p *Picture) bool { return slices.Contains(p.Steps, PictureStep{answer, step}) })
}

// findPicture goes through all of them: there are as many as there are kinds of windows, a handful.
func (g *Guide) findPicture(is func(*Picture) bool) *Picture {
	if at := slices.IndexFunc(g.pictures, is); at >= 0 {
		return g.pictures[at]
	}
	return nil
}

// loadPictures reads pictures.yaml. Content without it is sound: all that pictures say is said in
// words too.
func (l *loader) loadPictures() {
	const name = "pictures.yaml"
	if _, err := fs.Stat(l.fsys, name); errors.Is(err, fs.ErrNotExist) {
		return
	}
	file, ok := l.read(name)
	if !ok {
		return
	}
	for _, e := range file.Entries() {
		if p, ok := l.picture(e); ok {
			l.guide.pictures = append(l.guide.pictures, p)
		}
	}
}

func (l *loader) picture(e strictyaml.Entry) (*Picture, bool) {
	fields := e.Value.Fields("kind", "title", "description", "strings", "shows", "steps")
	whole := true
	for _, required := range []string{"kind", "title", "description", "strings"} {
		if !fields[required].Exists() {
			whole = false
			e.Value.Problemf("%q is missing for picture %q", required, e.Key.String())
		}
	}
	if !whole {
		return nil, false
	}
	p := &Picture{
		ID: e.Key.String(), Kind: fields["kind"].String(),
		Title: l.text(fields["title"]), Description: l.text(fields["description"]),
	}
	l.pictureStrings(p, fields)
	if fields["shows"].Exists() {
		l.pictureShows(p, fields["shows"])
	}
	for _, item := range fields["steps"].Items() {
		l.pictureStep(p, item)
	}
	return p, true
}

// pictureShows reads the value that a picture stands for, which no other may.
func (l *loader) pictureShows(p *Picture, v strictyaml.Value) {
	shows, ok := l.fact(v)
	if !ok {
		return
	}
	if other := l.guide.PictureOf(shows); other != nil {
		v.Problemf("%s %q is shown by picture %q already", shows.Slot, shows.Value, other.ID)
	}
	p.Shows = shows
}

// pictureStrings reads the words that the kind of a picture has.
func (l *loader) pictureStrings(p *Picture, fields map[string]strictyaml.Value) {
	kinds := PictureKinds()
	ids, ok := kinds[p.Kind]
	if !ok {
		fields["kind"].Problemf("unknown kind of picture %q%s", p.Kind, strictyaml.Suggest(p.Kind, sortedKeys(kinds)))
		return
	}
	p.Strings = map[string]Text{}
	words := fields["strings"].Fields(ids...)
	for _, id := range ids {
		if word, ok := words[id]; ok {
			p.Strings[id] = l.text(word)
		} else if fields["strings"].IsMapping() {
			fields["strings"].Problemf("word %q is missing in picture %q", id, p.ID)
		}
	}
}

// pictureStep reads {answer: id, step: number}.
func (l *loader) pictureStep(p *Picture, v strictyaml.Value) {
	fields := v.Fields("answer", "step")
	for _, required := range []string{"answer", "step"} {
		if !fields[required].Exists() && v.IsMapping() {
			v.Problemf("%q is missing for a step of picture %q", required, p.ID)
		}
	}
	if !fields["answer"].Exists() || !fields["step"].Exists() {
		return
	}
	id := fields["answer"].String()
	if !l.answersUnread {
		known(fields["answer"], "answer", id, l.guide.answers)
	}
	step, err := strconv.Atoi(fields["step"].String())
	if answer := l.guide.answers[id]; err != nil || step < 1 || answer != nil && step > len(answer.Steps) {
		fields["step"].Problemf("answer %q has no step %q", id, fields["step"].String())
		return
	}
	s := PictureStep{Answer: id, Step: step}
	if other := l.guide.PictureAt(s.Answer, s.Step); other != nil || slices.Contains(p.Steps, s) {
		v.Problemf("step %d of answer %q has a picture already", step, id)
		return
	}
	p.Steps = append(p.Steps, s)
}
