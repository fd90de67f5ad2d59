package webchat_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"passdesk/internal/browsertest"
	"passdesk/internal/channel/webchat"
)

// hostile are texts that must be shown as they are and do nothing.
func hostile() []string {
	return []string{
		`<script>pwned=1</script>`, `<SCRIPT SRC=//evil.test/x.js></SCRIPT>`, `<scr<script>ipt>pwned=1</scr</script>ipt>`, `</script><script>pwned=1</script>`,
		`<img src=x onerror=pwned=1>`, `<img src="x" onerror="pwned=1">`, `<IMG SRC=javascript:pwned=1>`, `<img src=http://evil.test/track.png>`, `<img/src/onerror=pwned=1>`,
		`<svg onload=pwned=1>`, `<svg><script>pwned=1</script></svg>`, `<svg><animate onbegin=pwned=1 attributeName=x dur=1s>`, `<svg><use href="data:image/svg+xml,<svg id=x xmlns='http://www.w3.org/2000/svg'><script>pwned=1</script></svg>#x">`,
		`<svg><a xlink:href="javascript:pwned=1"><text y=20>x</text></a></svg>`, `<math><mi xlink:href="javascript:pwned=1">x</mi></math>`,
		`<iframe src=javascript:pwned=1></iframe>`, `<iframe srcdoc="<script>parent.pwned=1</script>">`, `<object data=javascript:pwned=1>`, `<embed src=javascript:pwned=1>`,
		`<body onload=pwned=1>`, `<input autofocus onfocus=pwned=1>`, `<select autofocus onfocus=pwned=1>`, `<details open ontoggle=pwned=1>`, `<video><source onerror=pwned=1></video>`,
		`<audio src=x onerror=pwned=1>`, `<marquee onstart=pwned=1>`, `<form action=javascript:pwned=1><button>x`, `<button formaction=javascript:pwned=1>x</button>`, `<isindex action=javascript:pwned=1>`,
		`<a href="javascript:pwned=1">x</a>`, `<a href="jAvAsCrIpT:pwned=1">x</a>`, `<a href=" &#14; javascript:pwned=1">x</a>`, `<a href="java&#x09;script:pwned=1">x</a>`, `[x](javascript:pwned=1)`, `javascript:pwned=1`,
		`data:text/html,<script>pwned=1</script>`, `vbscript:msgbox(1)`, `<meta http-equiv=refresh content="0;url=javascript:pwned=1">`, `<base href=//evil.test/>`, `<link rel=stylesheet href=//evil.test/x.css>`,
		`<style>*{background:url(//evil.test/x)}</style>`, `<style>@import '//evil.test/x.css';</style>`, `<div style="background:url(javascript:pwned=1)">`, `<p style="position:fixed;inset:0">x`,
		`" onmouseover="pwned=1`, `' onmouseover='pwned=1`, `" autofocus onfocus=pwned=1 x="`, `"><script>pwned=1</script>`, `'><script>pwned=1</script>`, `--><script>pwned=1</script>`, `]]><script>pwned=1</script>`,
		`</textarea><script>pwned=1</script>`, `</title><script>pwned=1</script>`, `</p></div></main><script>pwned=1</script>`, `<template><script>pwned=1</script></template>`, `<noscript><p title="</noscript><img src=x onerror=pwned=1>">`,
		`{{.}}`, `{{template "chat"}}`, `{{printf "%s" .Token}}`, `${pwned=1}`, `<%= pwned=1 %>`, `#{pwned=1}`, "`${pwned=1}`", `{{constructor.constructor('pwned=1')()}}`,
		"\u202eevil\u202c <b>", "\u2066\u2067<script>pwned=1</script>\u2069", "\u0000<script>pwned=1</script>", "\ufeff<script>pwned=1</script>", "＜script＞pwned=1＜/script＞", "\u2028\u2029</script>", "<scr\u0000ipt>pwned=1</script>",
		"\xff<script>pwned=1</script>\xfe", "%3Cscript%3Epwned=1%3C/script%3E", "&lt;script&gt;pwned=1&lt;/script&gt;", "&#60;script&#62;pwned=1&#60;/script&#62;", "+ADw-script+AD4-pwned=1+ADw-/script+AD4-",
		"<mXSS><p id=\"<img src=x onerror=pwned=1>\">", "<math><mtext><table><mglyph><style><img src=x onerror=pwned=1>", "<x contenteditable onblur=pwned=1 tabindex=1 autofocus>x", "\r\nSet-Cookie: pwned=1", "e3\" id=\"main",
	}
}

var (
	handler  = regexp.MustCompile(`<[^>]* on[a-z]+=`)
	scripted = regexp.MustCompile(`(href|src|action|data)="\s*(?i:javascript|vbscript):`)
	strange  = regexp.MustCompile(`<(iframe|object|embed|img|svg|math|video|audio|base|style|template|details)\b`)
)

