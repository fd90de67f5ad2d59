package webchat_test

import (
	"os"
	"testing"

	"passdesk/internal/browsertest"
)

func TestShots(t *testing.T) {
	dir := os.Getenv("WCSHOTS")
	if dir == "" {
		t.Skip("WCSHOTS is not set")
	}
	s := open(t, nil)
	shot := func(name string, o browsertest.Options, steps ...string) {
		p := chromium.Page(t, s.URL+"/", o)
		for _, selector := range steps {
			p.ClickAndLoad(selector)
		}
		p.Screenshot(dir + "/" + name + ".png")
	}
	o := browsertest.Options{Language: "ja", NoScript: true, Width: 800}
	shot("first-ja", o)
	shot("vpn-ja", o, `[value="prompt:vpn"]`)
	shot("answer-ja", o, `[value="prompt:vpn"]`, `[value="vpn-generation:current"]`, `[value="vpn-need:signin"]`)
	o.Dark = true
	shot("answer-ja-dark", o, `[value="prompt:vpn"]`, `[value="vpn-generation:current"]`, `[value="vpn-need:signin"]`)
	o.Dark, o.Width, o.Language = false, 320, "en"
	shot("first-en-320", o)
	shot("answer-en-320", o, `[value="prompt:netupdate"]`)
	shot("human-en-320", o, `[value="human"]`)
	p := visit(t, s, "/", []string{"human", "agent"}, browsertest.Options{Language: "ja", Width: 400})
	p.Screenshot(dir + "/live-ja.png")
	p = visit(t, s, "/", []string{"prompt:netupdate", "2.yes"}, browsertest.Options{Language: "ja", Width: 800})
	p.Screenshot(dir + "/thanks-ja.png")
	p = chromium.Page(t, s.URL+"/embed/demo", browsertest.Options{Language: "ja", Width: 800, Height: 760})
	p.Eval(opener+`.click()`, nil)
	p.Until("the chat", panel+`.querySelector("iframe").contentDocument?.querySelector("#say")`)
	p.Screenshot(dir + "/embed-ja.png")
	p = chromium.Page(t, s.URL+"/help/ja", browsertest.Options{})
	p.Screenshot(dir + "/help-ja.png")
	p.Go(s.URL + "/help/ja/vpn-signin")
	p.Screenshot(dir + "/article-ja.png")
}
