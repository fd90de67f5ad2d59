package blocks_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/slack-go/slack"
	"pgregory.net/rapid"

	"passdesk/internal/channel/slackbot/blocks"
	"passdesk/internal/chat"
	"passdesk/internal/guide"
)

// hostile are texts that people may send, and that a careless bot trips over.
func hostile() []string {
	return []string{
		"", " ", "\n\n", "\u3000", "x", "<!channel>", "<!here> & <@U1>", "<#C1|general>", "<https://evil.example|bank>", "<!subteam^S1>", "*bold* _x_ ~y~ `z`",
		"a & b", "&amp;", "&lt;!channel&gt;", "\xff\xfe<!channel>", "\x00", strings.Repeat("<", 5000), strings.Repeat("&", 40_000), strings.Repeat("あ", 40_000),
		strings.Repeat("長い文章です。\n\n", 5000), strings.Repeat("word ", 9000), strings.Repeat("👨‍👩‍👧", 1500), "e" + strings.Repeat("\u0301", 20_000) + "end",
		strings.Repeat("https://a.example/path?a=1&b=2 ", 2000), "https://a.example/" + strings.Repeat("p", 20_000), strings.Repeat("a\n", 20_000),
	}
}

// TestNothingFromOutsideIsMarkup: whatever is in a text, Slack takes it, nobody is called and nothing is
// hidden.
func TestNothingFromOutsideIsMarkup(t *testing.T) {
	w := words(t, guide.English)
	for _, said := range hostile() {
		harmless(t, said, w)
	}
	rapid.Check(t, func(t *rapid.T) {
		harmless(t, rapid.String().Draw(t, "said"), w)
	})
}

// FuzzNothingFromOutsideIsMarkup looks for what is read as markup; what is long is the test's business.
func FuzzNothingFromOutsideIsMarkup(f *testing.F) {
	const most = 200
	for _, said := range hostile() {
		if len(said) <= most {
			f.Add(said)
		}
	}
	w := words(f, guide.English)
	f.Fuzz(func(t *testing.T, said string) {
		if len(said) <= most {
			harmless(t, said, w)
		}
	})
}

// shown is a message, and what its text says if nothing is cut off; "" if that is not known.
type shown struct {
	message blocks.Message
	text    string
}

// saying are all messages that a text from outside gets into.
func saying(said string, w blocks.Words) map[string]shown {
	hits := []blocks.Hit{{ID: "a", Title: said, Summary: said}}
	parts := []chat.Part{
		{Kind: chat.Summary, Text: said}, {Text: said}, {Kind: chat.Steps, Text: said, Items: []chat.Item{{Text: said}, {Text: said, Picture: "p"}, {Text: "x"}}},
		{Kind: chat.Links, Items: []chat.Item{{Text: said, Note: said, URL: "https://a.example"}, {Text: said, URL: said}}},
	}
	r := chat.Reply{Text: said, Parts: parts, Answer: "a", Language: "en", Commands: []chat.Button{{Command: chat.Back, Label: said}}}
	ask := chat.Reply{Text: said, Ask: "prompt", Choices: []chat.Choice{{Fact: "prompt", Value: "vpn", Label: said, Short: said}, {Fact: "prompt", Value: said, Label: "x"}}}
	name := "Hanako <!here>"
	return map[string]shown{
		"agent":    {blocks.Agent(name, said, w), w["agent"] + " " + name + w["colon"] + said},
		"by agent": {message: blocks.Agent(said, "x", w)},
		"relayed":  {blocks.Relayed(said, w), w["customer"] + w["colon"] + said},
		"note":     {blocks.Note(said), said},
		"results":  {message: blocks.Results(said, hits, w)}, "no results": {message: blocks.Results(said, nil, w)},
		"settled":  {message: blocks.Settled(chat.Reply{Text: said, Parts: parts}, said, "U1", w, nil)},
		"reply":    {blocks.Reply(r, 1, w, func(string) (string, string, bool) { return "https://a.example/p.png", said, true }), said},
		"question": {message: blocks.Reply(ask, 1, w, nil)},
		"canned":   {message: blocks.Canned(blocks.Posted{Before: said, After: said, Parts: parts, Agent: "U1"}, w, nil)},
		"card":     {message: blocks.HandOver(blocks.Card{Reference: "H-1", Channel: said, Console: said, Facts: times(30, said), Path: []string{said}, Answers: times(30, said), Failed: times(30, said), Lines: times(30, blocks.Line{Text: said})}, w)},
	}
}

