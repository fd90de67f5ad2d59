package canned_test

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/canned"
	"passdesk/internal/chat"
	"passdesk/internal/guide"
	"passdesk/internal/reply"
)

// nasty is content that looks like markup everywhere.
func nasty(t testing.TB) *guide.Guide {
	t.Helper()
	texts := []string{
		"<script>alert(1)</script> & <b>bold</b>", "[click](javascript:alert(1)) ![x](y)", "# heading", "1. one", "12) twelve", "- item", "+ plus",
		"a_b_c and _d_ ~e~ ~~f~~", "`code` ```fence", "> quote", "| a | b |", "&amp; &lt; &#x41;", `back\slash \* \`, "=== ---", "<!channel> <@U123>",
		"=1+1", "「“quotes”」'’", "-", "9", "a: b", "@cmd", "line one \nline two",
	}
	var samples []sample
	for i, text := range texts {
		samples = append(samples, sample{
			id: fmt.Sprint("nasty-", i), titleJA: text, titleEN: text, summary: text, step: text, caution: text,
			linkLabel: text, linkTo: "https://example.com/a_(b)_*c*?d=<e>&f=[g]#" + fmt.Sprint(i),
		})
	}
	return madeUp(t, samples, nil)
}

// sentences is what a customer reads in parts, in order, a line for each.
func sentences(parts []chat.Part) []string {
	var all []string
	for _, part := range parts {
		all = append(all, oneLine(part.Text))
		for _, item := range part.Items {
			all = append(all, oneLine(item.Text+item.Note))
			if item.URL != "" {
				all = append(all, item.URL)
			}
		}
	}
	return all
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// TestOneText: whatever the format, an agent pastes the sentences that the bot says, all of them,
// in their order, and as plain text to the byte.
func TestOneText(t *testing.T) {
	for name, g := range map[string]*guide.Guide{"shipped": content(), "nasty": nasty(t)} {
		l := canned.New(g, nil)
		for _, id := range l.IDs() {
			for _, language := range guide.Languages() {
				parts := reply.Guidance(g, id, language)
				for _, format := range canned.Formats() {
					o := canned.Options{Language: language, Format: format}
					m, err := l.Render(id, o)
					if err != nil {
						t.Fatalf("%s %s %s %s: %v", name, id, language, format, err)
					}
					sameText(t, fmt.Sprintf("%s %s %s %s", name, id, language, format), format, parts, m)
				}
			}
		}
	}
}

func sameText(t *testing.T, what string, format canned.Format, parts []chat.Part, m canned.Message) {
	t.Helper()
	var got []string
	switch format {
	case canned.Plain, canned.Mail:
		if plain := reply.Plain(parts); m.Body != plain {
			t.Errorf("%s: differs from what the bot says:\n%s", what, cmp.Diff(plain, m.Body))
		}
		return
	case canned.HTML:
		got = fromHTML(t, m.Body)
	case canned.Markdown:
		got = fromMarkdown(t, m.Body)
	case canned.Slack:
		got = fromSlack(m.Body)
	}
	if diff := cmp.Diff(sentences(parts), got); diff != "" {
		t.Errorf("%s: (-bot +paste):\n%s\n%s", what, diff, m.Body)
	}
	if m.Text != m.Body || m.Greeting+m.Closing+m.Subject != "" {
		t.Errorf("%s: a bare message has more than its body: %+v", what, m)
	}
}

var (
	htmlTag  = regexp.MustCompile(`<[^>]*>`)
	htmlLink = regexp.MustCompile(`^<li><a href="([^"]*)">(.*)</a>(.*)</li>$`)
	// htmlAllowed is all that may be between < and >.
	htmlAllowed = regexp.MustCompile(`^(</?(p|ol|ul|li|strong)>|</a>|<a href="(https?://|mailto:)[^"<>]*">)$`)
)

