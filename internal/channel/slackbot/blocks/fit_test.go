package blocks_test

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"passdesk/internal/channel/slackbot/blocks"
	"passdesk/internal/channel/slackbot/fakeslack"
	"passdesk/internal/chat"
	"passdesk/internal/guide"
)

// TestLongTexts: what is said is shown up to some 11,000 characters, in order, and nothing is torn within a
// character or a link.
func TestLongTexts(t *testing.T) {
	w := words(t, guide.Japanese)
	link := "https://a.example/" + strings.Repeat("p", 97)
	for name, test := range map[string]struct {
		said  string
		whole *regexp.Regexp // what each piece consists of
		least int            // characters that are shown
	}{
		"Japanese":      {strings.Repeat("あ", 40_000), regexp.MustCompile(`^あ+$`), 10_000},
		"sentences":     {strings.Repeat("パスワードです。", 5000), regexp.MustCompile(`^(パスワードです。)+[^。]*$`), 10_000},
		"words":         {strings.Repeat("word ", 8000), regexp.MustCompile(`^(word ?)+$`), 10_000},
		"paragraphs":    {strings.Repeat("長い文章です。\n\n", 5000), regexp.MustCompile(`^(長い文章です。\s*)+[^。]*$`), 8000},
		"families":      {strings.Repeat("👨‍👩‍👧", 4000), regexp.MustCompile(`^(👨‍👩‍👧)+$`), 5000},
		"marks":         {strings.Repeat("&", 40_000), regexp.MustCompile(`^&+$`), 2000},
		"links":         {strings.Repeat(link+" ", 400), regexp.MustCompile(`^(` + link + ` ?)+$`), 10_000},
		"links and ja":  {strings.Repeat(link+"を開く", 400), regexp.MustCompile(`^(` + link + `を?開?く?|を?開?く?)+$`), 10_000},
		"no real link":  {"https://" + strings.Repeat("p", 40_000), regexp.MustCompile(`^[a-z:/]+$`), 10_000},
		"endless marks": {strings.Repeat("e"+strings.Repeat("\u0301", 4000), 10), regexp.MustCompile(`^$`), 0},
	} {
		pieces := lines(blocks.Relayed(test.said, w))[1:]
		shown := strings.Join(pieces, "")
		if last := pieces[len(pieces)-1]; !strings.HasSuffix(last, "…") || len([]rune(shown)) < test.least {
			t.Errorf("%s: %d characters are shown, and end with %.100q", name, len([]rune(shown)), last[max(0, len(last)-100):])
		}
		if !strings.HasPrefix(bare(test.said), strings.TrimSuffix(bare(shown), "…")) && test.least > 0 {
			t.Errorf("%s: something else is shown than was said", name)
		}
		for _, piece := range pieces {
			if piece = strings.TrimSuffix(piece, "…"); piece != "" && !test.whole.MatchString(piece) {
				t.Errorf("%s: torn: …%s", name, piece[max(0, len(piece)-200):])
			}
		}
	}
}

// TestSplit: a text is divided between paragraphs where it can be, and all of it is shown.
func TestSplit(t *testing.T) {
	one := strings.Repeat("字", 1400)
	said := strings.Join([]string{one, one, one, one}, "\n\n")
	pieces := lines(blocks.Relayed(said, words(t, guide.Japanese)))[1:]
	if len(pieces) != 2 || pieces[0] != one+"\n\n"+one || pieces[1] != pieces[0] {
		t.Errorf("%d pieces", len(pieces))
	}
	said = "見出し\n\n" + strings.Repeat("字", 5000) // a short piece is not worth a block
	if pieces = lines(blocks.Note(said)); len(pieces) != 2 || bare(strings.Join(pieces, "")) != bare(said) {
		t.Errorf("%d pieces", len(pieces))
	}
}

