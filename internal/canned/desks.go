package canned

import (
	"io"
	"strings"
)

// macros are what Zendesk takes, one of them at a time, at /api/v2/macros.
type macros struct {
	Macros []macro `json:"macros"`
}

type macro struct {
	Title       string   `json:"title"` // "::" makes folders
	Description string   `json:"description"`
	Active      bool     `json:"active"`
	Actions     []action `json:"actions"`
}

type action struct {
	Field string `json:"field"`
	Value string `json:"value"`
}

func zendesk(answers []exported) macros {
	all := macros{Macros: []macro{}}
	for _, a := range answers {
		title := strings.ReplaceAll(a.Title, "::", ":")
		all.Macros = append(all.Macros, macro{
			Title: string(a.Language) + "::" + title, Description: a.ID, Active: true,
			Actions: []action{{Field: "comment_value_html", Value: a.HTML}},
		})
	}
	return all
}

// response is what Chatwoot takes at /api/v1/accounts/ID/canned_responses.
type response struct {
	ShortCode string `json:"short_code"` // unique
	Content   string `json:"content"`    // Markdown
}

func chatwoot(answers []exported) []response {
	all := []response{}
	for _, a := range answers {
		all = append(all, response{ShortCode: a.ID + "." + string(a.Language), Content: a.Markdown})
	}
	return all
}

// writeMarkdown writes one document with a chapter for each answer.
func writeMarkdown(w io.Writer, title string, answers []exported) error {
	var out strings.Builder
	out.WriteString("# " + escapeMarkdown(title) + "\n")
	for _, a := range answers {
		out.WriteString("\n## " + escapeMarkdown(a.Title) + "\n\n`" + a.ID + "` · " + string(a.Language) + "\n\n" + a.Markdown + "\n")
	}
	_, err := io.WriteString(w, out.String())
	return err
}
