package console_test

import (
	"flag"
	"path/filepath"
	"testing"

	"passdesk/internal/browsertest"
	"passdesk/internal/chat"
	"passdesk/internal/console"
)

var shots = flag.String("shots", "", "directory to write pictures of all pages into, for people to look at")

// TestShots draws every page, for people.
func TestShots(t *testing.T) {
	if *shots == "" {
		t.Skip("no -shots")
	}
	s := open(t, nil)
	first := s.people.handOver("web", "c1", "パスワードはhunter2だと思います。どうすればいいですか？").ID
	s.people.handOver("api", "c2", "help")
	mine := s.people.handOver("web", "c3", "何度入力してもだめです。")
	s.act(sato, mine, "claim", nil)
	s.act(sato, mine, "say", words("1", "ご不便をおかけしています。いっしょに確認しましょう。"))
	s.people.hear(chat.Message{Channel: "web", Conversation: "c3", Text: "ありがとうございます。パスワードはhunter2です。"})
	for _, language := range []string{"ja", "en"} {
		for name, path := range map[string]string{
			"mine": console.CasePath(mine.ID), "sign-in": "/agent/sign-in", "nothing": "/agent/?q=VPNのことでこまっています",
			"home": "/agent/?q=vpn", "picked": "/agent/?now=vpn-signin&q=vpn", "two": "/agent/?a=vpn-signin&a=mac-admin-netupdate&now=portal-reset",
			"guide": "/agent/guide?f=prompt:vpn&l=ja", "leaf": "/agent/guide?f=prompt:vpn,vpn-generation:current,vpn-need:lost&l=ja",
			"cases": "/agent/cases", "case": console.CasePath(first),
		} {
			for _, o := range []browsertest.Options{{Width: 1360, Height: 900}, {Width: 1360, Height: 900, Dark: true}, {Width: 320, Height: 640}} {
				o.Language = language
				p := chromium.Page(t, s.as(sato, path), o)
				p.Eval(`new Promise(r => setTimeout(r, 700))`, nil)
				kind := map[bool]string{true: "-dark"}[o.Dark]
				if o.Width == 320 {
					kind = "-narrow"
				}
				p.Screenshot(filepath.Join(*shots, name+"-"+language+kind+".png"))
				if f := p.Faults(); len(f) > 0 {
					t.Errorf("%s: %q", name, f)
				}
			}
		}
	}
}