// fromHTML reads HTML as a browser does, as far as we write it; every element must be one we write,
// and be closed.
func fromHTML(t *testing.T, text string) []string {
	t.Helper()
	var all, open []string
	for _, tag := range htmlTag.FindAllString(text, -1) {
		if !htmlAllowed.MatchString(tag) {
			t.Errorf("%s must not be in HTML", tag)
		}
		name := strings.Trim(strings.Fields(tag)[0], "</>")
		if !strings.HasPrefix(tag, "</") {
			open = append(open, name)
		} else if len(open) == 0 || open[len(open)-1] != name {
			t.Fatalf("%s closes nothing in:\n%s", tag, text)
		} else {
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Errorf("%v is never closed", open)
	}
	text = strings.NewReplacer("</p>\n", "</p>\x00", "</li>\n", "</li>\x00", "<ol>\n", "<ol>\x00", "<ul>\n", "<ul>\x00", "</ol>\n", "</ol>\x00", "</ul>\n", "</ul>\x00").Replace(text)
	for _, line := range strings.Split(text, "\x00") {
		line = strings.ReplaceAll(line, "\n", " ")
		if link := htmlLink.FindStringSubmatch(line); link != nil {
			all = append(all, oneLine(html.UnescapeString(link[2]+link[3])), html.UnescapeString(link[1]))
		} else if line = oneLine(html.UnescapeString(htmlTag.ReplaceAllString(line, ""))); line != "" {
			all = append(all, line)
		}
	}
	return all
}

var (
	markdownLink   = regexp.MustCompile(`^\[(.*)\]\(([^()<>\\ ]*)\)(.*)$`)
	markdownEscape = regexp.MustCompile("\\\\([!-/:-@\\[-`{-~])")
	// markdownOpen is a mark without a backslash before it.
	markdownOpen = regexp.MustCompile("(^|[^\\\\])(\\\\\\\\)*[`*_<>\\[\\]~|&]")
	numbered     = regexp.MustCompile(`^([0-9]+)\. `)
)

// fromMarkdown reads what we write as a reader of CommonMark does. What is not escaped and no mark
// of ours is reported.
func fromMarkdown(t *testing.T, text string) []string {
	t.Helper()
	var all []string
	step := 0
	for _, line := range strings.Split(text, "\n") {
		line = strings.TrimPrefix(line, "### ")
		bold := strings.HasPrefix(line, "**") && strings.HasSuffix(line, "**")
		switch number := numbered.FindString(line); {
		case line == "":
			continue
		case bold:
			line, step = line[2:len(line)-2], 0
		case number != "":
			if step++; number != fmt.Sprintf("%d. ", step) {
				t.Errorf("%q should be step %d", line, step)
			}
			line = line[len(number):]
		default:
			line = strings.TrimPrefix(line, "- ")
		}
		address := ""
		if link := markdownLink.FindStringSubmatch(line); link != nil {
			line, address = link[1]+link[3], link[2]
		}
		if left := markdownOpen.FindString(line); left != "" {
			t.Errorf("mark %q is not escaped in %q", left, line)
		}
		all = append(all, oneLine(markdownEscape.ReplaceAllString(line, "$1")))
		if address != "" {
			all = append(all, strings.NewReplacer("%28", "(", "%29", ")", "%3C", "<", "%3E", ">").Replace(address))
		}
	}
	return all
}

// fromSlack reads mrkdwn.
func fromSlack(text string) []string {
	var all []string
	begins := true // a paragraph, where there is no mark
	for _, line := range strings.Split(text, "\n") {
		if item, ok := strings.CutPrefix(line, "• "); ok {
			line = item
		} else if !begins {
			line = numbered.ReplaceAllString(line, "")
		}
		begins = line == ""
		if inner, ok := strings.CutPrefix(line, "*"); ok && strings.HasSuffix(inner, "*") {
			line = strings.TrimSuffix(inner, "*")
		}
		if line = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(line); line != "" {
			all = append(all, oneLine(line))
		}
	}
	return all
}

// TestSlackIsNotBoldInJapanese: asterisks would be shown as such.
func TestSlackIsNotBoldInJapanese(t *testing.T) {
	l := canned.New(content(), nil)
	for _, id := range l.IDs() {
		ja, err := l.Render(id, canned.Options{Language: guide.Japanese, Format: canned.Slack})
		if err != nil || strings.Contains(ja.Text, "*") {
			t.Errorf("%s: %v, asterisks in %q", id, err, ja.Text)
		}
		en, err := l.Render(id, canned.Options{Language: guide.English, Format: canned.Slack})
		if heading := "*" + content().Phrase(guide.PhraseHeadingSteps).English + "*"; err != nil || !slices.Contains(strings.Split(en.Text, "\n"), heading) {
			t.Errorf("%s: %v, no %s in %q", id, err, heading, en.Text)
		}
	}
}
