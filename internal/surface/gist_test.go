package surface

import "testing"

func TestGist(t *testing.T) {
	tests := []struct{ text, want string }{
		{"お世話になっております。VPNに入れません。よろしくお願いいたします。", "vpnに入れません。"},
		{"Dear support team, the VPN wants a password. Kind regards", "the vpn wants a password."},
		{"Kind regards", "kind regards"},
		{"よろしくお願いします", "よろしくお願いします"},
		{"Thanks!", "thanks!"},
		{"still stuck\n\nOn 2 Nov, Support wrote:\n> please reset it\n> and write back", "still stuck"},
		{"まだ入れません\n\nSupport さんのメール：\n> 再設定してください", "まだ入れません"},
		{"VPNよろしくお願いします", "vpn"},
		{"It fails\nThe window says:\n\nOn 2 Nov, Support wrote:\n> a\n> b", "it fails the window says:"},
		{"> please reset it", "> please reset it"},
		{"1 > 2 is false", "1 > 2 is false"},
		{"", ""},
	}
	r := testRules(t)
	for _, test := range tests {
		if got := r.Gist(test.text, Normalise(test.text)); got != test.want {
			t.Errorf("Gist(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

func TestHiragana(t *testing.T) {
	r := testRules(t)
	if got, ok := r.Hiragana("アカウントを更新"); !ok || got != "あかうんとをこうしん" {
		t.Errorf("Hiragana: %q, %v", got, ok)
	}
	if got, ok := r.Hiragana("鷽"); ok {
		t.Errorf("Hiragana of a kanji without a reading: %q", got)
	}
}

func FuzzGist(f *testing.F) {
	f.Add("お世話になっております。\n> a\n\n:\n>")
	f.Add("hello\nOn x wrote:\n> y")
	r := testRules(f)
	f.Fuzz(func(t *testing.T, text string) {
		normal := Normalise(text)
		gist := r.Gist(text, normal)
		if len(gist) > len(normal) {
			t.Errorf("Gist(%q) = %q, longer than %q", text, gist, normal)
		}
		if gist == "" && normal != "" {
			t.Errorf("Gist(%q) is empty", text)
		}
	})
}
