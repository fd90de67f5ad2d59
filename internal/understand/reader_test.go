package understand_test

import (
	"strings"
	"sync"
	"testing"

	"passdesk/intents"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/understand"
	"passdesk/knowledge"
)

type built struct {
	guide  *guide.Guide
	reader *understand.Reader
	err    error
}

// build trains once for all tests of this file.
var build = sync.OnceValue(func() built {
	g, err := guide.Load(knowledge.Files)
	if err != nil {
		return built{err: err}
	}
	r, err := understand.New(g, intents.Files)
	return built{g, r, err}
})

func reader(t testing.TB) (*guide.Guide, *understand.Reader) {
	t.Helper()
	b := build()
	if b.err != nil {
		t.Fatal(b.err)
	}
	return b.guide, b.reader
}

func TestLanguage(t *testing.T) {
	tests := []struct {
		text            string
		current, locale guide.Language
		want            guide.Language
	}{
		{"パスワードを忘れました", "", "", guide.Japanese},
		{"I forgot my password", "", "", guide.English},
		{"VPN", "", "", guide.English},
		{"VPN", "", guide.Japanese, guide.Japanese},
		{"VPN", guide.Japanese, "", ""},
		{"NetUpdate password?", "", "", guide.English},
		{"VPN password please", "", "", guide.English},
		{"pasuwaado wo wasurete shimaimashita", "", "", guide.Japanese},
		{"vpn no password ga wakarimasen", "", "", guide.Japanese},
		{"ok", guide.Japanese, "", ""},
		{"2", guide.Japanese, "", ""},
		{"👍", guide.English, "", ""},
		{"Sorry, could we go on in English, I don't read Japanese", guide.Japanese, "", guide.English},
		{"すみません、日本語でお願いします", guide.English, "", guide.Japanese},
		{"My Mac shows 「パスワードを入力してください」 and I don't know what to type", "", "", guide.English},
		{"「Enter your password to allow this」と出ます", "", "", guide.Japanese},
		{"installerがadmin passwordを聞いてきます", "", "", guide.Japanese},
	}
	_, r := reader(t)
	for _, test := range tests {
		got := r.Read(test.text, dialogue.Expectation{Language: test.current, Locale: test.locale}).Language
		if got != test.want {
			t.Errorf("%q (conversation %q, locale %q): language %q, want %q", test.text, test.current, test.locale, got, test.want)
		}
	}
}

// TestRepliesInContext reads short replies as answers to what was just asked.
func TestRepliesInContext(t *testing.T) {
	tests := []struct {
		asked, text, want string
	}{
		{"vpn-generation", "2", "vpn-generation=legacy"},
		{"vpn-generation", "the second one", "vpn-generation=legacy"},
		{"vpn-generation", "上から2番目", "vpn-generation=legacy"},
		{"vpn-generation", "今のVPN", "vpn-generation=current"},
		{"vpn-generation", "the one by Private Internet Access", "vpn-generation=legacy"},
		{"coupon", "見つかりません", "coupon=unknown"},
		{"coupon", "yes, I have it here", "coupon=known"},
		{"portal-purchase", "Amazonで買いました", "portal-purchase=elsewhere"},
		{"portal-purchase", "on your website", "portal-purchase=store"},
		{"prompt", "インストール中です", "prompt=install"},
	}
	g, r := reader(t)
	for _, test := range tests {
		expects := dialogue.Expectation{Asked: test.asked}
		for _, value := range g.Slot(test.asked).Values {
			expects.Shown = append(expects.Shown, guide.Fact{Slot: test.asked, Value: value})
		}
		var got []string
		for _, f := range r.Read(test.text, expects).Facts {
			got = append(got, f.Slot+"="+f.Value)
		}
		if !strings.Contains(strings.Join(got, " "), test.want) {
			t.Errorf("asked %s, %q: heard %v, want %s", test.asked, test.text, got, test.want)
		}
	}
}

func TestNothingIsHeardInNothing(t *testing.T) {
	tests := map[string]dialogue.Act{
		"":                                dialogue.Empty,
		" \t\r\n":                         dialogue.Empty,
		"\x00\x01\u200b":                  dialogue.Empty,
		strings.Repeat("あ", 1<<20):        dialogue.TooLong,
		strings.Repeat("password ", 9999): dialogue.TooLong,
		"9":                               dialogue.NoAct, // not on offer
		"12345":                           dialogue.NoAct,
	}
	_, r := reader(t)
	for text, want := range tests {
		in := r.Read(text, dialogue.Expectation{})
		if in.Act != want || len(in.Facts) > 0 {
			t.Errorf("Read(%.20q…) = act %q, facts %v; want act %q and no facts", text, in.Act, in.Facts, want)
		}
	}
}

// TestSameMessageSameReading trains twice: the model must not depend on scheduling.
func TestSameMessageSameReading(t *testing.T) {
	g, first := reader(t)
	second, err := understand.New(g, intents.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"NetUpdateのパスワードを忘れた", "lost my VPN login", "portal reset mail never came", "人と話したい"} {
		a, b := first.Read(text, dialogue.Expectation{}), second.Read(text, dialogue.Expectation{})
		if a.Act != b.Act || len(a.Facts) != len(b.Facts) {
			t.Fatalf("%q: %+v then %+v", text, a, b)
		}
		for i := range a.Facts {
			if a.Facts[i] != b.Facts[i] {
				t.Errorf("%q: %+v then %+v", text, a.Facts[i], b.Facts[i])
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"", "VPN", "ﾊﾟｽﾜｰﾄﾞ", "not the", "じゃなくて", "\xff\x00", "「", "ー卜", "n'n'", "上から番目"} {
		f.Add(seed, "coupon")
	}
	g, r := reader(f)
	f.Fuzz(func(t *testing.T, text, asked string) {
		in := r.Read(text, dialogue.Expectation{Asked: asked, Shown: []guide.Fact{{Slot: "coupon", Value: "known"}}})
		for _, h := range in.Facts {
			if !g.Valid(h.Fact) || h.Confidence <= 0 || h.Confidence > 1 {
				t.Errorf("Read(%q) heard %+v", text, h)
			}
		}
	})
}
