package blocks_test

import (
	"encoding/json"
	"testing"

	"github.com/slack-go/slack"

	"passdesk/internal/channel/slackbot/blocks"
	"passdesk/internal/channel/slackbot/fakeslack"
)

// limit is one of Slack's: the least, or 0, and the most of something, and blocks that have n of it.
type limit struct {
	name        string
	least, most int
	blocks      func(n int) []slack.Block
}

// limits are those of messages, in the order of the package's list of them.
func limits() []limit {
	return []limit{
		{"blocks", 0, 50, func(n int) []slack.Block { return several(n, slack.NewDividerBlock()) }},
		{"all text", 0, 13_200, func(n int) []slack.Block { return pieces(n, section) }},
		{"all rich text", 0, 13_200, func(n int) []slack.Block { return pieces(n, rich) }},
		{"markdown", 1, 12_000, func(n int) []slack.Block { return several(1, markdown(n)) }},
		{"all markdown", 0, 12_000, func(n int) []slack.Block { return []slack.Block{markdown(6000), markdown(n - 6000)} }},
		{"section", 1, 3000, func(n int) []slack.Block { return several(1, section(n)) }},
		{"section with markup", 1, 3000, func(n int) []slack.Block {
			return several(1, &slack.SectionBlock{Type: slack.MBTSection, Text: mrkdwn(n)})
		}},
		{"fields", 1, 10, func(n int) []slack.Block {
			return several(1, &slack.SectionBlock{Type: slack.MBTSection, Fields: times(n, plain(1))})
		}},
		{"field", 1, 2000, func(n int) []slack.Block {
			return several(1, &slack.SectionBlock{Type: slack.MBTSection, Fields: times(1, plain(n))})
		}},
		{"header", 1, 150, func(n int) []slack.Block { return several(1, header(n)) }},
		{"context elements", 1, 10, func(n int) []slack.Block { return several(1, contextOf(times[slack.MixedElement](n, plain(1))...)) }},
		{"context text", 1, 3000, func(n int) []slack.Block { return several(1, contextOf(mrkdwn(n))) }},
		{"context image address", 0, 3000, func(n int) []slack.Block { return several(1, contextOf(slack.NewImageBlockElement(address(n), "x"))) }},
		{"image address", 0, 3000, func(n int) []slack.Block { return several(1, slack.NewImageBlock(address(n), "x", "", nil)) }},
		{"image alt", 1, 2000, func(n int) []slack.Block { return several(1, slack.NewImageBlock(address(30), x(n), "", nil)) }},
		{"image title", 1, 2000, func(n int) []slack.Block { return several(1, slack.NewImageBlock(address(30), "x", "", plain(n))) }},
		{"block id", 0, 255, func(n int) []slack.Block {
			return several(1, &slack.DividerBlock{Type: slack.MBTDivider, BlockID: x(n)})
		}},
		{"elements", 1, 25, buttons},
		{"action id", 1, 255, func(n int) []slack.Block { return button(func(b *slack.ButtonBlockElement) { b.ActionID = x(n) }) }},
		{"button text", 1, 75, func(n int) []slack.Block { return button(func(b *slack.ButtonBlockElement) { b.Text = plain(n) }) }},
		{"button value", 0, 2000, func(n int) []slack.Block { return button(func(b *slack.ButtonBlockElement) { b.Value = x(n) }) }},
		{"button address", 0, 3000, func(n int) []slack.Block { return button(func(b *slack.ButtonBlockElement) { b.URL = address(n) }) }},
		{"button label", 0, 75, func(n int) []slack.Block {
			return button(func(b *slack.ButtonBlockElement) { b.AccessibilityLabel = x(n) })
		}},
		{"confirm title", 1, 100, func(n int) []slack.Block { return confirm(n, 1, 1, 1) }},
		{"confirm text", 1, 300, func(n int) []slack.Block { return confirm(1, n, 1, 1) }},
		{"confirm yes", 1, 30, func(n int) []slack.Block { return confirm(1, 1, n, 1) }},
		{"confirm no", 1, 30, func(n int) []slack.Block { return confirm(1, 1, 1, n) }},
		{"menu", 1, 100, func(n int) []slack.Block { return actions(menu(options(n)...)) }},
		{"menu groups", 0, 100, func(n int) []slack.Block { return actions(grouped(n, 1, 1)) }},
		{"menu group label", 1, 75, func(n int) []slack.Block { return actions(grouped(1, n, 1)) }},
		{"menu group options", 1, 100, func(n int) []slack.Block { return actions(grouped(1, 1, n)) }},
		{"menu placeholder", 1, 150, func(n int) []slack.Block { m := menu(options(1)...); m.Placeholder = plain(n); return actions(m) }},
		{"option text", 1, 75, func(n int) []slack.Block {
			return actions(menu(&slack.OptionBlockObject{Text: plain(n), Value: "v"}))
		}},
		{"option value", 1, 75, func(n int) []slack.Block { return actions(menu(&slack.OptionBlockObject{Text: plain(1), Value: x(n)})) }},
		{"option description", 1, 75, func(n int) []slack.Block {
			return actions(menu(&slack.OptionBlockObject{Text: plain(1), Value: "v", Description: plain(n)}))
		}},
		{"option address", 0, 3000, func(n int) []slack.Block {
			return actions(slack.NewOverflowBlockElement("a", append(options(2), &slack.OptionBlockObject{Text: plain(1), Value: "u", URL: address(n)})...))
		}},
		{"overflow", 2, 5, func(n int) []slack.Block { return actions(slack.NewOverflowBlockElement("a", options(n)...)) }},
		{"checkboxes", 1, 10, func(n int) []slack.Block { return actions(slack.NewCheckboxGroupsBlockElement("a", options(n)...)) }},
		{"radio buttons", 1, 10, func(n int) []slack.Block { return actions(slack.NewRadioButtonsBlockElement("a", options(n)...)) }},
		{"radio button with markup", 1, 75, func(n int) []slack.Block {
			return actions(slack.NewRadioButtonsBlockElement("a", &slack.OptionBlockObject{Text: mrkdwn(n), Value: "v"}))
		}},
		{"accessory", 1, 75, func(n int) []slack.Block {
			beside := slack.NewAccessory(&slack.ButtonBlockElement{Type: slack.METButton, ActionID: "a", Text: plain(n)})
			return several(1, &slack.SectionBlock{Type: slack.MBTSection, Text: plain(1), Accessory: beside})
		}},
		{"input label", 1, 2000, func(n int) []slack.Block { return input(plain(n), nil, &slack.PlainTextInputBlockElement{}) }},
		{"input hint", 1, 2000, func(n int) []slack.Block { return input(plain(1), plain(n), &slack.PlainTextInputBlockElement{}) }},
		{"typed placeholder", 1, 150, func(n int) []slack.Block {
			return input(plain(1), nil, &slack.PlainTextInputBlockElement{Placeholder: plain(n)})
		}},
		{"typed value", 0, 3000, func(n int) []slack.Block {
			return input(plain(1), nil, &slack.PlainTextInputBlockElement{InitialValue: x(n)})
		}},
		{"typed least", 0, 3000, func(n int) []slack.Block {
			return input(plain(1), nil, &slack.PlainTextInputBlockElement{MinLength: n})
		}},
		{"typed most", 0, 3000, func(n int) []slack.Block {
			return input(plain(1), nil, &slack.PlainTextInputBlockElement{MaxLength: n})
		}},
	}
}

