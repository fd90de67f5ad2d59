package canned

import (
	"strings"

	"passdesk/internal/chat"
	"passdesk/internal/guide"
)

// slackLayout writes mrkdwn. Asterisks make text bold only between blanks, which Japanese does not
// have, so Japanese headings are plain; addresses stand on a line of their own, because a link in
// angle brackets is one only when a program sends it, not when an agent pastes it.
func slackLayout(language guide.Language, marked func(string) string) layout {
	heading := func(text string) string {
		text = escapeSlack(inLine(text))
		if language == guide.Japanese || strings.Contains(text, "*") {
			return text
		}
		return "*" + text + "*"
	}
	title := heading
	if language == guide.Japanese {
		title = func(text string) string { return heading(marked(text)) }
	}
	return layout{
		between: "\n\n",
		paragraph: func(lines []string) string {
			return escapeSlack(strings.Join(lines, "\n"))
		},
		heading: title,
		part:    func(part chat.Part) string { return slackPart(part, heading) },
	}
}

func slackPart(part chat.Part, heading func(string) string) string {
	if len(part.Items) == 0 {
		return escapeSlack(inLine(part.Text))
	}
	var out strings.Builder
	out.WriteString(heading(part.Text))
	for i, item := range part.Items {
		out.WriteString("\n" + mark(part.Kind, i, "• ") + escapeSlack(inLine(item.Text+item.Note)))
		if item.URL != "" {
			out.WriteString("\n" + escapeSlack(item.URL))
		}
	}
	return out.String()
}

// escapeSlack escapes the three characters that mrkdwn wants escaped, and no others: with them
// nobody is called (<!channel>) and no link is made up.
func escapeSlack(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}
