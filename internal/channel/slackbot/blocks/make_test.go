package blocks_test

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"
)

// What the limits are tried with. Texts are Japanese, so that bytes are no characters.

func x(n int) string { return strings.Repeat("x", n) }

func times[T any](n int, one T) (all []T) {
	for range n {
		all = append(all, one)
	}
	return all
}

func several(n int, one slack.Block) []slack.Block { return times(n, one) }

func plain(n int) *slack.TextBlockObject {
	return &slack.TextBlockObject{Type: slack.PlainTextType, Text: strings.Repeat("字", n)}
}

func mrkdwn(n int) *slack.TextBlockObject {
	return &slack.TextBlockObject{Type: slack.MarkdownType, Text: strings.Repeat("字", n)}
}

// address is one of n characters, or of the fewest that it can have.
func address(n int) string {
	const begin = "https://a.example/p"
	return begin + x(max(n-len(begin), 0))
}

// pieces are n characters in blocks of which none is too long.
func pieces(n int, one func(n int) slack.Block) (all []slack.Block) {
	for n > 0 {
		some := min(n, 3000)
		all, n = append(all, one(some)), n-some
	}
	return all
}

func header(n int) slack.Block { return &slack.HeaderBlock{Type: slack.MBTHeader, Text: plain(n)} }

func section(n int) slack.Block { return &slack.SectionBlock{Type: slack.MBTSection, Text: plain(n)} }

func markdown(n int) slack.Block { return slack.NewMarkdownBlock("", strings.Repeat("字", n)) }

func contextOf(all ...slack.MixedElement) slack.Block { return slack.NewContextBlock("", all...) }

func rich(n int) slack.Block {
	line := slack.NewRichTextSection(slack.NewRichTextSectionTextElement(strings.Repeat("字", n), nil))
	return slack.NewRichTextBlock("", line)
}

func actions(all ...slack.BlockElement) []slack.Block {
	return []slack.Block{slack.NewActionBlock("", all...)}
}

// button is a row of one, changed.
func button(change func(*slack.ButtonBlockElement)) []slack.Block {
	b := &slack.ButtonBlockElement{Type: slack.METButton, ActionID: "a", Text: plain(1)}
	change(b)
	return actions(b)
}

func buttons(n int) []slack.Block {
	var all []slack.BlockElement
	for i := range n {
		all = append(all, &slack.ButtonBlockElement{Type: slack.METButton, ActionID: "a" + strconv.Itoa(i), Text: plain(1)})
	}
	return actions(all...)
}

func confirm(title, text, yes, no int) []slack.Block {
	return button(func(b *slack.ButtonBlockElement) {
		b.Confirm = slack.NewConfirmationBlockObject(plain(title), mrkdwn(text), plain(yes), plain(no))
	})
}

func options(n int) (all []*slack.OptionBlockObject) {
	for i := range n {
		all = append(all, &slack.OptionBlockObject{Text: plain(1), Value: "x" + strconv.Itoa(i)})
	}
	return all
}

func menu(all ...*slack.OptionBlockObject) *slack.SelectBlockElement {
	return &slack.SelectBlockElement{Type: slack.OptTypeStatic, ActionID: "menu", Options: all}
}

func grouped(groups, label, n int) *slack.SelectBlockElement {
	e := menu()
	for range groups {
		e.OptionGroups = append(e.OptionGroups, &slack.OptionGroupBlockObject{Label: plain(label), Options: options(n)})
	}
	return e
}

func input(label, hint *slack.TextBlockObject, e *slack.PlainTextInputBlockElement) []slack.Block {
	e.Type, e.ActionID = slack.METPlainTextInput, "a"
	return []slack.Block{&slack.InputBlock{Type: slack.MBTInput, Label: label, Hint: hint, Element: e}}
}
