package canned

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	tests := map[string]string{
		"ＶＰＮ　ﾊﾟｽﾜｰﾄﾞ":           "vpn ぱすわど",
		"ユーザー名・パスワード":           "ゆざ名ぱすわど",
		"e-mail, don’t & Can't": "email dont cant",
		"ちょっとヴァヵヶ":              "ちよつとゔあかけ",
		"「VPN」（PIA）":            "vpn pia",
		"ぱ\u200bす\ufe0f":        "ぱす",
		"は\u309a":               "ぱ",
		"①　㌔ ﬁ":                 "1 きろ fi",
		"\xff\xfe":              "",
		"🔑 鍵":                   "鍵",
	}
	for text, want := range tests {
		if got := fold(text); got != want {
			t.Errorf("fold(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	tests := map[string][]string{
		"":           nil,
		"vpnぱすw":     {"vpn", "ぱす"},
		"ぱすw vpn":    {"ぱす", "vpn"},
		"ぱすky ぱすkky": {"ぱす", "ぱす"},
		"ぱすwa":       {"ぱす", "wa"},  // nothing an input method leaves
		"今のVPN":      {"今の", "vpn"}, // nor is this
		"w":          {"w"},         // a word of its own
		"X6以前":       {"x6", "以前"},
		"パスワードは p":   {"ぱすわどは", "p"},
		"「」。、":       nil,
	}
	for query, want := range tests {
		if got := words(query); !slices.Equal(got, want) {
			t.Errorf("words(%q) = %q, want %q", query, got, want)
		}
	}
	if got := words(strings.Repeat("ab cd ", 100_000)); len(got) > maxWords {
		t.Errorf("a huge query has %d words", len(got))
	}
}

// TestFoldKeepsBeginnings: what is typed so far is found in what is meant. A text is taken as
// written by an input method, without marks that combine with the letter before them.
func TestFoldKeepsBeginnings(t *testing.T) {
	letters := []rune("aZ9 -ー・「」アあぁガがッっゃャヴヶ漢字Ｖ１ﾊ。é々〜'’\t")
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOf(rapid.SampledFrom(letters)).Draw(t, "text")
		typed := text[:rapid.IntRange(0, len(text)).Draw(t, "typed")]
		if whole, begun := fold(string(text)), fold(string(typed)); !strings.HasPrefix(whole, begun) {
			t.Fatalf("fold(%q) = %q does not begin with %q", string(text), whole, begun)
		}
		if once := fold(string(text)); fold(once) != once {
			t.Fatalf("fold(%q) = %q, folded again %q", string(text), once, fold(once))
		}
	})
}
