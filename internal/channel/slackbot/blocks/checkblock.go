package blocks

import (
	"fmt"

	"github.com/slack-go/slack"
)

func (c *checker) blocks(all []slack.Block, most int) {
	c.most("blocks", len(all), most)
	for i, one := range all {
		at := fmt.Sprintf("block %d", i)
		c.id(at, one.ID())
		c.block(at, one)
	}
}

func (c *checker) id(at, id string) {
	c.length(at+" id", id, 0, mostID)
	if id != "" && c.ids[id] {
		c.fault("%s: id %q is there twice", at, id)
	}
	c.ids[id] = true
}

// block checks one block. A kind that is not known is a fault, so that nobody forgets to add it.
func (c *checker) block(at string, one slack.Block) {
	switch b := one.(type) {
	case *slack.RichTextBlock:
		c.some(at+" elements", len(b.Elements))
		for _, e := range b.Elements {
			c.rich(at, e)
		}
	case *slack.HeaderBlock:
		c.plain(at, b.Text, mostHeader)
	case *slack.SectionBlock:
		c.section(at, b)
	case *slack.ContextBlock:
		c.context(at, b.ContextElements.Elements)
	case *slack.ImageBlock:
		c.image(at, b.ImageURL, b.AltText, b.SlackFile)
		c.plainIfAny(at+" title", b.Title, mostCaption)
	case *slack.ActionBlock:
		c.actions(at, b.Elements)
	case *slack.InputBlock:
		c.plain(at+" label", b.Label, mostLabeling)
		c.plainIfAny(at+" hint", b.Hint, mostLabeling)
		c.asking(at, b.Element)
	case *slack.MarkdownBlock:
		c.marked(at, b)
	case *slack.DividerBlock:
	default:
		c.fault("%s: %T is not known", at, one)
	}
}

func (c *checker) section(at string, b *slack.SectionBlock) {
	if b.Text != nil || len(b.Fields) == 0 {
		c.text(at, b.Text, mostSection)
	}
	c.most(at+" fields", len(b.Fields), mostFields)
	for _, field := range b.Fields {
		c.text(at+" field", field, mostField)
	}
	if b.Accessory != nil {
		c.accessory(at+" accessory", b.Accessory)
	}
}

func (c *checker) context(at string, all []slack.MixedElement) {
	c.count(at+" elements", len(all), 1, mostContext)
	for _, one := range all {
		switch e := one.(type) {
		case *slack.TextBlockObject:
			c.text(at, e, mostSection)
		case *slack.ImageBlockElement:
			c.picture(at, e)
		default:
			c.fault("%s: %T is not known", at, one)
		}
	}
}

// image checks a picture. It must have words, for those who do not see it.
func (c *checker) image(at, url, alt string, file *slack.SlackFileObject) {
	if file == nil {
		c.length(at+" address", url, 1, mostURL)
	}
	c.words(at+" alt", alt, mostAlt)
}

func (c *checker) actions(at string, all *slack.BlockElements) {
	if all == nil {
		c.fault("%s has no elements", at)
		return
	}
	c.count(at+" elements", len(all.ElementSet), 1, mostButtons)
	actions := map[string]bool{}
	for _, e := range all.ElementSet {
		action := c.element(at, e)
		if actions[action] {
			c.fault("%s: action %q is there twice", at, action)
		}
		actions[action] = true
	}
}

// marked checks a block of Markdown, which only messages have.
func (c *checker) marked(at string, b *slack.MarkdownBlock) {
	if c.view {
		c.fault("%s: %T is for messages", at, b)
	}
	c.words(at+" markdown", b.Text, mostMarkdown)
	c.markdown += len([]rune(b.Text))
	c.total += c.size(b.Text)
}

// text checks a text that may have markup.
func (c *checker) text(at string, t *slack.TextBlockObject, most int) {
	if t == nil {
		c.fault("%s has no text", at)
		return
	}
	if t.Type != slack.PlainTextType && t.Type != slack.MarkdownType {
		c.fault("%s: text of type %q", at, t.Type)
	}
	c.words(at+" text", t.Text, most)
	c.total += c.size(t.Text)
}

// plain checks a text in which nothing is markup.
func (c *checker) plain(at string, t *slack.TextBlockObject, most int) {
	c.text(at, t, most)
	if t != nil && t.Type != slack.PlainTextType {
		c.fault("%s: markup where none is taken", at)
	}
}

func (c *checker) plainIfAny(at string, t *slack.TextBlockObject, most int) {
	if t != nil {
		c.plain(at, t, most)
	}
}
