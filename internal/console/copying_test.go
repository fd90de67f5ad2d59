package console_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"passdesk/internal/browsertest"
	"passdesk/internal/canned"
	"passdesk/internal/console"
	"passdesk/internal/guide"
)

// read is what is in the clipboard, by type.
func read(p *browsertest.Page) map[string]string {
	var got map[string]string
	p.Eval(`navigator.clipboard.read().then(async items => {
		const all = {items: String(items.length)};
		for (const type of items[0].types) all[type] = await (await items[0].getType(type)).text();
		return all;
	})`, &got)
	return got
}

// toast waits for the page to say something.
func toast(p *browsertest.Page, part string) {
	p.Until("toast "+part, fmt.Sprintf(`document.getElementById("toast").textContent.includes(%q)`, part))
}

// TestClipboard (U25): what every button copies, with navigator.clipboard and without.
func TestClipboard(t *testing.T) {
	s := open(t, nil)
	insecure := strings.Replace(s.url, "127.0.0.1", "console.test", 1)
	for _, base := range []string{s.url, insecure} {
		p := chromium.Page(t, base+strings.TrimPrefix(s.as(sato, "/agent/?now=vpn-signin"), s.url), browsertest.Options{Language: "en"})
		p.AllowClipboard(s.url)
		if (base == insecure) == p.True(`navigator.clipboard`) {
			t.Fatalf("%s is not what this test is about", base)
		}
		p.Until("the buttons", `document.querySelectorAll("[data-copy]").length === 7`)
		p.Focus("#v-customer")
		p.Type("<b>山田&")
		p.Until("the name", `document.querySelector("[data-text=plain]").value.includes("山田")`)
		reader := chromium.Page(t, s.as(sato, "/agent/"), browsertest.Options{Beside: p})
		for format, want := range map[string]struct{ plain, html string }{
			"plain": {"<b>山田&様", ""}, "rich": {"<b>山田&様", "&lt;b&gt;山田&amp;様"}, "mail": {"<b>山田&様", "&lt;b&gt;山田&amp;様"},
			"slack": {"&lt;b&gt;山田&amp;様", "&lt;b&gt;山田&amp;様"}, "markdown": {"山田", ""}, "subject": {content().Answer("vpn-signin").Title.Japanese, ""},
			"link": {base + "/help/ja/vpn-signin", ""},
		} {
			reader.Eval(`navigator.clipboard.writeText("before")`, nil)
			p.Eval(`document.getElementById("toast").textContent = ""`, nil)
			p.Focus(`[data-copy="` + format + `"]`)
			p.Press(kb.Enter)
			p.Until("a toast", `document.getElementById("toast").textContent.includes("vpn-signin")`)
			if !p.True(`document.activeElement.dataset.copy === "` + format + `"`) {
				t.Errorf("%s: the focus is lost", format)
			}
			got := read(reader)
			if !strings.Contains(got["text/plain"], want.plain) || (want.html == "") != (got["text/html"] == "") || !strings.Contains(got["text/html"], want.html) || got["items"] != "1" {
				t.Errorf("%s on %s copied %q", format, base, got)
			}
			if strings.Contains(got["text/plain"]+got["text/html"], "{{") {
				t.Errorf("%s: braces in %q", format, got)
			}
		}
	}
}

// TestGaps (U26): what is not filled in is copied only by who was asked, and never as a variable.
func TestGaps(t *testing.T) {
	g := contentWith(t, "pages/canned.yaml", `ja: "{{customer}}\n\nお問い合わせ`, `ja: "{{customer}}（{{case}}）\n\nお問い合わせ`)
	library := canned.New(g, nil)
	s := open(t, func(o *console.Options) {
		o.Guide, o.Canned = func() *guide.Guide { return g }, func() *canned.Library { return library }
	})
	p := chromium.Page(t, s.as(sato, "/agent/?now=overview"), browsertest.Options{Language: "en"})
	p.AllowClipboard(s.url)
	p.Until("a chip", `document.querySelector(".twin .missing")?.textContent.includes("Case number")`)
	p.Eval(`navigator.clipboard.writeText("before")`, nil)
	for _, key := range []string{"b", "m"} {
		p.Press(key, chromedp.ModifierCtrl)
		p.Until("a question", `document.getElementById("unfilled").open && document.getElementById("unfilled-names").textContent === "Case number"`)
		p.Press(kb.Escape)
		if got := read(p)["text/plain"]; got != "before" {
			t.Errorf("without an answer %q was copied", got)
		}
	}
	p.Press("b", chromedp.ModifierCtrl)
	p.Until("a question", `document.getElementById("unfilled").open`)
	p.Press(kb.Enter)
	p.Until("the field", `document.activeElement.id === "v-case"`)
	p.Press("b", chromedp.ModifierCtrl)
	p.Until("a question", `document.getElementById("unfilled").open`)
	p.Press(kb.Tab)
	p.Press(kb.Enter)
	toast(p, "overview")
	if got := read(p); !strings.Contains(got["text/plain"], "[受付番号]") || strings.Contains(got["text/plain"]+got["text/html"], "{{") || strings.ContainsAny(got["text/html"], "\uE000\uE001") {
		t.Errorf("with a gap %q was copied", got)
	}
	p.Focus("#v-case")
	p.Type("{{case}}H-1")
	p.Until("a text without gaps", `!document.querySelector(".twin[data-language=ja] .missing")`)
	p.Press("b", chromedp.ModifierCtrl)
	p.Until("a copy without a question", `!document.getElementById("unfilled").open`)
	toast(p, "overview")
	p.Eval(`new Promise(r => setTimeout(r, 100))`, nil)
	if got := read(p)["text/plain"]; !strings.Contains(got, "（caseH-1）") || strings.Contains(got, "{{") {
		t.Errorf("%q was copied", got)
	}
}
