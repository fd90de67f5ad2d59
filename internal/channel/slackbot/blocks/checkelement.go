package blocks

import (
	"fmt"

	"github.com/slack-go/slack"
)

// element checks what can be pressed or filled in, and returns the id of its action, which every element
// has here: without one nobody knows what was pressed.
func (c *checker) element(at string, one slack.BlockElement) (action string) {
	at = fmt.Sprintf("%s %T", at, one)
	switch e := one.(type) {
	case *slack.ButtonBlockElement:
		action = e.ActionID
		c.button(at, e)
	case *slack.OverflowBlockElement:
		action = e.ActionID
		c.options(at, e.Options, leastOverflow, mostOverflow, true)
		c.confirm(at, e.Confirm)
	case *slack.SelectBlockElement:
		action = e.ActionID
		c.plainIfAny(at+" placeholder", e.Placeholder, mostPlaceholder)
		c.confirm(at, e.Confirm)
		c.menu(at, e)
	case *slack.CheckboxGroupsBlockElement:
		action = e.ActionID
		c.options(at, e.Options, 1, mostRadios, false)
		c.chosen(at, e.Options, e.InitialOptions...)
		c.confirm(at, e.Confirm)
	case *slack.RadioButtonsBlockElement:
		action = e.ActionID
		c.options(at, e.Options, 1, mostRadios, false)
		c.chosen(at, e.Options, e.InitialOption)
		c.confirm(at, e.Confirm)
	case *slack.PlainTextInputBlockElement:
		action = e.ActionID
		c.typed(at, e)
	default:
		c.fault("%s is not known", at)
		return ""
	}
	c.length(at+" action", action, 1, mostID)
	return action
}

// asking checks the element of a block that asks for something; it is not pressed.
func (c *checker) asking(at string, one slack.BlockElement) {
	switch one.(type) {
	case *slack.ButtonBlockElement, *slack.OverflowBlockElement:
		c.fault("%s: %T asks for nothing", at, one)
	default:
		c.element(at, one)
	}
}

// accessory checks what stands beside a text.
func (c *checker) accessory(at string, a *slack.Accessory) {
	switch {
	case a.ImageElement != nil:
		c.picture(at, a.ImageElement)
	case a.ButtonElement != nil:
		c.element(at, a.ButtonElement)
	case a.OverflowElement != nil:
		c.element(at, a.OverflowElement)
	case a.SelectElement != nil:
		c.element(at, a.SelectElement)
	case a.CheckboxGroupsBlockElement != nil:
		c.element(at, a.CheckboxGroupsBlockElement)
	case a.RadioButtonsElement != nil:
		c.element(at, a.RadioButtonsElement)
	case a.PlainTextInputElement != nil:
		c.element(at, a.PlainTextInputElement)
	default:
		c.fault("%s is not known", at)
	}
}

func (c *checker) picture(at string, e *slack.ImageBlockElement) {
	url := ""
	if e.ImageURL != nil {
		url = *e.ImageURL
	}
	c.image(at, url, e.AltText, e.SlackFile)
}

func (c *checker) button(at string, e *slack.ButtonBlockElement) {
	c.plain(at, e.Text, mostFace)
	c.length(at+" value", e.Value, 0, mostValue)
	c.length(at+" address", e.URL, 0, mostURL)
	c.length(at+" accessibility label", e.AccessibilityLabel, 0, mostFace)
	c.style(at, e.Style)
	c.confirm(at, e.Confirm)
}

func (c *checker) style(at string, s slack.Style) {
	if s != slack.StyleDefault && s != slack.StylePrimary && s != slack.StyleDanger {
		c.fault("%s: style %q is not known", at, s)
	}
}

func (c *checker) typed(at string, e *slack.PlainTextInputBlockElement) {
	c.plainIfAny(at+" placeholder", e.Placeholder, mostPlaceholder)
	c.length(at+" value", e.InitialValue, 0, mostTyped)
	c.count(at+" least length", e.MinLength, 0, mostTyped)
	c.count(at+" most length", e.MaxLength, 0, mostTyped)
	if e.MaxLength > 0 && e.MinLength > e.MaxLength {
		c.fault("%s: least length %d, most length %d", at, e.MinLength, e.MaxLength)
	}
}
