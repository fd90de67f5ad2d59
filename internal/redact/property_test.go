package redact_test

import (
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"passdesk/internal/redact"
)

// messages are texts made of what messages are made of.
func messages() *rapid.Generator[string] {
	pieces := rapid.SampledFrom([]string{
		"my ", "password ", "pw", ": ", "is ", "sunflower", "Tanuki77", "パスワード", "は", "を", "です", "から", "に変えた", "/", "-", "•••", "\n", "「", "」", "\"", "'",
		"abcd", "1234", "12", " ", "4111111111111111", "@", "example.jp", "https://", "?token=", "のー", "エー", "、", "ﾊﾟｽ", "＠", "ａ", "then", "and", "to", "from ", "typed ", "> ",
		"coupon", "0915", "x", "é", "\x00", "\xff", "\u200b", "\u202e", "ﾞ", "…", "()", "<", "|", "+81", "error ", "404", "Mac", "worked", "login ", "😀", "h ", "u ", "n ", "é", "e\u0301",
		"call me ", "555-0147", "i just put ", "って打って", "'s name, ", "の名前にしてあるの。", "p1234567", "like ", " underscore ", " dot com", " at ", "as in ", "いち", "it asks ", "Butter", "ひまわり", "アットマーク", "どっと", "って", ", ",
	})
	return rapid.Map(rapid.SliceOfN(pieces, 0, 40), func(all []string) string { return strings.Join(all, "") })
}

func TestToCleanAgainChangesNothing(t *testing.T) {
	c := cleaner(t)
	rapid.Check(t, func(t *rapid.T) {
		check(t, c, rapid.OneOf(messages(), rapid.String()).Draw(t, "text"), rapid.SampledFrom([]string{"", "coupon"}).Draw(t, "asked"))
	})
}

// TestPlantedTokensGo: a token behind a keyword does not survive, whatever stands around it.
func TestPlantedTokensGo(t *testing.T) {
	c := cleaner(t)
	frames := []string{
		"password: %", "my password is %", "pw % is refused", "パスワードは%です", "パスワード：%", "ﾊﾟｽﾜｰﾄﾞは「%」です", "coupon code % please", "クーポンコードは % です",
		"my VPN password is % and it fails", "user bob / password %", "old password was %, sorry", "% is my password", "暗証番号%", "pasuwaado wa % desu", "Hello,\n\npassword:\n%\n\nThanks",
	}
	rapid.Check(t, func(t *rapid.T) {
		secret := rapid.StringMatching(`[A-Za-z]{2,6}[0-9]{2,5}[!#$_]?[A-Za-z0-9]{2,6}`).Draw(t, "secret")
		text := strings.ReplaceAll(rapid.SampledFrom(frames).Draw(t, "frame"), "%", secret)
		got := c.Clean(text, "").Text.String()
		for i := 0; i+4 <= len(secret); i++ {
			if strings.Contains(got, secret[i:i+4]) {
				t.Fatalf("Clean(%q) = %q", text, got)
			}
		}
	})
}

func check(t interface{ Fatalf(string, ...any) }, c *redact.Cleaner, text, asked string) {
	once := c.Clean(text, asked).Text.String()
	if !utf8.ValidString(once) || len(once) > 16<<10 {
		t.Fatalf("Clean(%q) = %q", text, once)
	}
	if twice := c.Clean(once, asked).Text.String(); twice != once {
		t.Fatalf("Clean(%q) = %q, and cleaned again %q", text, once, twice)
	}
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{"my password is sunflower", "パスワードはTanuki77です", "a\xff@b.c", "-----begin rsa", "090-1234-5678", "h u n t e r 2", "> x\ny", "<@U1>", ""} {
		f.Add(seed, "")
		f.Add(seed, "coupon")
	}
	c := cleaner(f)
	f.Fuzz(func(t *testing.T, text, asked string) { check(t, c, text, asked) })
}

func TestManyAtOnce(t *testing.T) {
	c := cleaner(t)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 50 {
				if got := c.Clean("パスワードはTanuki77です", "").Text.String(); got != "パスワードは•••です" {
					t.Errorf("got %q", got)
				}
			}
		})
	}
	group.Wait()
}
