package webchat_test

import (
	"fmt"
	"strings"
	"testing"

	"passdesk/internal/browsertest"
	"passdesk/internal/chat"
)

// tour is every kind of page: what it is called, its address, and what is pressed there.
func tour() []struct {
	name, address string
	press         []string
} {
	return []struct {
		name, address string
		press         []string
	}{
		{"first question", "/", nil},
		{"question", "/", []string{"prompt:vpn"}},
		{"pictures", "/", []string{"prompt:unsure"}},
		{"answer", "/", []string{"prompt:vpn", "vpn-generation:current", "vpn-need:signin"}},
		{"person", "/", []string{"prompt:vpn", "human"}},
		{"thanks", "/", []string{"prompt:netupdate", "2.yes"}},
		{"earlier", "/", []string{"prompt:netupdate", "?t=1"}},
		{"note", "/", []string{"prompt:netupdate", "?note=stale"}},
		{"live", "/", []string{"human", "agent"}},
		{"embedded", "/embed", []string{"prompt:vpn"}},
		{"demo", "/embed/demo", nil},
		{"help", "/help/%s", nil},
		{"article", "/help/%s/portal-reset", nil},
		{"missing", "/help/%s/nothing", nil},
	}
}

// visit opens a page of the tour.
func visit(t *testing.T, s *stand, address string, press []string, o browsertest.Options) *browsertest.Page {
	t.Helper()
	if strings.Contains(address, "%s") {
		address = fmt.Sprintf(address, o.Language)
	}
	p := chromium.Page(t, s.URL+address, o)
	for i, what := range press {
		switch {
		case what == "agent":
			s.agent(s.last(), chat.AgentJoin, "")
			s.agent(s.last(), chat.AgentSay, "こんにちは。担当の佐藤です。\nHello, this is Sato. https://support.example.com/a-very-long-address/that-does-not-end")
			p.Reload()
		case what[0] == '?':
			p.Go(s.URL + address + what)
		default:
			p.Eval(`document.querySelector('button[value="`+what+`"]').click()`, nil)
			turn(p, i+2)
		}
	}
	return p
}

// each visits every kind of page in both languages.
func each(t *testing.T, s *stand, o browsertest.Options, look func(name string, p *browsertest.Page)) {
	t.Helper()
	for _, o.Language = range []string{"ja", "en"} {
		for _, stop := range tour() {
			p := visit(t, s, stop.address, stop.press, o)
			look(stop.name+" "+o.Language, p)
			if stop.name != "missing" { // the browser complains of the status
				clean(t, s, p)
			}
		}
	}
}

// TestPages looks at every page as it is on a wide, light screen and on a narrow, dark one.
func TestPages(t *testing.T) {
	if testing.Short() {
		t.Skip("every page in every look takes long; without -short it is looked at")
	}
	s := open(t, nil)
	each(t, s, browsertest.Options{}, func(page string, p *browsertest.Page) { accessible(t, page, p) })
	each(t, s, browsertest.Options{Dark: true, Width: 320, ReducedMotion: true}, func(page string, p *browsertest.Page) {
		accessible(t, page, p)
		typography(t, page, p)
		for _, size := range []string{"100%", "200%"} {
			p.Eval(`document.documentElement.style.fontSize = "`+size+`"`, nil)
			targets(t, page+" at "+size, p)
		}
	})
}

// accessible (U6): axe finds nothing.
func accessible(t *testing.T, page string, p *browsertest.Page) {
	t.Helper()
	if broken := p.Axe(); len(broken) > 0 {
		t.Errorf("%s: %s", page, strings.Join(broken, "\n"))
	}
}

