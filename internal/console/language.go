package console

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/text/language"

	"passdesk/internal/guide"
)

// languageCookie remembers the language that an agent wants the console in. It is no secret.
const languageCookie = "passdesk-console-language"

// languageAge is for how long.
const languageAge = 365 * 24 * time.Hour

// languageOf is the language of the console: what was chosen, else what the browser asks for.
func languageOf(r *http.Request) guide.Language {
	if cookie, err := r.Cookie(languageCookie); err == nil {
		if chosen, ok := languageFrom(cookie.Value); ok {
			return chosen
		}
	}
	wanted, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil {
		wanted = nil
	}
	languages := guide.Languages() // the first is what is taken if nothing fits
	tags := make([]language.Tag, len(languages))
	for i, l := range languages {
		tags[i] = language.Make(string(l))
	}
	_, index, _ := language.NewMatcher(tags).Match(wanted...)
	return languages[index]
}

func languageFrom(text string) (guide.Language, bool) {
	for _, l := range guide.Languages() {
		if string(l) == text {
			return l, true
		}
	}
	return "", false
}

// switchLanguage remembers a language and goes back to where the agent was.
func (c *Console) switchLanguage(w http.ResponseWriter, r *http.Request, _ Agent) {
	if chosen, ok := languageFrom(r.PostFormValue("to")); ok {
		http.SetCookie(w, &http.Cookie{
			Name: languageCookie, Value: string(chosen), Path: homePath, MaxAge: int(languageAge.Seconds()),
			HttpOnly: true, Secure: c.options.Secure, SameSite: http.SameSiteLaxMode,
		})
	}
	http.Redirect(w, r, own(r.PostFormValue("back")), http.StatusSeeOther)
}

// own returns an address of the console, whatever was asked for: nobody is sent elsewhere.
func own(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(u.Path, homePath) || strings.Contains(address, `\`) {
		return homePath
	}
	return u.RequestURI()
}