// around are the numbers at limits and beyond them, and whether they are right. There may be no lower limit,
// and then nothing is known about the number 0.
func around(least, most int) map[int]bool {
	numbers := map[int]bool{most: true, most + 1: false}
	if least > 0 {
		numbers[least], numbers[least-1] = true, false
	}
	return numbers
}

// ours are the lower limits that only we know: without an id nobody knows what was pressed, a picture must
// have words, and whether Slack takes an overflow menu of one is not certain.
var ours = map[string]bool{"action id": true, "image alt": true, "overflow": true}

// TestCheck: what is just right is taken, and one more or one less is not; the fake Slack says the same.
func TestCheck(t *testing.T) {
	for _, l := range limits() {
		for n, right := range around(l.least, l.most) {
			all := l.blocks(n)
			if err := blocks.Check(blocks.Message{Text: "x", Blocks: all}); (err == nil) != right {
				t.Errorf("%s of %d: we say %v", l.name, n, err)
			}
			if faults := fakeslack.CheckMessage(json.RawMessage(marshal(t, all)), "x"); (len(faults) == 0) != right && (n >= l.least || !ours[l.name]) {
				t.Errorf("%s of %d: Slack says %q", l.name, n, faults)
			}
		}
	}
}

// TestCheckKinds is TestCheck for what is not about numbers.
func TestCheckKinds(t *testing.T) {
	divider := func(id string) slack.Block { return &slack.DividerBlock{Type: slack.MBTDivider, BlockID: id} }
	press := func(id string) slack.BlockElement {
		return &slack.ButtonBlockElement{Type: slack.METButton, ActionID: id, Text: plain(1)}
	}
	styled := func(s slack.Style) []slack.Block { return button(func(b *slack.ButtonBlockElement) { b.Style = s }) }
	chosen := func(value string) []slack.Block {
		e := slack.NewRadioButtonsBlockElement("a", options(2)...)
		e.InitialOption = &slack.OptionBlockObject{Text: plain(1), Value: value}
		return actions(e)
	}
	for _, test := range []struct {
		name         string
		right, wrong []slack.Block
		ours         bool // only we say so
	}{
		{name: "block ids", right: []slack.Block{divider("a"), divider("b")}, wrong: []slack.Block{divider("a"), divider("a")}},
		{name: "action ids", right: actions(press("a"), press("b")), wrong: actions(press("a"), press("a"))},
		{name: "action ids of kinds", right: actions(press("a"), menu(options(1)...)), wrong: actions(press("menu"), menu(options(1)...))},
		{name: "header with markup", right: several(1, header(1)), wrong: several(1, &slack.HeaderBlock{Type: slack.MBTHeader, Text: mrkdwn(1)})},
		{name: "face with markup", right: button(func(*slack.ButtonBlockElement) {}), wrong: button(func(b *slack.ButtonBlockElement) { b.Text = mrkdwn(1) })},
		{name: "style", right: styled(slack.StyleDanger), wrong: styled("red")},
		{name: "section of nothing", right: several(1, section(1)), wrong: several(1, &slack.SectionBlock{Type: slack.MBTSection})},
		{name: "menu of people", right: actions(&slack.SelectBlockElement{Type: slack.OptTypeUser, ActionID: "a"}), wrong: actions(&slack.SelectBlockElement{Type: slack.OptTypeUser, ActionID: "a", Options: options(1)})},
		{name: "input of a button", right: input(plain(1), nil, &slack.PlainTextInputBlockElement{}), wrong: several(1, &slack.InputBlock{Type: slack.MBTInput, Label: plain(1), Element: press("a")})},
		{name: "chosen", right: chosen("x1"), wrong: chosen("none"), ours: true},
		{name: "rich text", right: several(1, rich(1)), wrong: several(1, rich(0)), ours: true},
		{name: "long rich text", right: several(1, rich(3000)), wrong: several(1, rich(3001)), ours: true},
		{name: "blank", right: several(1, header(1)), wrong: several(1, &slack.HeaderBlock{Type: slack.MBTHeader, Text: slack.NewTextBlockObject("plain_text", " ", false, false)}), ours: true},
		{name: "kind", right: several(1, header(1)), wrong: several(1, &slack.TableBlock{Type: slack.MBTTable, Rows: [][]slack.TableCell{{}}}), ours: true},
	} {
		if err := blocks.Check(blocks.Message{Text: "x", Blocks: test.right}); err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		if faults := fakeslack.CheckMessage(json.RawMessage(marshal(t, test.right)), "x"); len(faults) > 0 {
			t.Errorf("%s: Slack refuses it: %q", test.name, faults)
		}
		if blocks.Check(blocks.Message{Text: "x", Blocks: test.wrong}) == nil {
			t.Errorf("%s is wrong, and we take it", test.name)
		}
		if faults := fakeslack.CheckMessage(json.RawMessage(marshal(t, test.wrong)), "x"); (len(faults) == 0) != test.ours {
			t.Errorf("%s is wrong, and Slack says %q", test.name, faults)
		}
	}
}

// TestCheckText: the text of a message is there, fits an update, and has no markup.
func TestCheckText(t *testing.T) {
	for text, right := range map[string]bool{"x": true, x(4000): true, "a &amp; &lt;b&gt;": true, x(4001): false, "": false, " \n": false, "<!channel>": false, "<@U1>": false, "<https://a.example|b>": false} {
		if err := blocks.Check(blocks.Message{Text: text, Blocks: several(1, header(1))}); (err == nil) != right {
			t.Errorf("%.20q: %v", text, err)
		}
	}
}
