package redact_test

import (
	"os"
	"strings"
	"testing"

	"passdesk/internal/redact"
)

func BenchmarkClean(b *testing.B) {
	c := cleaner(b)
	hostile := func(s string) string { return strings.Repeat(s, (16<<10)/len(s)) }
	for name, text := range map[string]string{
		"english":            "Hello, since the update this morning NetUpdate asks for a password again and I don't know which one it wants, the Mac or the account?",
		"english secret":     "Hi, my VPN user name is p4471923 and the password is sunflower99, but the app says it is wrong. What can I do?",
		"japanese":           "お世話になっております。NetUpdateを開くとパスワードを求められるのですが、どのパスワードを入れればよいのでしょうか。",
		"japanese secret":    "パスワードはTanuki77です。ユーザ名はtanaka99です。これで入れないのですが、どうすればよいでしょうか。",
		"hostile words":      hostile("password is xqzjwkpv to "),
		"hostile letters":    hostile("a b c 1 "),
		"hostile signs":      hostile("((\"'<@:"),
		"hostile digits":     hostile("1234 5678 9 "),
		"hostile keywords":   hostile("pw "),
		"hostile misspelt":   hostile("zpdatw rqinstwll "),
		"hostile japanese":   hostile("パスワードは、えーと「"),
		"hostile links":      hostile("http://a?b=c@d.com "),
		"hostile one run":    hostile("a1-"),
		"hostile half width": hostile("ﾊﾟ"),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				c.Clean(text, "")
			}
		})
	}
}

func BenchmarkNew(b *testing.B) {
	own, err := knowledgeTexts()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := redact.New(os.DirFS("../../intents"), own); err != nil {
			b.Fatal(err)
		}
	}
}
