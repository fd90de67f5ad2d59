package webchat_test

import (
	"strings"
	"testing"
)

// TestLanguage: who gets which language.
func TestLanguage(t *testing.T) {
	s := open(t, nil)
	for _, c := range []struct{ header, address, want string }{
		{"ja-JP", "/", "ja"}, {"ja", "/", "ja"}, {"en-US,en;q=0.9", "/", "en"}, {"en-GB", "/", "en"},
		{"fr,en;q=0.8", "/", "en"}, {"fr;q=0.9,ja;q=0.8,en;q=0.7", "/", "ja"}, {"en;q=0.1,ja;q=0.9", "/", "ja"},
		{"ko", "/", "ja"}, {"zh-TW", "/", "ja"}, {"", "/", "ja"}, {"*", "/", "ja"}, {"x-&%$", "/", "ja"}, {strings.Repeat("en,", 3000), "/", "ja"},
		{"en", "/?lang=ja", "ja"}, {"ja", "/?lang=en", "en"}, {"ja", "/?lang=fr", "ja"}, {"en", "/?lang=", "en"},
		{"ja", "/embed?locale=en", "en"}, {"ja", "/embed?locale=en&lang=ja", "ja"}, {"en", "/help", "en"}, {"ko", "/help", "ja"}, {"ja", "/nothing", "ja"},
	} {
		got := s.customer(c.header).get(c.address)
		if !strings.Contains(got.page, `<html lang="`+c.want+`"`) {
			t.Errorf("%.40q %s: not in %s: %.200s", c.header, c.address, c.want, got.page)
		}
		wants(t, "Vary of "+c.address, strings.Join(got.answer.Values("Vary"), ","), "Accept-Language")
	}
}

// TestAskedLanguage: the language that the address asks for is kept when the conversation begins.
func TestAskedLanguage(t *testing.T) {
	c := open(t, nil).customer("ja").get("/?lang=en").send("choose", "prompt:vpn")
	wants(t, "heading", c.heading(), "Which VPN")
	wants(t, "page", c.page, `<html lang="en">`)
	if c.get("/"); !strings.Contains(c.page, `<html lang="en">`) {
		t.Error("opened anew it is in another language")
	}
	// Asked for in the middle, it holds from the next message on.
	c.get("/?t=2&lang=ja")
	wants(t, "page", c.page, `<html lang="ja">`, `name="lang" value="ja"`)
	c.send("choose", "vpn-generation:current")
	wants(t, "heading", c.heading(), "いちばん近いのはどれですか")
	wantsNot(t, "page", c.page, `name="lang"`)
}

// TestSwitchLanguage: the switch keeps the place, and what was said stays in its language.
func TestSwitchLanguage(t *testing.T) {
	c := open(t, nil).customer("ja").get("/")
	wants(t, "page", c.page, `href="/?lang=en"`)
	c.send("choose", "prompt:vpn").send("choose", "vpn-generation:current").send("speak", "en")
	wants(t, "heading", c.heading(), "With your VPN")
	wants(t, "page", c.page, `<html lang="en">`, `lang="ja">`, `name="speak" value="ja" lang="ja">日本語`)
	wants(t, "log", c.log(), "You: English", "お使いのVPNは")
	c.send("speak", "ja")
	wants(t, "heading", c.heading(), "いちばん近いのはどれですか")
	wants(t, "log", c.log(), "ここからは日本語でご案内します")
}
