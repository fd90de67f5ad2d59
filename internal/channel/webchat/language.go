package webchat

import (
	"net/http"
	"slices"

	"golang.org/x/text/language"
)

// The languages of the pages. The first one is for customers of whom nothing else is known: it is the
// one that most of them write.
const (
	japanese = "ja"
	english  = "en"
)

func languages() []string { return []string{japanese, english} }

// isLanguage reports whether pages can be in a language.
func isLanguage(code string) bool { return slices.Contains(languages(), code) }

// otherThan is the other language.
func otherThan(code string) string {
	if code == japanese {
		return english
	}
	return japanese
}

// maxAccepted is how much of a header Accept-Language is read, in bytes.
const maxAccepted = 1000

// accepted is the language that suits a browser best. One that asks for none of ours gets the first.
func accepted(h http.Header) string {
	header := h.Get("Accept-Language")
	wanted, _, err := language.ParseAcceptLanguage(header[:min(len(header), maxAccepted)])
	if err != nil {
		return japanese
	}
	// The tag that comes back may be one that we never named, as ja-u-rg-jpzzzz; the index is ours.
	_, index, confidence := language.NewMatcher([]language.Tag{language.Japanese, language.English}).Match(wanted...)
	if confidence == language.No {
		return japanese
	}
	return languages()[index]
}

// asked is the language that the address of a page asks for, or "".
func asked(r *http.Request) string {
	if code := r.URL.Query().Get("lang"); isLanguage(code) {
		return code
	}
	return ""
}

// languageOf is the language of a page about which nothing but the request is known: the one that
// was asked for, that of the site around it, or that of the browser.
func languageOf(r *http.Request) string {
	if code := asked(r); code != "" {
		return code
	}
	if code := r.URL.Query().Get("locale"); isLanguage(code) {
		return code
	}
	return accepted(r.Header)
}