// harmless fails unless Slack takes all that a text gets into, and nothing of the text is markup.
func harmless(t reporter, said string, w blocks.Words) {
	for name, one := range saying(said, w) {
		if !accepted(t, one.message) {
			t.Errorf("%s of %.60q (%d bytes)", name, said, len(said))
		}
		unescaped(t, name, one.message, one.text)
		if total := textOf(one.message.Blocks...); len([]rune(total)) > 12_000 {
			t.Errorf("%s of %.60q (%d bytes) shows %d characters", name, said, len(said), len([]rune(total)))
		}
	}
	for name, v := range map[string]slack.ModalViewRequest{
		"suggestion": blocks.SuggestView(blocks.Suggestion{
			Query: said, Hits: times(20, blocks.Hit{ID: "a", Title: said}), Chosen: "a", Language: "en", Customer: said, Question: said, External: true,
			Answer: blocks.Posted{Before: said, Parts: times(40, chat.Part{Text: said}), After: said},
		}, w),
	} {
		if err := blocks.CheckModal(v); err != nil || strings.Contains(marshal(t, v), `"type":"mrkdwn"`) {
			t.Errorf("%s of %.60q: %v", name, said, err)
		}
	}
	topics := times(30, blocks.Topic{Name: said, Hits: times(9, blocks.Hit{ID: "a", Title: said})})
	home := blocks.HomeView(blocks.HomeData{Topics: topics, Cases: []blocks.HomeCase{{Reference: said, Page: said}}, Page: 2, Pages: 3, Language: said}, w)
	if err := blocks.CheckHome(home); err != nil || strings.Contains(marshal(t, home), `"type":"mrkdwn"`) {
		t.Errorf("home of %.60q: %v", said, err)
	}
}

// unescaped fails unless the text of a message, read as Slack reads it, is what was to be said: so &, < and
// > are escaped once, and nothing in the blocks is read as markup.
func unescaped(t reporter, name string, m blocks.Message, want string) {
	if strings.ContainsAny(m.Text, "<>") || strings.Contains(strings.NewReplacer("&amp;", "", "&lt;", "", "&gt;", "").Replace(m.Text), "&") {
		t.Errorf("%s: markup in the text %.200q", name, m.Text)
	}
	if want = strings.TrimSpace(want); want != "" {
		read := strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(m.Text)
		whole, cut := strings.CutSuffix(read, "…")
		if read != want && (!cut || !strings.HasPrefix(want, whole)) {
			t.Errorf("%s: the text is read as %.200q, want %.200q", name, read, want)
		}
	}
	if strings.Contains(marshal(t, m.Blocks), `"type":"mrkdwn"`) {
		t.Errorf("%s: a block that is read as markup", name)
	}
}

// TestEscapedOnce: what is shown is what was said.
func TestEscapedOnce(t *testing.T) {
	w := words(t, guide.English)
	said := "a &amp; <b> <@U123> <!channel> <#C1>"
	for name, m := range map[string]blocks.Message{
		"relayed": blocks.Relayed(said, w), "agent": blocks.Agent("Hanako", said, w), "settled": blocks.Settled(chat.Reply{Text: "x"}, said, "U1", w, nil),
		"settled text": blocks.Settled(chat.Reply{Text: said}, "x", "", w, nil), "note": blocks.Note(said),
	} {
		if !strings.Contains(m.Text, "a &amp;amp; &lt;b&gt; &lt;@U123&gt; &lt;!channel&gt; &lt;#C1&gt;") {
			t.Errorf("%s: the text is %q", name, m.Text)
		}
		if name != "settled text" && !strings.Contains(textOf(m.Blocks...), said) {
			t.Errorf("%s: the blocks show %q", name, textOf(m.Blocks...))
		}
	}
}

// bare is a text without its blanks, which may be lost where it is divided.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
