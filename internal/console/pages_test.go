package console_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"passdesk/internal/browsertest"
	"passdesk/internal/chat"
	"passdesk/internal/console"
)

// somePages are all kinds of page, with everything on them that can be.
func somePages(s *site) map[string]string {
	s.t.Helper()
	mine, free := s.people.handOver("web", "c1", "こまっています"), s.people.handOver("api", "c2", "help")
	s.post(console.CasePath(mine.ID)+"/claim", url.Values{"message": {"m"}})
	s.post(console.CasePath(mine.ID)+"/say", url.Values{"message": {"n"}, "text": {"お調べします。"}})
	return map[string]string{
		"search": "/agent/?q=vpn", "nothing": "/agent/?q=zzzz", "message": "/agent/?a=vpn-signin&a=overview&now=portal-reset",
		"guide": "/agent/guide?f=prompt:vpn&l=ja", "gone": "/agent/guide?f=no:such&l=en", "leaf": "/agent/guide?f=prompt:vpn,vpn-generation:current,vpn-need:lost&l=en",
		"cases": "/agent/cases", "mine": console.CasePath(mine.ID), "free": console.CasePath(free.ID), "sign-in": "/agent/sign-in", "refused": "/agent/nowhere",
	}
}

// TestAccessible (U6, U7, U8, U12): every page, light, dark, narrow and in few colours, and when its script does
// not come.
func TestAccessible(t *testing.T) {
	if testing.Short() {
		t.Skip("every page in every look takes long; without -short it is looked at")
	}
	s := open(t, nil)
	pages := somePages(s)
	for _, look := range []struct {
		name string
		browsertest.Options
	}{
		{"light", browsertest.Options{Language: "ja"}},
		{"dark", browsertest.Options{Language: "en", Dark: true}},
		{"narrow", browsertest.Options{Language: "ja", Width: 320, Height: 640}},
		{"forced", browsertest.Options{Language: "en", ForcedColors: true, Dark: true}},
		{"broken", browsertest.Options{Language: "ja"}},
	} {
		s.broken = look.name == "broken"
		p := chromium.Page(t, s.as(sato, "/agent/"), look.Options)
		for name, path := range pages {
			p.Go(s.url + path)
			for _, broken := range p.Axe() {
				t.Errorf("%s, %s: %s", name, look.name, broken)
			}
			check(t, p, name+", "+look.name)
		}
		p.Go(s.url + pages["message"])
		if shown := p.True(`document.querySelector(".copyable textarea").getBoundingClientRect().height > 50`); shown != s.broken {
			t.Errorf("%s: text to copy by hand is shown: %v", look.name, shown)
		}
		if elsewhere := p.Elsewhere(s.url); len(elsewhere) > 0 {
			t.Errorf("%s: requests to other hosts: %q", look.name, elsewhere)
		}
		for _, fault := range p.Faults() {
			if !strings.Contains(fault, "404") { // the page that is not there
				t.Errorf("%s: %s", look.name, fault)
			}
		}
	}
}

// check looks at sizes.
func check(t *testing.T, p *browsertest.Page, name string) {
	t.Helper()
	var small []string
	p.Eval(`[...document.querySelectorAll("button, .button, [role=option], nav a, .choices a, .tabs a, .list a, .change, .ways a, summary, select, input:not([type=hidden], [type=checkbox])")]
		.map(e => e.type === "radio" ? e.nextElementSibling : e).map(e => [e, e.getBoundingClientRect()])
		.filter(([e, b]) => b.width && e.closest("dialog:not([open])") === null && (b.width < 44 || b.height < 44)).map(([e, b]) => e.outerHTML.slice(0, 80) + " " + b.width + "x" + b.height)`, &small)
	if len(small) > 0 {
		t.Errorf("%s: too small: %q", name, small)
	}
	if p.True(`document.documentElement.scrollWidth > innerWidth`) {
		t.Errorf("%s: must be scrolled sideways", name)
	}
	p.Eval(`document.documentElement.style.fontSize = "200%"`, nil)
	if p.True(`document.documentElement.scrollWidth > innerWidth`) {
		var wide []string
		p.Eval(`[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 60)).slice(0, 5)`, &wide)
		t.Errorf("%s: must be scrolled sideways with text twice as large: %q", name, wide)
	}
	if p.True(`[...document.querySelectorAll("[aria-live], [role=status], [role=log], [role=alert]")].length > 1`) {
		t.Errorf("%s: more than one live region", name)
	}
}

// attacks are texts that would do something if a page took them for markup.
func attacks() []string {
	return []string{
		`<script>document.title="ran"</script>`, `"><img src=x onerror="document.title='ran'">`, `'-alert(1)-'`, `</textarea><script>document.title="ran"</script>`,
		`<svg onload="document.title='ran'">`, `javascript:document.title='ran'`, `{{.Agent}}`, `${document.title="ran"}`, `</title><script>document.title="ran"</script>`,
		`<a href="javascript:document.title='ran'">x</a>`, "\u2028</script><script>document.title='ran'</script>", `<template><b id=q></template>`,
	}
}