// targets (U7, U8): what can be pressed is at least 44 by 44, and nothing has to be scrolled sideways.
func targets(t *testing.T, page string, p *browsertest.Page) {
	t.Helper()
	var small, wide []string
	p.Eval(`[...document.querySelectorAll("a, button, textarea")].filter(e => e.checkVisibility() && !e.matches(".skip")).filter(e => {
		const r = e.getBoundingClientRect(); return r.width < 43.9 || r.height < 43.9 }).map(e => e.outerHTML.slice(0, 100))`, &small)
	if len(small) > 0 {
		t.Errorf("%s: small: %q", page, small)
	}
	p.Eval(`document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth).map(e => e.outerHTML.slice(0, 100))`, &wide)
	if len(wide) > 0 {
		t.Errorf("%s: wider than the window: %q", page, wide)
	}
}

// typography (U9, U10, U11): Japanese breaks between phrases everywhere, the page says which language
// it is in, and nothing moves for those who want it so.
func typography(t *testing.T, page string, p *browsertest.Page) {
	t.Helper()
	var found []string
	p.Eval(`[...document.querySelectorAll("h1, h2, p, li, button, label, a, textarea")].flatMap(e => { const c = getComputedStyle(e);
		return [c.wordBreak !== "auto-phrase" && "break", c.lineBreak !== "strict" && "line", parseFloat(c.transitionDuration) > 0 && "transition",
			c.animationName !== "none" && "animation", c.scrollBehavior === "smooth" && "scroll"].filter(Boolean).map(x => x + " " + e.tagName) })`, &found)
	if len(found) > 0 {
		t.Errorf("%s: %q", page, found)
	}
	if language := page[len(page)-2:]; !p.True(`document.documentElement.lang === "` + language + `"`) {
		t.Errorf("%s: not said to be in %s", page, language)
	}
}

// TestEveryStepOffersAWayOn (U14): back, start again and a person.
func TestEveryStepOffersAWayOn(t *testing.T) {
	s := open(t, nil)
	person := s.customer("ja").get("/").send("command", "human")
	wants(t, "person", strings.Join(person.buttons(), " "), "command=back", "command=restart")
	wants(t, "back from the person", person.send("command", "back").log(), "ひとつ前に戻る", "ひとつ前に戻りました")
	c := s.customer("ja").get("/")
	wants(t, "first question", strings.Join(c.buttons(), " "), "choose=prompt:unsure", "command=human")
	for _, answer := range []string{"prompt:netupdate", "prompt:install", "portal-problem:no-mail", "vpn-need:signin", "request:overview"} {
		c.send("choose", answer)
		wants(t, answer, strings.Join(c.buttons(), " "), "command=back", "command=restart", "command=human")
		wants(t, answer, c.page, `id="say"`)
		if strings.Contains(c.heading(), "解決しましたか") {
			wants(t, answer, strings.Join(c.buttons(), " "), ".yes", ".no")
		}
	}
}

// TestForcedColors (U9): with the colours of the system everything that can be pressed has an edge.
func TestForcedColors(t *testing.T) {
	p := visit(t, open(t, nil), "/", []string{"prompt:netupdate"}, browsertest.Options{ForcedColors: true, Language: "ja"})
	if !p.True(`[...document.querySelectorAll("button, textarea")].every(e => parseFloat(getComputedStyle(e).borderTopWidth) >= 1)`) {
		t.Error("something has no edge")
	}
	if broken := p.Axe(); len(broken) > 0 {
		t.Errorf("axe: %q", broken)
	}
}

// TestPrint: on paper there is the answer, and nothing that could be pressed.
func TestPrint(t *testing.T) {
	p := visit(t, open(t, nil), "/", []string{"prompt:netupdate", "mac-password:forgotten"}, browsertest.Options{Print: true, Language: "en"})
	var shown string
	p.Eval(`document.body.innerText`, &shown)
	wants(t, "paper", shown, "Apple's page")
	wantsNot(t, "paper", shown, "Hello!", "Talk to a person", "Did that solve it", "Send", "Check that the message came up when you opened NetUpdate")
	if p.True(`[...document.querySelectorAll("button, textarea")].some(e => e.checkVisibility())`) {
		t.Error("there is something to press on paper")
	}
}
