// Package picture draws the windows that ask for a password as SVG.
// It exists so that customers choose by what they see, not by names of products they do not know;
// the drawings are our own, in both languages from one template for each kind of window.
package picture

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"strings"
	"unicode/utf8"

	"passdesk/internal/guide"
)

//go:embed templates/*.svg
var templates embed.FS

//go:embed style.css
var style string

// Style is the CSS that colours every drawing: light, dark, and with the colours of the system where
// those are forced. Without it drawings are black shapes.
func Style() string { return style }

// drawing is what the templates see.
type drawing struct {
	Prefix, Language   string
	Title, Description string
	Words              map[string]string
}

// Artist draws. It may be used by many at once.
type Artist struct{ kinds *template.Template }

// New returns an artist who knows every kind of window.
func New() (*Artist, error) {
	kinds, err := template.ParseFS(templates, "templates/*.svg")
	if err != nil {
		return nil, fmt.Errorf("read templates of pictures: %w", err)
	}
	return &Artist{kinds}, nil
}

// SVG draws a picture: an element that can stand in any page which has Style. The ids in it begin with
// the prefix, so that a page can show several drawings, and none of its words is markup.
func (a *Artist) SVG(p *guide.Picture, language guide.Language, prefix string) (string, error) {
	if _, ok := guide.PictureKinds()[p.Kind]; !ok {
		return "", fmt.Errorf("draw picture %s: unknown kind %q", p.ID, p.Kind)
	}
	d := drawing{
		Prefix: clean(prefix), Language: string(language), Words: map[string]string{},
		Title: clean(p.Title.In(language)), Description: clean(p.Description.In(language)),
	}
	for id, text := range p.Strings {
		d.Words[id] = clean(text.In(language))
	}
	var b strings.Builder
	if err := a.kinds.ExecuteTemplate(&b, p.Kind+".svg", d); err != nil {
		return "", fmt.Errorf("draw picture %s: %w", p.ID, err)
	}
	return strings.TrimSpace(b.String()), nil
}

// clean replaces what XML cannot hold even when it is escaped.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t', r == '\n', r == '\r':
			return ' '
		case r < 0x20, r == 0xFFFE, r == 0xFFFF:
			return utf8.RuneError
		}
		return r
	}, s)
}

// FilePrefix is the prefix of the drawings that are kept as PNG files.
const FilePrefix = "picture-"

// Sums lists a sum over each drawing and its colours, in both languages: one line for each PNG file,
// which is out of date when its line has changed.
func (a *Artist) Sums(pictures []*guide.Picture) (string, error) {
	var b strings.Builder
	for _, p := range pictures {
		for _, language := range guide.Languages() {
			svg, err := a.SVG(p, language, FilePrefix)
			if err != nil {
				return "", err
			}
			sum := sha256.Sum256([]byte(svg + "\n" + style))
			fmt.Fprintf(&b, "%s  %s\n", hex.EncodeToString(sum[:]), FileName(p, language))
		}
	}
	return b.String(), nil
}

// FileName is the name of a drawing's PNG file.
func FileName(p *guide.Picture, language guide.Language) string {
	return p.ID + "." + string(language) + ".png"
}
