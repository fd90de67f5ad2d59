package webchat_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"passdesk/internal/browsertest"
	"passdesk/internal/channel/webchat"
)

// host is a site of somebody else's that embeds the chat and trusts nobody with anything more. Its
// name and that of the chat are different sites to a browser.
func host(t *testing.T, language string) (site, desk string) {
	t.Helper()
	var s *stand
	page := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src "+desk+"; frame-src "+desk+"; img-src data:; base-uri 'none'")
		_, _ = fmt.Fprintf(w, `<!doctype html><html lang="%s"><head><title>Shop</title><link rel="icon" href="data:,"><script src="%s/embed.js" data-language="auto"></script></head>
			<body><main><h1>Shop</h1><p><a href="#x">A link</a></p></main></body></html>`, language, desk)
	})
	server := httptest.NewServer(page)
	t.Cleanup(server.Close)
	site = strings.Replace(server.URL, "127.0.0.1", "www.shop.test", 1)
	s = open(t, func(o *webchat.Options) { o.FrameAncestors = []string{site} })
	desk = strings.Replace(s.URL, "127.0.0.1", "help.desk.test", 1)
	return site, desk
}

const (
	opener = `document.querySelector("div").shadowRoot.querySelector("#open")`
	panel  = `document.querySelector("div").shadowRoot.querySelector("#panel")`
	held   = `document.querySelector("div").shadowRoot.activeElement`
)

// TestEmbedded: the button opens and closes the panel by keyboard, the focus comes back, and the
// conversation in it is not loaded anew.
func TestEmbedded(t *testing.T) {
	site, desk := host(t, "ja")
	p := chromium.Page(t, site+"/", browsertest.Options{Language: "en-US"})
	p.Until("the button", `document.querySelector("div")?.shadowRoot`)
	if !p.True(opener + `.textContent === "パスワードのヘルプ" && ` + opener + `.getAttribute("aria-expanded") === "false"`) {
		t.Error("the button is not as it should be")
	}
	if !p.True(`(r => r.width >= 44 && r.height >= 44)(` + opener + `.getBoundingClientRect())`) {
		t.Error("the button is small")
	}
	p.Press(kb.Tab)
	p.Press(kb.Tab)
	if !p.True(held + ` === ` + opener) {
		t.Fatal("the button cannot be reached by keyboard")
	}
	p.Press(kb.Enter)
	if !p.True(opener + `.getAttribute("aria-expanded") === "true" && !` + panel + `.hidden && ` + held + `.tagName === "IFRAME"`) {
		t.Fatal("the panel is not open, or does not have the focus")
	}
	p.Until("the page in the frame", `performance.getEntriesByType("resource").some(e => e.initiatorType === "iframe" && e.responseEnd > 0)`)
	loaded := embeds(p, desk)
	p.Eval(panel+`.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape", bubbles: true}))`, nil)
	if !p.True(panel + `.hidden && ` + held + ` === ` + opener + ` && ` + opener + `.getAttribute("aria-expanded") === "false"`) {
		t.Error("Escape does not close the panel, or the focus is elsewhere")
	}
	p.Press(kb.Enter)
	p.Eval(panel+`.querySelector("button").click()`, nil)
	if !p.True(panel + `.hidden && ` + held + ` === ` + opener) {
		t.Error("the button in the panel does not close it")
	}
	if again := embeds(p, desk); again != loaded {
		t.Errorf("loaded %d times, then %d", loaded, again)
	}
	p.Eval(`window.postMessage("passdesk:close", "*")`, nil) // of the page itself: nothing happens
	if broken := p.Axe(); len(broken) > 0 {
		t.Errorf("axe: %q", broken)
	}
	if faults := p.Faults(); len(faults) > 0 {
		t.Errorf("faults: %q", faults)
	}
	if found := p.Elsewhere(site, desk); len(found) > 0 {
		t.Errorf("requests elsewhere: %q", found)
	}
}

// embeds counts how often the chat was loaded into the page.
func embeds(p *browsertest.Page, desk string) (n int) {
	for _, address := range p.Requests() {
		if strings.HasPrefix(address, desk+"/embed?") {
			n++
		}
	}
	return n
}

// TestEmbeddedTalk: a conversation in the panel of a page of our own, where a test can see into it;
// Escape in it closes the panel, and it goes on where it was.
func TestEmbeddedTalk(t *testing.T) {
	s := open(t, nil)
	p := chromium.Page(t, s.URL+"/embed/demo", browsertest.Options{Width: 800, Height: 700})
	inside := func(script string) string {
		return strings.ReplaceAll(script, "$doc", panel+`.querySelector("iframe").contentDocument`)
	}
	p.Until("the button", `document.querySelector("div")?.shadowRoot`)
	p.Eval(opener+`.click()`, nil)
	p.Until("the chat", inside(`$doc?.querySelector('[value="prompt:vpn"]')`))
	p.Eval(inside(`$doc.querySelector('[value="prompt:vpn"]').click()`), nil)
	p.Until("the answer", inside(`$doc.querySelector("#main").dataset.turn === "2"`))
	p.Eval(inside(`$doc.body.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape", bubbles: true}))`), nil)
	p.Until("the panel to close", panel+`.hidden && `+held+` === `+opener)
	p.Eval(opener+`.click()`, nil)
	if !p.True(inside(`$doc.querySelector("#main").dataset.turn === "2" && $doc.documentElement.scrollWidth <= 400`)) {
		t.Error("the conversation is not where it was, or too wide")
	}
	clean(t, s, p)
}

// TestNotEmbedded: a site that is not named cannot show the chat.
func TestNotEmbedded(t *testing.T) {
	s := open(t, nil)
	desk := strings.Replace(s.URL, "127.0.0.1", "help.desk.test", 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprintf(w, `<!doctype html><title>x</title><iframe src="%s/embed"></iframe>`, desk)
	}))
	t.Cleanup(server.Close)
	p := chromium.Page(t, strings.Replace(server.URL, "127.0.0.1", "www.shop.test", 1)+"/", browsertest.Options{})
	if faults := strings.Join(p.Faults(), " "); !strings.Contains(faults, "frame-ancestors") {
		t.Errorf("faults %q", faults)
	}
}
