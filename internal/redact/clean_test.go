package redact_test

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/redact"
	"passdesk/internal/strictyaml"
)

// TestClean shows what comes out, and what customers are told about.
func TestClean(t *testing.T) {
	tests := []struct {
		text, asked, want string
		found             []redact.Kind
	}{
		{"my password is sunflower", "", "my password is •••", []redact.Kind{redact.Password}},
		{"パスワードはTanuki77です", "", "パスワードは•••です", []redact.Kind{redact.Password}},
		{"ﾊﾟｽﾜｰﾄﾞはﾀﾇｷです", "", "ﾊﾟｽﾜｰﾄﾞは•••です", []redact.Kind{redact.Password}},
		{"パスワードを tanuki から kitsune に変えた", "", "パスワードを ••• から ••• に変えた", []redact.Kind{redact.Password}},
		{"username p4471923 password xK9mQ2vL", "", "username ••• password •••", []redact.Kind{redact.Credentials, redact.Password}},
		{"クーポンコードは ＡＢＣＤ－１２３４－ＥＦＧＨ です", "", "クーポンコードは ••• です", []redact.Kind{redact.Code}},
		{"abcdefgh", "coupon", "•••", []redact.Kind{redact.Code}},
		{"sunflower", "coupon", "•••", []redact.Kind{redact.Code}},
		{"sunflower", "", "sunflower", nil},
		{"①NetUpdateを開く ②パスワード: Tanuki77", "", "①NetUpdateを開く ②パスワード: •••", []redact.Kind{redact.Password}},
		{"yes", "coupon", "yes", nil},
		{"はい", "coupon", "はい", nil},
		{"hanako@example.jp / 090-1234-5678", "", "••• / •••", []redact.Kind{redact.Email, redact.Phone}},
		{"card 4111 1111 1111 1111 cvc 123", "", "card ••• cvc •••", []redact.Kind{redact.Card}},
		{"https://example.com/reset?token=9f8a7b6c5d4e", "", "https://example.com/reset?•••", []redact.Kind{redact.Link}},
		{"https://bob:hunter2@example.com/", "", "https://•••@example.com/", []redact.Kind{redact.Link}},
		{"xK9mQ2vL", "", "•••", []redact.Kind{redact.Other}},
		{"VirusBarrier X9 10.9.18, macOS 14.2.1, 16GB/512GB, 3pm", "", "VirusBarrier X9 10.9.18, macOS 14.2.1, 16GB/512GB, 3pm", nil},
		{"p\x00l\u200be\u202ease \xff", "", "please \ufffd", nil},
		{"👩‍👩‍👧 ok", "", "👩‍👩‍👧 ok", nil},
		{"", "", "", nil},
		{"password: marigold\nThanks\nJohn", "", "password: •••\nThanks\nJohn", []redact.Kind{redact.Password}},
		{"call me 555-0147, area code 212", "", "call me •••, area code •••", []redact.Kind{redact.Phone}},
		{"pat underscore quill at example dot com", "", "•••", []redact.Kind{redact.Email}},
		{"ゼロきゅうゼロ の いちいちいちいち に電話", "", "••• に電話", []redact.Kind{redact.Phone}},
		{"voucher RENEW-4PP-19Z", "", "voucher •••", []redact.Kind{redact.Code}},
	}
	for _, tt := range tests {
		got := cleaner(t).Clean(tt.text, tt.asked)
		if got.Text.String() != tt.want {
			t.Errorf("Clean(%q, %q) = %q, want %q", tt.text, tt.asked, got.Text, tt.want)
		}
		if diff := cmp.Diff(tt.found, got.Found); diff != "" {
			t.Errorf("Clean(%q, %q) found (-want +got):\n%s", tt.text, tt.asked, diff)
		}
	}
}

func TestKindsThatCustomersAreToldAbout(t *testing.T) {
	for kind, want := range map[redact.Kind]bool{
		redact.Password: true, redact.Credentials: true, redact.Code: true, redact.Card: true, redact.Link: true,
		redact.Email: false, redact.Phone: false, redact.Other: false, "": false,
	} {
		if kind.Secret() != want {
			t.Errorf("%q.Secret() = %v", kind, !want)
		}
	}
}

func TestTextIsKeptAndReadBack(t *testing.T) {
	text := cleaner(t).Clean("pw: hunter2 & \"fine\"", "").Text
	value, err := text.Value()
	if err != nil {
		t.Fatal(err)
	}
	for _, source := range []any{value, []byte(text.String())} {
		var back redact.Text
		if err := back.Scan(source); err != nil || back != text {
			t.Errorf("Scan(%v) = %q, %v; want %q", source, back, err, text)
		}
	}
	var back redact.Text
	if err := back.Scan(nil); err != nil || !back.IsZero() {
		t.Errorf("Scan(nil) = %q, %v; want no text", back, err)
	}
	if err := back.Scan(7); err == nil {
		t.Error("Scan(7) has no error")
	}
	data, err := json.Marshal(text)
	if want := `"pw: ••• \u0026 \"fine\""`; err != nil || string(data) != want {
		t.Errorf("JSON = %s, %v; want %s", data, err, want)
	}
	if text.LogValue().String() != text.String() {
		t.Errorf("LogValue = %v", text.LogValue())
	}
}

func TestLongTextsAreCut(t *testing.T) {
	c := cleaner(t)
	for _, text := range []string{
		strings.Repeat("word ", 5000), strings.Repeat("a", 40_000), strings.Repeat("あ", 20_000), strings.Repeat("PIN 0000 ", 4000),
		strings.Repeat("x", 16<<10-1) + "é", strings.Repeat("1234 ", 8000),
	} {
		got := c.Clean(text, "").Text.String()
		if len(got) > 16<<10 || !utf8.ValidString(got) {
			t.Errorf("%d bytes of %.9q became %d bytes", len(text), text, len(got))
		}
		if again := c.Clean(got, "").Text.String(); again != got {
			t.Errorf("%.9q: a second time gives another text", text)
		}
	}
}

func TestContentWithFaultsIsRefused(t *testing.T) {
	sound, err := os.ReadFile("../../intents/redact/secrets.yaml")
	if err != nil {
		t.Fatal(err)
	}
	change := func(old, replacement string) string {
		if !strings.Contains(string(sound), old) {
			t.Fatalf("secrets.yaml has no %q", old)
		}
		return strings.Replace(string(sound), old, replacement, 1)
	}
	tests := []struct{ name, secrets, words, want string }{
		{"no files", "", "", "redact/secrets.yaml:0:0: file is missing"},
		{"unknown list", change("\nunits:", "\nunit:"), "ab\n", `unknown key "unit"`},
		{"list missing", change("\nunits:", "\nunit:"), "ab\n", `"units" is missing`},
		{"unknown kind", change("coupon: code", "coupon: cod"), "ab\n", `unknown kind "cod"`},
		{"empty word", change("from: [from]", `from: [""]`), "ab\n", "an empty word stands everywhere"},
		{"words not sorted", string(sound), "# note\nbc\nab\n", "vocabulary.txt:3:1: expected one word"},
		{"no words", string(sound), "", "read vocabulary"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			files := fstest.MapFS{}
			if tt.secrets != "" {
				files["redact/secrets.yaml"] = &fstest.MapFile{Data: []byte(tt.secrets)}
			}
			if tt.words != "" {
				files["vocabulary.txt"] = &fstest.MapFile{Data: []byte(tt.words)}
			}
			_, err := redact.New(files, nil)
			var problems *strictyaml.Error
			if !errors.As(err, &problems) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("New: %v, want %q", err, tt.want)
			}
		})
	}
}
