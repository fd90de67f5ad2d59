package blocks

import "github.com/slack-go/slack"

// rich checks a line or a list. Slack names no limit for the texts in them, so they are held to that of a
// section.
func (c *checker) rich(at string, one slack.RichTextElement) {
	switch e := one.(type) {
	case *slack.RichTextSection:
		sum := 0
		for _, part := range e.Elements {
			sum += c.inline(at, part)
		}
		c.total += sum
		if len(e.Elements) == 0 || sum == 0 {
			c.fault("%s is empty", at)
		}
	case *slack.RichTextList:
		c.some(at+" items", len(e.Elements))
		for _, item := range e.Elements {
			c.rich(at, item)
		}
	default:
		c.fault("%s: %T is not known", at, one)
	}
}

// inline checks what stands in a line and returns how much of it is shown.
func (c *checker) inline(at string, one slack.RichTextSectionElement) int {
	switch e := one.(type) {
	case *slack.RichTextSectionTextElement:
		c.length(at+" text", e.Text, 1, mostSection)
		return c.size(e.Text)
	case *slack.RichTextSectionLinkElement:
		c.length(at+" link", e.URL, 1, mostURL)
		c.length(at+" link text", e.Text, 0, mostSection)
		if e.Text == "" {
			return c.size(e.URL) // which is then shown
		}
		return c.size(e.Text)
	case *slack.RichTextSectionUserElement:
		c.length(at+" user", e.UserID, 1, mostID)
		return c.size(e.UserID)
	}
	c.fault("%s: %T is not known", at, one)
	return 0
}