// TestEverythingIsTooLong: a reply, an answer or a card that is far too long keeps its buttons and the line
// that says whose it is, and says that something is left out.
func TestEverythingIsTooLong(t *testing.T) {
	w := words(t, guide.English)
	for name, parts := range map[string][]chat.Part{
		"long": {{Kind: chat.Summary, Text: "short"}, {Text: strings.Repeat("字", 40_000)}}, "many": times(200, chat.Part{Text: "x"}),
		"list": {{Kind: chat.Steps, Text: "x", Items: times(200, chat.Item{Text: strings.Repeat("<", 4000)})}},
		"links": {{Kind: chat.Links, Text: "x", Items: []chat.Item{
			{Text: strings.Repeat("字", 4000), Note: strings.Repeat("字", 4000), URL: "https://a.example"}, {Text: "x", URL: "https://a.example/" + strings.Repeat("p", 3000)},
			{Text: strings.Repeat("字", 4000), URL: "https://a.example"}, {Text: strings.Repeat("字", 4000), URL: "https://a.example"}, {Text: strings.Repeat("字", 4000), URL: "https://a.example"}, {Text: strings.Repeat("字", 4000), URL: "https://a.example"}, {Text: strings.Repeat("字", 4000), URL: "https://a.example"}, {Text: strings.Repeat("字", 4000), URL: "https://a.example"},
		}}},
	} {
		r := chat.Reply{Text: "x", Parts: parts, Answer: "a", Language: "en", Commands: []chat.Button{{Command: chat.Back, Label: "Back"}}}
		m := blocks.Reply(r, 1, w, nil)
		taken(t, name, m)
		if text := textOf(m.Blocks...); !strings.Contains(text, "…") || !strings.HasSuffix(text, w["solved-yes"]+w["solved-no"]+"Back"+w["speak-other"]) {
			t.Errorf("%s: the reply ends with %q", name, text[max(0, len(text)-100):])
		}
		m = blocks.Canned(blocks.Posted{Parts: parts, Agent: "U1"}, w, nil)
		taken(t, name+" canned", m)
		if text := textOf(m.Blocks...); !strings.HasSuffix(text, "…"+w["sent-by"]+w["colon"]) {
			t.Errorf("%s: the answer ends with %q", name, text[max(0, len(text)-100):])
		}
		m = blocks.Settled(r, "yes", "U1", w, nil)
		taken(t, name+" settled", m)
		if text := textOf(m.Blocks...); !strings.HasSuffix(text, "…"+w["chosen"]+w["colon"]+"yes ()") {
			t.Errorf("%s: what is settled ends with %q", name, text[max(0, len(text)-100):])
		}
	}
}

// TestChoicesStay: however long a question is, and whatever is in it, its choices stand in the text.
func TestChoicesStay(t *testing.T) {
	r := chat.Reply{Text: strings.Repeat("<長い質問> ", 2000), Language: "ja", Ask: "prompt"}
	for range 9 {
		r.Choices = append(r.Choices, chat.Choice{Fact: "prompt", Value: "vpn", Short: "VPN", Label: "VPN & パスワード"})
	}
	m := blocks.Reply(r, 1, words(t, guide.Japanese), nil)
	if !strings.HasSuffix(m.Text, "\n9. VPN &amp; パスワード") || !strings.Contains(m.Text, "…\n1. ") {
		t.Errorf("the text ends with %q", m.Text[len(m.Text)-100:])
	}
	for i := range r.Choices {
		r.Choices[i].Label = strings.Repeat("&", 500)
	}
	r.Choices = append(r.Choices, r.Choices...)
	r.Choices = append(r.Choices, r.Choices...)
	m = blocks.Reply(r, 1, words(t, guide.Japanese), nil)
	taken(t, "many choices", m)
	for i := range r.Choices {
		if !strings.Contains(m.Text, "\n"+strconv.Itoa(i+1)+". &amp;") {
			t.Errorf("choice %d of %d is not in the text", i+1, len(r.Choices))
		}
	}
}

