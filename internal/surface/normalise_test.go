package surface

import "testing"

func TestNormalise(t *testing.T) {
	tests := map[string]string{
		"ＮｅｔＵｐｄａｔｅ　の　Ｐａｓｓｗｏｒｄ": "netupdate の password",
		"ﾈｯﾄｱｯﾌﾟﾃﾞｰﾄのﾊﾟｽﾜｰﾄﾞ":  "ネットアップデートのパスワード",
		"a\x00b\tc\r\n d":       "a b c d",
		"ze\u200bro\u202ewidth": "zerowidth",
		"2\ufe0f\u20e3":         "2",
		"bad\xff\xfebytes":      "bad bytes",
		"マイアカウン卜":               "マイアカウント", // 卜 is a kanji
		"メ一ル":                   "メール",     // 一 is a kanji
		"ソフト一本":                 "ソフト一本",   // here it is meant
		"二番":                    "二番",
		"Don’t":                 "don't",
		"\u200b \x01":           "",
	}
	for text, want := range tests {
		if got := Normalise(text); got != want {
			t.Errorf("Normalise(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestSound checks that spellings which people mix meet in one sound.
func TestSound(t *testing.T) {
	l := testRules(t)
	same := [][]string{
		{"マイアカウント", "まいあかうんと", "ﾏｲｱｶｳﾝﾄ", "マイ アカウント"},
		{"ソフトウェア", "ソフトウエア"},
		{"プライバシープロテクション", "ぷらいばしーぷろてくしょん", "プライパシープロテクシヨン", "プライバシプロテクション"},
		{"ユーザー", "ユーザ"},
		{"パスワードを忘れた", "ぱすわーどをわすれた"},
	}
	for _, spellings := range same {
		want := soundKey(l, spellings[0])
		for _, s := range spellings[1:] {
			if got := soundKey(l, s); got != want {
				t.Errorf("%q sounds %q, %q sounds %q; want the same", spellings[0], want, s, got)
			}
		}
	}
	if soundKey(l, "変更") == soundKey(l, "更新") {
		t.Error("変更 and 更新 sound the same")
	}
}

func soundKey(l *Rules, text string) string {
	var key []rune
	for _, r := range l.kana.reading(nil, Normalise(text)) {
		if r != ' ' {
			key = append(key, r)
		}
	}
	return string(key)
}

func TestRomaji(t *testing.T) {
	tests := []struct {
		word, kana string
		ok         bool
	}{
		{"pasuwaado", "はすわと", true},
		{"wasureta", "わすれた", true},
		{"nettoapudeto", "ねとあふてと", true},
		{"shinchaku", "しんちやく", true},
		{"kyanseru", "きやんせる", true},
		{"password", "", false},
		{"netupdate", "", false},
		{"login", "", false},
	}
	for _, test := range tests {
		kana, ok := FromRomaji(test.word)
		if ok != test.ok || ok && kana != test.kana {
			t.Errorf("FromRomaji(%q) = %q, %v; want %q, %v", test.word, kana, ok, test.kana, test.ok)
		}
	}
}
