package terminal_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/rivo/uniseg"
	"pgregory.net/rapid"

	"passdesk/internal/channel/terminal"
)

func TestWrap(t *testing.T) {
	tests := []struct {
		name, text string
		columns    int
		want       string
	}{
		{"short stays", "Hello", 20, "Hello"},
		{"no width given", "a b c d e f", 0, "a b c d e f"},
		{"between words", "the password of your Mac", 12, "the password\nof your Mac"},
		{"Japanese characters are two cells wide", "パスワードを入力", 10, "パスワード\nを入力"},
		{"no line starts with 。", "パスワードです。はい", 14, "パスワードで\nす。はい"},
		{"no line starts with a small kana or ー", "ああああシャッター", 14, "ああああシャッ\nター"},
		{"no line ends with an opening bracket", "入力します（はい）", 12, "入力します\n（はい）"},
		{"a word that is too long stays whole", "an unbelievably-long-word-without-end x", 8, "an\nunbelievably-\nlong-\nword-\nwithout-\nend x"},
		{"the number of a step hangs", "1. Enter the password of your Mac", 14, "1. Enter the\n   password of\n   your Mac"},
		{"the mark of a list hangs", "- Enter the password", 14, "- Enter the\n  password"},
		{"the number of a choice hangs", " 12  Enter the password", 16, " 12  Enter the\n     password"},
		{"an address stays whole", "  https://example.com/a/very/long/page?with=query-and-more", 20, "  https://example.com/a/very/long/page?with=query-and-more"},
		{"lines and blank lines stay", "one\n\ntwo three", 6, "one\n\ntwo\nthree"},
		{"narrower than the indent", "   a b", 2, "   a\n   b"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, terminal.Wrap(test.text, test.columns)); diff != "" {
				t.Errorf("Wrap (-want +got):\n%s", diff)
			}
		})
	}
}

// anyText is made of what texts of the desk are made of, in any order.
var anyText = rapid.Custom(func(t *rapid.T) string {
	words := rapid.SampledFrom([]string{
		"a", "password", "Intego", "it's", "60", "1.", "-", "  3  ", " ", "  ", "\n", "(see", "below)", "e-mail", "“Continue”", "https://example.com/x",
		"パスワード", "を", "入力", "してください", "。", "、", "（", "）", "「", "」", "ー", "ッ", "・", "？", "ｱｲｳ", "１", "👩‍💻", "é", "\u3000",
	})
	return strings.Join(rapid.SliceOfN(words, 0, 40).Draw(t, "words"), "")
})

// TestWrapKeepsText: nothing but space comes and goes, even in what nobody would write.
func TestWrapKeepsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(anyText, rapid.String()).Draw(t, "text")
		wrapped := terminal.Wrap(text, rapid.IntRange(1, 50).Draw(t, "columns"))
		if got, want := withoutSpace(wrapped), withoutSpace(text); got != want {
			t.Errorf("the text has changed: %q, want %q", got, want)
		}
	})
}

// TestWrapKeepsWidth: a line is too wide only if it cannot be broken.
func TestWrapKeepsWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.IntRange(1, 50).Draw(t, "columns")
		wrapped := terminal.Wrap(anyText.Draw(t, "text"), columns)
		for line := range strings.SplitSeq(wrapped, "\n") {
			if uniseg.StringWidth(strings.TrimRight(line, " ")) > columns && breakable(line) {
				t.Errorf("line %q is wider than %d and could be broken; all:\n%s", line, columns, wrapped)
			}
		}
	})
}

func withoutSpace(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

// breakable tells whether there is a place to break a line: not in an address, and not behind
// the number or mark of a list.
func breakable(line string) bool {
	body := strings.TrimLeft(line, " ")
	if strings.HasPrefix(body, "https://") {
		return false
	}
	if mark, text, ok := strings.Cut(body, " "); ok && len(mark) <= 4 && strings.Trim(mark, "0123456789.-") == "" {
		body = strings.TrimLeft(text, " ")
	}
	_, rest, _, _ := uniseg.FirstLineSegmentInString(body, -1)
	return strings.TrimRight(rest, " ") != ""
}