// TestMarkupIsText: what customers, agents and addresses say is shown and never run.
func TestMarkupIsText(t *testing.T) {
	s := open(t, func(o *console.Options) {

		o.Agent = agentNamed(signedIn, attacks()[1])
	})
	one := s.people.handOver("web", "c1", attacks()[0])
	for _, attack := range attacks() {
		s.people.hear(chat.Message{Channel: "web", Conversation: "c1", Text: chat.Raw(attack)})
	}
	s.post(console.CasePath(one.ID)+"/claim", url.Values{"message": {"m"}})
	for i, attack := range attacks() {
		s.post(console.CasePath(one.ID)+"/say", url.Values{"message": {fmt.Sprint("n", i)}, "text": {attack}})
	}
	p := chromium.Page(t, s.as(sato, console.CasePath(one.ID)), browsertest.Options{})
	p.Until("the transcript", `document.querySelectorAll("#log .agent").length >= `+fmt.Sprint(len(attacks())))
	safe(t, p, "transcript")
	for _, attack := range attacks() {
		p.Go(s.url + "/agent/?q=" + url.QueryEscape(attack) + "&now=" + url.QueryEscape(attack) + "&a=overview")
		p.Eval(fmt.Sprintf(`(() => {
			const type = (id, text) => { const e = document.getElementById(id); e.value = text; e.dispatchEvent(new InputEvent("input", {bubbles: true})); };
			type("v-customer", %q); type("q", %q);
		})()`, attack, attack), nil)
		p.Eval(`new Promise(r => setTimeout(r, 250))`, nil)
		safe(t, p, "search for "+attack)
		p.Go(s.url + "/agent/guide?f=" + url.QueryEscape(attack) + "&l=" + url.QueryEscape(attack))
		safe(t, p, "guide of "+attack)
	}
}

func safe(t *testing.T, p *browsertest.Page, name string) {
	t.Helper()
	if p.True(`document.title.includes("ran") && !document.title.includes("<") || document.querySelector("img, svg, body script, iframe, a[href^='javascript']") || document.querySelectorAll("#q").length > 1`) {
		t.Errorf("%s: markup was taken for markup", name)
	}
	for _, fault := range p.Faults() {
		t.Errorf("%s: %s", name, fault)
	}
}

// TestWithoutScript: searching, filling in, putting together, a message, a call and a hand-over, by
// clicking alone.
func TestWithoutScript(t *testing.T) {
	s := open(t, nil)
	one := s.people.handOver("web", "c1", "こまっています")
	p := chromium.Page(t, s.as(sato, "/agent/"), browsertest.Options{NoScript: true, Language: "en"})
	p.Focus("#q")
	p.Type("vpn-signin")
	p.ClickAndLoad("#search button")
	p.ClickAndLoad("#results a")
	p.ClickAndLoad("#add")
	p.Focus("#v-customer")
	p.Type("山田")
	p.ClickAndLoad(`button[value="show"]`)
	if !p.True(`document.querySelector("[data-text=plain]").value.startsWith("山田様") && document.querySelector("[data-text=plain]").getBoundingClientRect().height > 50`) {
		t.Error("the text cannot be seen, or the name is not in it")
	}
	if strings.Contains(p.URL(), "%") || strings.Contains(p.URL(), "v-customer") {
		t.Errorf("the name is in the address %s", p.URL())
	}
	p.Click("#message summary")
	p.Focus("#text")
	p.Type("VPN")
	p.ClickAndLoad("#message button")
	if p.URL() != s.url+"/agent/read" || !p.True(`document.querySelector("#reading blockquote")?.getBoundingClientRect().height > 10`) {
		t.Errorf("the message led to %s", p.URL())
	}
	p.Go(s.url + "/agent/guide")
	for _, choice := range []int{3, 1, 2} {
		p.ClickAndLoad(fmt.Sprintf(".numbered li:nth-child(%d) a", choice))
	}
	p.Focus("#v-customer")
	p.Type("山田")
	p.ClickAndLoad(`button[value="show"]`)
	if !p.True(`document.querySelector("[data-text=plain]").value.startsWith("山田様") && document.querySelectorAll(".path > div").length === 3`) {
		t.Error("in guided mode the name is not filled in, or the place is lost")
	}
	p.Go(s.url + console.CasePath(one.ID))
	p.ClickAndLoad(`form[action$="/claim"] button`)
	p.Focus("#words")
	p.Type("Hello")
	p.ClickAndLoad("#say button")
	if n := strings.Count(s.people.spoken(), "Hello"); n != 1 || !strings.Contains(p.Text("#log"), "Hello") {
		t.Errorf("said %d times", n)
	}
	p.ClickAndLoad(`form[action="/agent/language"] button`)
	if !p.True(`document.documentElement.lang === "ja" && location.pathname.startsWith("/agent/cases/")`) {
		t.Error("the language cannot be switched, or the place is lost")
	}
}