// harmless fails if a page holds anything of what came from outside as markup.
func harmless(t *testing.T, what string, c *customer) {
	t.Helper()
	if c.status >= http.StatusInternalServerError {
		t.Errorf("%q: status %d", what, c.status)
	}
	page := strings.ToLower(c.page)
	if handler.MatchString(page) || scripted.MatchString(page) || strange.MatchString(page) || strings.Count(page, "<script") > 1 {
		t.Errorf("%q is markup in %s", what, c.page)
	}
	if c.answer.Get("Set-Cookie") != "" && strings.Contains(c.answer.Get("Set-Cookie"), "pwned") {
		t.Errorf("%q sets a cookie", what)
	}
}

// TestHostileTexts: texts in messages, in every part of an address and in headers stay texts.
func TestHostileTexts(t *testing.T) {
	if len(hostile()) < 60 {
		t.Fatalf("only %d texts", len(hostile()))
	}
	s := open(t, nil)
	for _, text := range hostile() {
		c := s.customer("en").get("/").send("say", text)
		harmless(t, text, c)
		if shown, _, _ := strings.Cut(text, "\n"); utf8.ValidString(text) && !strings.ContainsAny(text, "\x00\r:+/{\u202e\u2066\ufeff\u2028") && !strings.Contains(c.log(), strings.TrimSpace(shown)) && !strings.Contains(c.page, "•••") {
			t.Errorf("%q is not shown in %s", text, c.log())
		}
		escaped := url.QueryEscape(text)
		for _, address := range []string{
			"/?t=" + escaped, "/?lang=" + escaped, "/?note=" + escaped, "/?" + escaped, "/embed?locale=" + escaped, "/?t=2&lang=en&note=" + escaped,
			"/help/" + url.PathEscape(text), "/help/ja/" + url.PathEscape(text), "/assets/" + url.PathEscape(text), "/" + url.PathEscape(text), "/events?after=" + escaped,
		} {
			if strings.HasPrefix(address, "/events") {
				c = s.customer("en") // without a conversation there is no stream
			}
			harmless(t, address, c.get(address))
		}
		for _, field := range []string{"choose", "change", "command", "solved", "speak"} {
			harmless(t, field+" "+text, s.customer("en").get("/").send(field, text))
		}
		for _, field := range []string{"id", "token", "in", "lang"} {
			c = s.customer("en").get("/")
			fields := c.fields()
			fields.Set(field, text)
			harmless(t, field+" "+text, c.sendFields(fields, "say", "vpn"))
		}
	}
}

// TestAnyAddress (U3): whatever stands in an address, there is a page.
func TestAnyAddress(t *testing.T) {
	c := open(t, nil).customer("en").get("/").send("choose", "prompt:vpn")
	rapid.Check(t, func(t *rapid.T) {
		query := url.Values{}
		for _, name := range []string{"t", "lang", "note", "locale"} {
			query.Set(name, rapid.OneOf(rapid.String(), rapid.StringMatching(`-?[0-9]{0,22}`)).Draw(t, name))
		}
		path := rapid.SampledFrom([]string{"/", "/embed"}).Draw(t, "path")
		if c.get(path + "?" + query.Encode()); c.status != http.StatusOK || c.heading() == "" {
			t.Fatalf("status %d, %q", c.status, c.heading())
		}
	})
}

// FuzzForm: whatever is posted, the answer is a page.
func FuzzForm(f *testing.F) {
	f.Add("id=a&say=vpn")
	f.Add("id=a&choose=prompt:vpn&token=x&in=ja&lang=en")
	f.Add("id=a&solved=2.yes&command=%zz")
	handler, err := webchat.New(open(f, nil).Options)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body string) {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code >= http.StatusInternalServerError || w.Code != http.StatusSeeOther && !strings.Contains(w.Body.String(), "</html>") {
			t.Errorf("%q: status %d", body, w.Code)
		}
	})
}

// TestHostileTextsInBrowser: nothing of it runs, loads or moves anything.
func TestHostileTextsInBrowser(t *testing.T) {
	s := open(t, nil)
	p := chromium.Page(t, s.URL+"/", browsertest.Options{})
	for i, text := range hostile() {
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			continue
		}
		quoted := quote(text)
		if i%12 == 0 { // typed, and put into the page by our script
			p.Eval(`(say.value = `+quoted+`, document.querySelector("#send").click())`, nil)
			p.Until("the answer", `!main.hasAttribute("aria-busy")`)
			continue
		}
		p.Eval(`fetch("/", {method: "POST", body: (() => { const f = new URLSearchParams(new FormData(document.querySelector("#write"))); f.set("say", `+quoted+`); return f })()}).then(r => r.status)`, nil)
	}
	p.Go(s.URL + "/?note=%3Cscript%3E")
	p.Eval(`document.querySelectorAll("button").forEach(b => b.dispatchEvent(new MouseEvent("mouseover", {bubbles: true})))`, nil)
	if p.True(`window.pwned`) || p.True(`document.querySelector("#log :is(script, img, svg, iframe, a, style, form, input, button, template, object)")`) {
		t.Error("something got into the page")
	}
	if !p.True(`document.querySelectorAll("#log .said").length > 25`) {
		t.Error("the texts are not there")
	}
	if found := p.Elsewhere(s.URL); len(found) > 0 {
		t.Errorf("requests elsewhere: %q", found)
	}
	if faults := p.Faults(); len(faults) > 0 {
		t.Errorf("faults: %q", faults)
	}
}
