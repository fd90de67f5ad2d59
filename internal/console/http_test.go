package console_test

import (
	"context"
	"errors"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"passdesk/internal/canned"
	"passdesk/internal/chat"
	"passdesk/internal/console"
	"passdesk/internal/guide"
)

var textArea = regexp.MustCompile(`(?s)<textarea readonly[^>]* data-text="([a-z-]+)" data-missing="([^"]*)"[^>]*>(.*?)</textarea>`)

// texts are the texts of a page that can be copied, first those of the Japanese message.
func texts(page string) map[string]string {
	all := map[string]string{}
	for i, part := range strings.Split(page, `<article class="twin"`)[1:] {
		for _, m := range textArea.FindAllStringSubmatch(part, -1) {
			all[fmt.Sprint(guide.Languages()[i], " ", m[1])] = html.UnescapeString(m[3])
		}
	}
	return all
}

// TestOneText: what agents copy is what package canned writes, for every answer, language and format.
func TestOneText(t *testing.T) {
	s := open(t, nil)
	library := s.options.Canned()
	for _, id := range content().Answers() {
		for _, tone := range []canned.Tone{canned.ToneMail, canned.ToneChat} {
			a := s.post("/agent/compose", url.Values{"part": {"sheet"}, "now": {id}, "kind": {string(tone)}, "v-customer": {"山田"}, "v-agent": {"佐藤"}, "v-case": {"H-1"}})
			got := texts(a.body)
			for _, language := range guide.Languages() {
				for _, format := range canned.Formats() {
					m, err := library.Render(id, canned.Options{Language: language, Format: format, Tone: tone, Values: map[string]string{"customer": "山田", "agent": "佐藤", "case": "H-1"}})
					if err != nil {
						t.Fatal(err)
					}
					if shown := got[fmt.Sprint(language, " ", format)]; shown != m.Text {
						t.Fatalf("%s in %s as %s: %q, want %q", id, language, format, shown, m.Text)
					}
					if format == canned.Mail && got[fmt.Sprint(language, " subject")] != m.Subject {
						t.Errorf("%s in %s: subject %q, want %q", id, language, got[fmt.Sprint(language, " subject")], m.Subject)
					}
				}
			}
		}
	}
}

// TestPuttingTogether: answers are added, moved and removed, and an answer that is looked at comes last.
func TestPuttingTogether(t *testing.T) {
	tests := []struct {
		added, now, act string
		want            string // ids of the message, in order
	}{
		{"", "overview", "", "overview"},
		{"", "overview", "add overview", "overview"},
		{"overview", "vpn-signin", "", "overview vpn-signin"},
		{"overview", "overview", "", "overview"},
		{"overview vpn-signin", "", "up vpn-signin", "vpn-signin overview"},
		{"overview vpn-signin", "", "down overview", "vpn-signin overview"},
		{"overview vpn-signin", "", "up overview", "overview vpn-signin"},
		{"overview vpn-signin", "", "down vpn-signin", "overview vpn-signin"},
		{"overview vpn-signin", "overview", "remove overview", "vpn-signin"},
		{"overview overview no-such", "no-such", "add no-such", "overview"},
		{"overview", "", "up no-such", "overview"},
		{"overview", "", "explode overview", "overview"},
	}
	s := open(t, nil)
	for _, tt := range tests {
		a := s.post("/agent/compose", url.Values{"a": strings.Fields(tt.added), "now": {tt.now}, "act": {tt.act}})
		var got []string
		for _, m := range regexp.MustCompile(`data-page="ja"|/help/ja/([a-z0-9-]+)"`).FindAllStringSubmatch(a.body, -1) {
			if m[1] != "" {
				got = append(got, m[1])
			}
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%+v: %q", tt, got)
		}
	}
}

// TestValues: what is filled in is one line, and can hold nothing that looks like a variable.
func TestValues(t *testing.T) {
	s := open(t, nil)
	for given, want := range map[string]string{
		"山田": "山田様", " 山田 ": "山田様", "{{case}}": "case様", "{{{case}}}": "case様", "a\r\nb": "a b様", "\uE000case\uE001": "case様", "": "お客様", "\u202Eabc": "abc様",
		strings.Repeat("長", 300): strings.Repeat("長", 80) + "様",
	} {
		got := texts(s.post("/agent/compose", url.Values{"now": {"overview"}, "v-customer": {given}}).body)["ja plain"]
		if first, _, _ := strings.Cut(got, "\n"); first != want || strings.Contains(got, "{{") {
			t.Errorf("%q: %q, want %q", given, first, want)
		}
	}
}

