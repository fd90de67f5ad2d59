package blocks

import (
	"slices"

	"github.com/slack-go/slack"
)

// menu checks what is chosen from. Only the menus of Slack's own things have no options.
func (c *checker) menu(at string, e *slack.SelectBlockElement) {
	switch e.Type {
	case slack.OptTypeStatic:
		c.fixed(at, e)
	case slack.OptTypeUser, slack.OptTypeConversations, slack.OptTypeChannels:
		if len(e.Options)+len(e.OptionGroups) > 0 || e.InitialOption != nil {
			c.fault("%s: %s has options", at, e.Type)
		}
	default:
		c.fault("%s: %q is not known", at, e.Type)
	}
}

// fixed checks a menu that says itself what there is, in groups or not.
func (c *checker) fixed(at string, e *slack.SelectBlockElement) {
	all := slices.Clone(e.Options)
	if len(e.OptionGroups) == 0 {
		c.options(at, e.Options, 1, mostOptions, true)
	} else if len(e.Options) > 0 {
		c.fault("%s: options beside groups", at)
	}
	c.most(at+" groups", len(e.OptionGroups), mostGroups)
	for _, group := range e.OptionGroups {
		c.plain(at+" group", group.Label, mostFace)
		c.options(at, group.Options, 1, mostOptions, true)
		all = append(all, group.Options...)
	}
	c.chosen(at, all, e.InitialOption)
}

// options checks what can be chosen. Only radio buttons and checkboxes take markup.
func (c *checker) options(at string, all []*slack.OptionBlockObject, least, most int, plain bool) {
	c.count(at+" options", len(all), least, most)
	for _, o := range all {
		if o == nil {
			c.fault("%s: an option is missing", at)
			continue
		}
		c.optionText(at+" option", o.Text, plain)
		if o.Description != nil {
			c.optionText(at+" description", o.Description, plain)
		}
		c.length(at+" option value", o.Value, 1, mostOptionValue)
		c.length(at+" option address", o.URL, 0, mostURL)
	}
}

func (c *checker) optionText(at string, t *slack.TextBlockObject, plain bool) {
	if plain {
		c.plain(at, t, mostFace)
	} else {
		c.text(at, t, mostFace)
	}
}

// chosen checks that what is chosen already can be chosen.
func (c *checker) chosen(at string, all []*slack.OptionBlockObject, chosen ...*slack.OptionBlockObject) {
	for _, one := range chosen {
		if one != nil && !slices.ContainsFunc(all, func(o *slack.OptionBlockObject) bool { return o != nil && o.Value == one.Value }) {
			c.fault("%s: %q is chosen and is no option", at, one.Value)
		}
	}
}

// confirm checks what is asked before something is done, if it is asked.
func (c *checker) confirm(at string, o *slack.ConfirmationBlockObject) {
	if o == nil {
		return
	}
	c.plain(at+" confirm title", o.Title, mostConfirmTitle)
	c.text(at+" confirm text", o.Text, mostConfirmText)
	c.plain(at+" confirm yes", o.Confirm, mostConfirmFace)
	c.plain(at+" confirm no", o.Deny, mostConfirmFace)
	c.style(at+" confirm", o.Style)
}
