package canned

import (
	"strings"
	"testing"

	"passdesk/internal/chat"
	"passdesk/internal/guide"
)

// TestOpens: only a page or a mail may become a link.
func TestOpens(t *testing.T) {
	tests := map[string]bool{
		"https://example.com/a?b=c#d": true, "http://example.com": true, "mailto:help@example.com": true,
		"": false, "javascript:alert(1)": false, "JavaScript:alert(1)": false, "data:text/html,x": false, "//example.com": false, "https:": false,
		"mailto:": false, "ftp://example.com": false, "https://exa mple.com\n": false, "vbscript:x": false, "/help": false,
	}
	for address, want := range tests {
		if opens(address) != want {
			t.Errorf("opens(%q) = %t", address, !want)
		}
	}
}

// TestOddLinks: an address that does not open is text, and nothing of it is lost.
func TestOddLinks(t *testing.T) {
	part := chat.Part{Kind: chat.Links, Text: "Links", Items: []chat.Item{{Text: "Click", URL: "javascript:alert(1)", Note: " (now)"}}}
	marked := func(title string) string { return title }
	for _, format := range Formats() {
		got := layoutFor(format, guide.English, marked).part(part)
		if strings.Contains(got, "href") || strings.Contains(got, "](") || !strings.Contains(got, "javascript:alert(1)") || !strings.Contains(got, "Click (now)") {
			t.Errorf("%s: %q", format, got)
		}
	}
}

// TestMarkdownEscapes is a table of what CommonMark would take for markup.
func TestMarkdownEscapes(t *testing.T) {
	tests := map[string]string{
		"plain text, (really)!":    "plain text, (really)!",
		"*a* _b_ `c` ~d~ |e|":      `\*a\* \_b\_ \` + "`c\\`" + ` \~d\~ \|e\|`,
		"[a](b) ![c][d]":           `\[a\](b) !\[c\]\[d\]`,
		"<b> & &amp;":              `\<b\> \& \&amp;`,
		"# a # b":                  `\# a # b`,
		"1. a 2. b":                `1\. a 2. b`,
		"12) a":                    `12\) a`,
		"2026年":                    "2026年",
		"- a - b":                  `\- a - b`,
		"+ a":                      `\+ a`,
		"===":                      `\===`,
		": a":                      `\: a`,
		`\`:                        `\\`,
		"  # indented\n# broken\t": `\# indented # broken`,
		"":                         "",
	}
	for text, want := range tests {
		if got := escapeMarkdown(text); got != want {
			t.Errorf("escapeMarkdown(%q) = %q, want %q", text, got, want)
		}
	}
	if got, want := destination("https://e.com/a b(c)<d>\\e\x00*"), `https://e.com/a%20b%28c%29%3Cd%3E%5Ce%00*`; got != want {
		t.Errorf("destination = %q, want %q", got, want)
	}
}
