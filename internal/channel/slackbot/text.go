package slackbot

import (
	"html"
	"regexp"
	"strings"
)

// angled is what Slack writes between < and >: people, channels, groups, everybody, links.
var angled = regexp.MustCompile(`<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>`)

// linkText is an address with its label in front of it, unless that says the same. Of what Slack itself took
// for an address, be it a password with a dot, it is what was typed.
func linkText(address, label string) string {
	_, typed, _ := strings.Cut(address, "://")
	switch {
	case label == "":
		return address
	case label == strings.TrimSuffix(typed, "/"), label == strings.TrimPrefix(address, "mailto:"), label == strings.TrimPrefix(address, "tel:"):
		return label
	case strings.Contains(address, label):
		return address
	}
	return label + " (" + address + ")"
}

// plainText is what a person typed: without the marks of Slack, and without the mentions that call the
// bot or anybody else.
func plainText(text string) string {
	text = angled.ReplaceAllStringFunc(text, func(found string) string {
		parts := angled.FindStringSubmatch(found)
		switch parts[1] {
		case "@", "!":
			return " "
		case "#":
			return "#" + first(parts[3], parts[2])
		}
		return linkText(parts[2], parts[3])
	})
	return strings.TrimSpace(html.UnescapeString(text))
}
