package webchat

import (
	"html/template"

	"passdesk/internal/chat"
)

// chatPage is the page of the chat.
type chatPage struct {
	page
	Path         string // of the chat
	Turn, Latest int64  // shown, and kept
	Begun        bool   // there is a conversation
	Token        string // for a conversation that has not begun
	ID           string // of this showing of the page
	Pending      string // language asked for that the conversation is not in yet, or ""
	Log          []entry
	Links        *part // of the last answer
	Now          now
	SoFar        []chat.SoFar
	Live         bool // a person is there
	Listen       bool // to a stream of new turns
}

// now is what the customer can do next.
type now struct {
	Language string // of the question and the choices
	Question string // "" if none is put
	Solved   int64  // turn of the answer that may have helped, 0 if there is none
	Choices  []choice
	Cards    bool // some of the choices have pictures
	All      string
	Commands []chat.Button
	Waiting  bool // a person has been asked for and may come
}

// choice is a button that states a fact.
type choice struct {
	chat.Choice
	Picture *drawing
}

// entry is one piece of the transcript. Its id stays the same for as long as the conversation goes on.
type entry struct {
	ID       string
	Kind     string // "said", "agent", "bot", "question", "links", "note"
	Language string // "" if it is not known
	Text     string // of "said", "agent", "question" and "note"
	Who      string // the agent's name, "" if it is not known
	Note     string // id of the words of a note
	Answer   bool   // holds guidance
	Parts    []part
}

// part is one piece of what the desk says.
type part struct {
	Kind  string // "paragraph", "summary", "steps", "cautions", "links"
	Text  string
	Items []item
}

type item struct {
	Text, URL, Note string
	Picture         *drawing
}

// drawing is a picture and what it shows in words.
type drawing struct {
	SVG                         template.HTML
	Title, Description, Caption string
	ID                          string // prefix of the ids in it
}

func (s *site) drawing(id, language, prefix string) *drawing {
	if id == "" {
		return nil
	}
	svg, title, description, caption, ok := s.options.Picture(id, language, prefix)
	if !ok {
		return nil
	}
	return &drawing{SVG: svg, Title: title, Description: description, Caption: caption, ID: prefix}
}

// kindOf is the kind of a part as the pages name it.
func kindOf(kind chat.PartKind) string {
	switch kind {
	case chat.Summary:
		return "summary"
	case chat.Steps:
		return "steps"
	case chat.Cautions:
		return "cautions"
	case chat.Links:
		return "links"
	case chat.Question:
		return "question"
	}
	return "paragraph"
}

// part makes a part of a reply ready to be shown. The prefix is for ids in pictures.
func (s *site) part(from chat.Part, language, prefix string) part {
	p := part{Kind: kindOf(from.Kind), Text: from.Text}
	for i, it := range from.Items {
		p.Items = append(p.Items, item{Text: it.Text, URL: it.URL, Note: it.Note, Picture: s.drawing(it.Picture, language, prefix+letter(i))})
	}
	return p
}

// letter tells the members of a list apart in ids.
func letter(i int) string { return string(rune('a'+i%26)) + "-" }

// framed is an entry with the page around it, whose words it needs.
type framed struct {
	Page  page
	Entry entry
}

// With puts an entry into its page.
func (p page) With(e entry) framed { return framed{p, e} }