// TestNothingEmpty: what says nothing is left out, numbers go on, and the rest is taken.
func TestNothingEmpty(t *testing.T) {
	w := words(t, guide.English)
	r := chat.Reply{Text: "x", Ask: "a", Choices: []chat.Choice{{Fact: "f", Value: "v", Label: "only long"}, {Fact: "f", Value: "none"}}, Parts: []chat.Part{
		{Kind: chat.Steps}, {Kind: chat.Steps, Items: []chat.Item{{Text: ""}, {Text: "one", Picture: "p"}, {Text: " "}, {Text: "two"}}}, {Kind: chat.Summary}, {Text: "\n"},
		{Kind: chat.Links, Text: "More", Items: []chat.Item{{Text: "", URL: "https://a.example"}, {Text: "no address", URL: " "}}},
	}}
	m := blocks.Reply(r, 1, w, pictures)
	taken(t, "reply", m)
	if text := textOf(m.Blocks...); text != "onetwoMoreno addressonly long" {
		t.Errorf("the reply shows %q", text)
	}
	if !strings.Contains(marshal(t, m.Blocks), `"offset":1`) {
		t.Errorf("the numbers are wrong: %s", marshal(t, m.Blocks))
	}
	taken(t, "no words", blocks.Reply(chat.Reply{Answer: "a", Language: "en", Commands: []chat.Button{{Command: chat.Back}}}, 1, nil, nil))
	taken(t, "no name", blocks.Agent("", "", w))
	taken(t, "nothing", blocks.Note(""))
	taken(t, "results", blocks.Results("", []blocks.Hit{{ID: "a", Title: "t"}, {ID: "b"}}, w))
	taken(t, "many results", blocks.Results("x", times(60, blocks.Hit{ID: "a", Title: "t", Summary: "s"}), w))
	taken(t, "no words for a card", blocks.HandOver(blocks.Card{Facts: []string{"", "x"}}, nil))
}

// TestPicturesStay: a picture that Slack would refuse is left out, and the steps are there.
func TestPicturesStay(t *testing.T) {
	r := chat.Reply{Text: "x", Parts: []chat.Part{{Kind: chat.Steps, Text: "Do", Items: []chat.Item{{Text: "this", Picture: "p"}, {Text: "that"}}}}}
	for name, test := range map[string]struct {
		url, alt string
		images   int
	}{
		"fine": {"https://a.example/p.png", "a drawing", 1}, "long alt": {"https://a.example/p.png", x(3000), 1},
		"no alt": {"https://a.example/p.png", "", 0}, "no address": {"", "a drawing", 0}, "long address": {address(3001), "a drawing", 0},
	} {
		m := blocks.Reply(r, 1, words(t, guide.English), func(string) (string, string, bool) { return test.url, test.alt, true })
		taken(t, name, m)
		if images := strings.Count(marshal(t, m.Blocks), `"type":"image"`); images != test.images || !strings.Contains(textOf(m.Blocks...), "thisthat") {
			t.Errorf("%s: %d images, %q", name, images, textOf(m.Blocks...))
		}
	}
}

// reporter is a test or what stands for one.
type reporter interface {
	Helper()
	Errorf(format string, values ...any)
	Fatal(values ...any)
}

// accepted reports whether our check and the fake Slack both take a message.
func accepted(t reporter, m blocks.Message) bool {
	t.Helper()
	err, faults := blocks.Check(m), fakeslack.CheckMessage(json.RawMessage(marshal(t, m.Blocks)), m.Text)
	if err != nil || len(faults) > 0 {
		t.Errorf("we say %v, Slack %q", err, faults)
	}
	return err == nil && len(faults) == 0
}

// textOf is what blocks show, of all that this package makes, without what Slack puts there for ids.
func textOf(all ...slack.Block) string {
	var b strings.Builder
	for _, one := range all {
		switch one := one.(type) {
		case *slack.RichTextBlock:
			for _, e := range one.Elements {
				b.WriteString(lineOf(e))
			}
		case *slack.HeaderBlock:
			b.WriteString(one.Text.Text)
		case *slack.ActionBlock:
			for _, e := range one.Elements.ElementSet {
				b.WriteString(e.(*slack.ButtonBlockElement).Text.Text)
			}
		}
	}
	return b.String()
}

func lineOf(one slack.RichTextElement) string {
	text := ""
	switch one := one.(type) {
	case *slack.RichTextList:
		for _, e := range one.Elements {
			text += lineOf(e)
		}
	case *slack.RichTextSection:
		for _, e := range one.Elements {
			switch e := e.(type) {
			case *slack.RichTextSectionTextElement:
				text += e.Text
			case *slack.RichTextSectionLinkElement:
				text += e.Text
			}
		}
	}
	return text
}

// lines are what the blocks of a message show, one by one.
func lines(m blocks.Message) (all []string) {
	for _, one := range m.Blocks {
		all = append(all, textOf(one))
	}
	return all
}
