package webchat

import (
	"errors"
	"net/http"
	"os"
	"strconv"
	"strings"

	"passdesk/internal/chat"
)

// form is what a customer sent: where they stood, and what they did there.
type form struct {
	page     string // tells one showing of a page from another
	token    string // for a conversation that has not begun
	in       string // the language of the page
	language string // the language they asked for, if the conversation is not in it yet
	done     string // what they did, to tell it from anything else they may do there
	note     string // id of what to tell them instead of sending the message, or ""
	message  chat.Message
}

// maxPage is the longest id of a page, in bytes.
const maxPage = 64

// readForm reads what was sent, or says why it cannot be read.
func (s *site) readForm(w http.ResponseWriter, r *http.Request) (form, *refusal) {
	r.Body = http.MaxBytesReader(w, r.Body, s.options.BodyLimit)
	err := r.ParseForm()
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return form{}, &tooLarge
	case errors.Is(err, os.ErrDeadlineExceeded):
		return form{}, &late
	case err != nil:
		return form{}, &unreadable
	}
	value := func(name string) string { return strings.ToValidUTF8(r.PostForm.Get(name), "\uFFFD") }
	f := form{page: value("id"), token: value("token"), in: value("in"), language: value("lang")}
	if !isPageID(f.page) {
		return f, &unreadable
	}
	if !isLanguage(f.in) {
		f.in = accepted(r.Header)
	}
	if !isLanguage(f.language) {
		f.language = ""
	}
	f.message.Language, f.message.Locale = f.language, f.in
	given := 0
	for name, read := range s.actions() {
		if r.PostForm.Has(name) {
			given++
			f.done = name + "\x00" + value(name)
			read(&f, value(name))
		}
	}
	if given != 1 {
		return f, &unreadable
	}
	return f, nil
}

// actions are what a form can ask for, by the name of its field.
func (s *site) actions() map[string]func(f *form, value string) {
	return map[string]func(*form, string){
		"say": func(f *form, value string) {
			if f.message.Text = chat.Raw(value); strings.TrimSpace(value) == "" {
				f.note = noteEmpty
			}
		},
		"choose": func(f *form, value string) {
			fact, stated, _ := strings.Cut(value, ":")
			f.message.Choose = &chat.Choose{Fact: fact, Value: stated}
		},
		"change": func(f *form, value string) {
			if f.message.Change = value; value == "" {
				f.note = noteStale
			}
		},
		"command": func(f *form, value string) {
			if f.message.Command = chat.Command(value); value == "" {
				f.note = noteStale
			}
		},
		"solved": s.readSolved,
		"speak": func(f *form, value string) {
			if !isLanguage(value) {
				f.note = noteStale
				return
			}
			f.message.Language = value
			f.message.Text = chat.Raw(s.options.Words(otherThan(value))["switch-language"]) // says its name
		},
	}
}

// readSolved reads whether an answer helped: its turn, and yes or no. Wherever it is pressed again,
// it is the same message.
func (s *site) readSolved(f *form, value string) {
	turn, word, _ := strings.Cut(value, ".")
	sequence, err := strconv.ParseUint(turn, 10, 63)
	if err != nil || word != "yes" && word != "no" {
		f.note = noteStale
		return
	}
	f.page = "solved." + strconv.FormatUint(sequence, 10)
	f.message.Solved = &chat.Solved{Turn: int64(sequence), Helped: word == "yes"}
	f.message.Text = chat.Raw(s.options.Words(f.in)[word])
}

// isPageID reports whether a text can be the id of a page.
func isPageID(id string) bool {
	return id != "" && len(id) <= maxPage && strings.Trim(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == ""
}
