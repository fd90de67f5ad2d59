package canned

import (
	"html"
	"strings"

	"passdesk/internal/chat"
)

// htmlLayout has no attribute but the address of a link, so that it survives every editor.
func htmlLayout() layout {
	return layout{
		between: "\n",
		paragraph: func(lines []string) string {
			return "<p>" + strings.Join(escapeAll(lines), "</p>\n<p>") + "</p>"
		},
		heading: func(text string) string { return "<p><strong>" + html.EscapeString(text) + "</strong></p>" },
		part:    htmlPart,
	}
}

func escapeAll(lines []string) []string {
	escaped := make([]string, len(lines))
	for i, line := range lines {
		escaped[i] = html.EscapeString(line)
	}
	return escaped
}

func htmlPart(part chat.Part) string {
	if len(part.Items) == 0 {
		return "<p>" + html.EscapeString(part.Text) + "</p>"
	}
	list := "ul"
	if part.Kind == chat.Steps {
		list = "ol"
	}
	var out strings.Builder
	out.WriteString("<p><strong>" + html.EscapeString(part.Text) + "</strong></p>\n<" + list + ">\n")
	for _, item := range part.Items {
		out.WriteString("<li>" + htmlItem(item) + "</li>\n")
	}
	out.WriteString("</" + list + ">")
	return out.String()
}

func htmlItem(item chat.Item) string {
	text := html.EscapeString(item.Text)
	switch {
	case item.URL == "":
	case opens(item.URL):
		text = `<a href="` + html.EscapeString(item.URL) + `">` + text + "</a>"
	default:
		return text + html.EscapeString(item.Note+" "+item.URL)
	}
	return text + html.EscapeString(item.Note)
}