// TestReading: a message that is read appears nowhere, and what was understood does.
func TestReading(t *testing.T) {
	var faults []string
	fail := errors.New("down")
	s := open(t, func(o *console.Options) {
		read := o.Read
		o.Read = func(ctx context.Context, text chat.Raw) (console.Reading, error) {
			if strings.Contains(string(text), "fault") {
				return console.Reading{}, fail
			}
			return read(ctx, text)
		}
		o.Fault = func(_ context.Context, operation, _ string, err error) {
			faults = append(faults, operation+err.Error())
		}
	})
	for message, want := range map[string]string{
		"canary: 以前のVPN、クーポンあり":        "vpn-legacy-reissue",
		"canary: VPNのパスワード":            content().Question("vpn-generation").Ask.Japanese,
		"canary: VPN":                  content().Question("vpn-generation").Ask.English,
		"canary: なにもわかりません":            content().Question("prompt").Ask.Japanese,
		"canary: VPNのパスワード hunter2":    "引用しないで",
		"canary: 一覧がほしい":               content().Answer("overview").Title.Japanese,
		"canary: 人と話したい":               "お客様は、担当者との会話を希望しています。",
		"canary: どちらかのはず":              "このメッセージだけでは",
		"canary: fault":                "一時的な問題",
		"canary: <script>x</script> あ": content().Question("prompt").Ask.Japanese,
	} {
		for _, part := range []string{"", "reading"} {
			a := s.post("/agent/read", url.Values{"text": {message}, "part": {part}})
			if !strings.Contains(html.UnescapeString(a.body), want) {
				t.Errorf("%s: no %q in %s", message, want, a.body)
			}
			if strings.Contains(a.body, "canary") || strings.Contains(a.body, "hunter2") {
				t.Errorf("%s: the message is in the page", message)
			}
		}
	}
	if len(faults) != 2 || strings.Contains(strings.Join(faults, ""), "canary") {
		t.Errorf("faults %q", faults)
	}
	long := s.post("/agent/read", url.Values{"text": {strings.Repeat("長", 1<<16)}})
	if long.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("a message that is too long: %d", long.StatusCode)
	}
}

// TestLanguage: the console speaks what the agent chose, else what the browser asks for.
func TestLanguage(t *testing.T) {
	s := open(t, nil)
	for _, tt := range []struct{ accept, cookie, want string }{
		{"ja-JP", "", "ja"}, {"en-US", "", "en"}, {"fr, en;q=0.5", "", "en"}, {"ko", "", "ja"}, {"", "", "ja"}, {"%%%", "", "ja"},
		{"ja", "en", "en"}, {"en", "ja", "ja"}, {"en", "xx", "en"},
	} {
		headers := []string{"Accept-Language", tt.accept}
		if tt.cookie != "" {
			headers = append(headers, "Cookie", whoCookie+"=sato; passdesk-console-language="+tt.cookie)
		}
		a := s.get("/agent/", headers...)
		if !strings.Contains(a.body, `<html lang="`+tt.want+`">`) || !strings.Contains(a.Header.Get("Vary"), "Accept-Language") {
			t.Errorf("%+v: %.80q", tt, a.body)
		}
	}
	for back, want := range map[string]string{
		"/agent/guide?f=prompt:vpn&l=ja": "/agent/guide?f=prompt:vpn&l=ja", "https://evil.example/agent/": "/agent/", "//evil.example/agent/": "/agent/",
		"/\\evil.example": "/agent/", "/other": "/agent/", "": "/agent/", "javascript:alert(1)": "/agent/", "/agent/\\..\\x": "/agent/", "\t//evil.example": "/agent/",
	} {
		a := s.post("/agent/language", url.Values{"to": {"en"}, "back": {back}})
		if a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != want || len(a.Cookies()) != 1 || !a.Cookies()[0].HttpOnly {
			t.Errorf("back to %q: %d %q", back, a.StatusCode, a.Header.Get("Location"))
		}
	}
	if a := s.post("/agent/language", url.Values{"to": {"xx"}}); len(a.Cookies()) != 0 {
		t.Error("a language that does not exist is remembered")
	}
}

// TestFaultsSayNothing: what goes wrong is told to the operator, and the agent sees a page.
func TestFaultsSayNothing(t *testing.T) {
	s := open(t, nil)
	s.people.stop()
	if err := s.people.store.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/agent/cases", "/agent/cases/eA"} {
		a := s.get(path)
		if a.StatusCode != http.StatusServiceUnavailable || strings.Contains(a.body, "store") || !strings.Contains(a.body, "<main") {
			t.Errorf("%s: %d %s", path, a.StatusCode, a.body)
		}
	}
	if len(s.faults) != 2 {
		t.Errorf("faults %q", s.faults)
	}
}

// TestSignInPage: it says what went wrong, keeps the name and never the password, and has the same policy.
func TestSignInPage(t *testing.T) {
	s := open(t, nil)
	a := s.send(console.Agent{}, http.MethodPost, "/agent/sign-in", url.Values{"name": {`sato"><b>`}, "password": {"hunter2"}}, "Accept-Language", "en")
	if !strings.Contains(a.body, "The username or the password is wrong.") || !strings.Contains(a.body, "sato&#34;&gt;&lt;b&gt;") || strings.Contains(a.body, "hunter2") {
		t.Errorf("the page says %s", a.body)
	}
	if !strings.Contains(a.Header.Get("Content-Security-Policy"), "form-action 'self'") {
		t.Error("no policy")
	}
	if strings.Contains(a.body, "/agent/cases") || strings.Contains(a.body, "sign-out") {
		t.Error("the menu is shown to nobody in particular")
	}
}
