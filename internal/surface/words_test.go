package surface

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"passdesk/intents"
	"passdesk/internal/strictyaml"
)

func testRules(t testing.TB) *Rules {
	t.Helper()
	report := &strictyaml.Report{}
	l := Load(intents.Files, report)
	if err := report.Err(); err != nil {
		t.Fatal(err)
	}
	return l
}

func TestChoice(t *testing.T) {
	tests := []struct {
		text string
		want int // of five choices
	}{
		{"2", 2}, {"２", 2}, {"②", 2}, {"2.", 2}, {"(2)", 2}, {"#2", 2}, {"2番", 2}, {"２番です", 2}, {"二番目でお願いします", 2},
		{"上から2番目", 2}, {"下から2番目", 4}, {"ふたつめ", 2}, {"最初の", 1}, {"一番下", 5}, {"最後のやつ", 5}, {"さん", 3},
		{"the second one", 2}, {"second", 2}, {"number 4", 4}, {"option 3 please", 3}, {"the last one", 5}, {"2nd from the bottom", 4},
		{"I think it's the first", 1}, {"3️⃣", 3}, {"niban desu", 0}, // romaji number words need a space
		{"0", 0}, {"6", 0}, {"-1", 0}, {"99999999999999999999", 0}, {"2 or 3", 0}, {"", 0},
		{"I have 2 Macs", 0}, {"2台あります", 0}, {"second thoughts", 0}, {"the one by another company", 0}, {"x6", 0},
	}
	l := testRules(t)
	for _, test := range tests {
		if got := l.words.choice(Normalise(test.text), 5); got != test.want {
			t.Errorf("choice(%q) = %d, want %d", test.text, got, test.want)
		}
	}
}

func TestChoiceOfNothing(t *testing.T) {
	l := testRules(t)
	for _, text := range []string{"1", "the last one", "最後"} {
		if got := l.words.choice(Normalise(text), 0); got != 0 {
			t.Errorf("choice(%q) = %d with nothing shown", text, got)
		}
	}
}

func TestWhatIsDenied(t *testing.T) {
	tests := []struct {
		text string
		want []string // denied spans
	}{
		{"PIAじゃなくて今のほう", []string{"piaじゃなくて"}},
		{"新しいPrivacy Protectionではありません、PIAのほう", []string{"新しいprivacy protectionではありません"}},
		{"困っています。VPNではなくマイアカウントです", []string{"vpnではなく"}},
		{"not the VPN, the update one", []string{"not the vpn"}},
		{"I need the update password and not the one for the VPN app", []string{"not the one for the"}},
		{"the account password instead of the VPN one", []string{"instead of the vpn one"}},
		{"another note about nothing", nil},
		{"パスワードを忘れました", nil},
	}
	l := testRules(t)
	for _, test := range tests {
		var got []string
		for _, s := range l.words.spans(nil, Normalise(test.text)) {
			if s.denied {
				got = append(got, fmt.Sprint(trimmed(s.text)))
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}

func trimmed(s string) string {
	for len(s) > 0 && s[0] == ' ' {
		s = s[1:]
	}
	for len(s) > 0 && s[len(s)-1] == ' ' {
		s = s[:len(s)-1]
	}
	return s
}
