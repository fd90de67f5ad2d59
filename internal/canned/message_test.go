package canned_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"passdesk/internal/canned"
	"passdesk/internal/guide"
)

// few are answers that share a caution and a link.
func few() []sample {
	return []sample{
		{id: "whale", titleJA: "鯨", titleEN: "Whales", summary: "Big & wet.", step: "Look <up>.", caution: "Mind the tail.", linkLabel: "Sea", linkTo: "https://example.com/sea?a=1&b=2"},
		{id: "ant", titleJA: "蟻 #1", titleEN: "Ants #1", caution: "Mind the tail.", linkLabel: "Hill", linkTo: "https://example.com/hill"},
		{id: "owl", titleJA: "梟", titleEN: "Owls", step: "Wait for_the_night."},
	}
}

// TestFrame: who is greeted how, and what the subject is.
func TestFrame(t *testing.T) {
	l := canned.New(madeUp(t, few(), nil), nil)
	mail := "\n\nお問い合わせいただき、ありがとうございます。\nご質問の件について、次のとおりご案内いたします。"
	closing := "ご不明な点がございましたら、このメールにご返信ください。その際、パスワードや各種コードは書かないでください。\nどうぞよろしくお願いいたします。\n\nIntegoサポート\n"
	tests := []struct {
		name             string
		language         guide.Language
		tone             canned.Tone
		values           map[string]string
		greeting, ending string
		subject          string
	}{
		{"mail to nobody", guide.Japanese, canned.ToneMail, nil, "お客様" + mail, closing + "サポート担当", "【Integoサポート】鯨"},
		{"mail to a name", guide.Japanese, canned.ToneMail, map[string]string{"customer": "山田", "agent": "佐藤"}, "山田様" + mail, closing + "佐藤", "【Integoサポート】鯨"},
		{"mail to a name with its title", guide.Japanese, canned.ToneMail, map[string]string{"customer": "山田 太郎 様"}, "山田 太郎様" + mail, closing + "サポート担当", "【Integoサポート】鯨"},
		{"blank name", guide.Japanese, canned.ToneMail, map[string]string{"customer": " \u3000\u200b", "agent": "\t"}, "お客様" + mail, closing + "サポート担当", "【Integoサポート】鯨"},
		{"mail about a case", guide.Japanese, canned.ToneMail, map[string]string{"case": "PD-1"}, "お客様" + mail, closing + "サポート担当", "【Integoサポート】鯨（受付番号：PD-1）"},
		{"chat", guide.Japanese, canned.ToneChat, nil, "お問い合わせいただき、ありがとうございます。", "ご不明な点がございましたら、お気軽にお尋ねください。よろしくお願いいたします。", ""},
		{"chat with a name", guide.Japanese, canned.ToneChat, map[string]string{"customer": "山田"}, "山田様、お問い合わせいただき、ありがとうございます。", "ご不明な点がございましたら、お気軽にお尋ねください。よろしくお願いいたします。", ""},
		{"name on two lines", guide.Japanese, canned.ToneMail, map[string]string{"customer": "山田\r\n太郎\u2028\u0085様"}, "山田 太郎様" + mail, closing + "サポート担当", "【Integoサポート】鯨"},
		{"bare", guide.Japanese, canned.Bare, map[string]string{"customer": "山田"}, "", "", ""},
		{"English mail", guide.English, canned.ToneMail, nil, "Hello there,\n\nThank you for contacting Intego support. Here's what we suggest.", "If anything is unclear, just reply to this e-mail. Please leave out any passwords or codes.\n\nBest regards,\nThe support team\nIntego", "Intego support: Whales"},
		{"English chat", guide.English, canned.ToneChat, map[string]string{"customer": "Ann 様"}, "Hi Ann 様, thanks for getting in touch!", "If anything is unclear, just ask.", ""},
	}
	for _, test := range tests {
		m, err := l.Render("whale", canned.Options{Language: test.language, Format: canned.Plain, Tone: test.tone, Values: test.values})
		want := canned.Message{Subject: test.subject, Greeting: test.greeting, Body: m.Body, Closing: test.ending}
		want.Text = strings.Trim(test.greeting+"\n\n"+m.Body+"\n\n"+test.ending, "\n")
		if diff := cmp.Diff(want, m); diff != "" || err != nil || m.Body == "" {
			t.Errorf("%s: %v (-want +got):\n%s", test.name, err, diff)
		}
	}
}

// TestCompose shows one and several answers in every format. A reviewer reads these files.
func TestCompose(t *testing.T) {
	l := canned.New(madeUp(t, few(), nil), nil)
	for _, language := range guide.Languages() {
		for _, format := range canned.Formats() {
			for name, answers := range map[string][]string{"one": {"whale"}, "several": {"ant", "whale", "ant", "owl"}} {
				o := canned.Options{Language: language, Format: format, Tone: canned.ToneMail, Values: map[string]string{"customer": "<b>*O'Neil*", "agent": "A & B", "case": "#1"}}
				m, err := l.Compose(answers, o)
				if err != nil {
					t.Fatal(err)
				}
				golden(t, fmt.Sprintf("%s.%s.%s.txt", name, format, language), "Subject: "+m.Subject+"\n\n"+m.Text+"\n")
			}
		}
	}
}

// TestComposeSaysOnceWhatRepeats counts what the answers share, and all they do not.
func TestComposeSaysOnceWhatRepeats(t *testing.T) {
	l := canned.New(content(), nil)
	all := l.IDs()
	m, err := l.Compose(append(all, all...), canned.Options{Language: guide.English, Format: canned.Plain})
	if err != nil {
		t.Fatal(err)
	}
	if escalate := content().Phrase(guide.PhraseEscalate).English; strings.Count(m.Text, escalate) != 1 || !strings.HasSuffix(m.Text, escalate) {
		t.Errorf("%q is not there once, at the end", escalate)
	}
	at := -1
	for _, id := range all {
		a := content().Answer(id)
		if n := strings.Count(m.Text, "== "+a.Title.English+" =="); n != 1 {
			t.Errorf("the title of %s is there %d times", id, n)
		}
		next := strings.Index(m.Text, "== "+a.Title.English+" ==")
		if next < at {
			t.Errorf("%s is out of order", id)
		}
		at = next
		for _, step := range a.Steps {
			if !strings.Contains(m.Text, ". "+step.English) {
				t.Errorf("%s lacks %q", id, step.English)
			}
		}
		for _, caution := range a.Cautions {
			if strings.Count(m.Text, "- "+caution.English+"\n") != 1 {
				t.Errorf("caution %q is not there once", caution.English)
			}
		}
		for _, key := range a.Links {
			if n := strings.Count(m.Text, "- "+content().Link(key).Label.English); n != 1 {
				t.Errorf("link %s is there %d times", key, n)
			}
		}
	}
}

// TestMissing: text that needs what nobody filled in is not handed out.
func TestMissing(t *testing.T) {
	needs := func(files fstest.MapFS) {
		file := files["pages/canned.yaml"]
		file.Data = bytes.Replace(file.Data, []byte("よろしくお願いいたします。\"\n"), []byte("よろしくお願いいたします。{{ case }} {{case}}\"\n"), 1)
	}
	l := canned.New(madeUp(t, few(), needs), nil)
	o := canned.Options{Language: guide.Japanese, Format: canned.HTML, Tone: canned.ToneChat, Values: map[string]string{"case": " \u202e "}}
	m, err := l.Render("ant", o)
	var missing *canned.MissingError
	if !errors.As(err, &missing) || !slices.Equal(missing.Variables, []string{"case"}) || m != (canned.Message{}) {
		t.Errorf("got %+v, %v; want nothing, and that case is missing", m, err)
	}
	o.Values["case"] = "PD-1"
	if m, err = l.Render("ant", o); err != nil || !strings.Contains(m.Closing, "PD-1 PD-1") {
		t.Errorf("got %+v, %v; want the case twice", m, err)
	}
	want := []canned.Variable{{Name: "customer", Default: "お客様"}, {Name: "agent", Default: "サポート担当"}, {Name: "case"}}
	if diff := cmp.Diff(want, l.Variables(guide.Japanese)); diff != "" {
		t.Errorf("variables (-want +got):\n%s", diff)
	}
}

// TestContentAtFault: braces that nobody can fill in are never handed out.
func TestContentAtFault(t *testing.T) {
	in := func(old, new string) func(fstest.MapFS) {
		return func(files fstest.MapFS) {
			for _, file := range files {
				file.Data = bytes.ReplaceAll(file.Data, []byte(old), []byte(new))
			}
		}
	}
	for name, change := range map[string]func(fstest.MapFS){
		"unknown variable":      in("{{agent}}", "{{agnet}}"),
		"variable not closed":   in("{{agent}}", "{{agent"),
		"variable in a step":    in("Wait for_the_night.", "Wait, {{customer}}."),
		"braces from a joining": in("{{customer}}", "{{{customer}}}"),
	} {
		l := canned.New(madeUp(t, few(), change), nil)
		for _, format := range canned.Formats() {
			m, err := l.Render("owl", canned.Options{Language: guide.English, Format: format, Tone: canned.ToneMail})
			var missing *canned.MissingError
			if strings.Contains(m.Text, "{{") || err == nil && name != "braces from a joining" || errors.As(err, &missing) {
				t.Errorf("%s, %s: got %+v, %v; want an error", name, format, m, err)
			}
		}
	}
}

func TestUnknown(t *testing.T) {
	l := canned.New(madeUp(t, few(), nil), nil)
	good := canned.Options{Language: guide.English, Format: canned.Plain}
	with := func(change func(*canned.Options)) canned.Options {
		o := good
		change(&o)
		return o
	}
	tests := []struct {
		ids     []string
		options canned.Options
		want    string
	}{
		{[]string{"ant", "whal"}, good, `unknown answer "whal" (did you mean "whale"?)`},
		{nil, good, "no answer given"},
		{[]string{"ant"}, with(func(o *canned.Options) { o.Language = "fr" }), `unknown language "fr"`},
		{[]string{"ant"}, with(func(o *canned.Options) { o.Format = "" }), "no format given"},
		{[]string{"ant"}, with(func(o *canned.Options) { o.Format = "htlm" }), `unknown format "htlm" (did you mean "html"?)`},
		{[]string{"ant"}, with(func(o *canned.Options) { o.Tone = "rude" }), `unknown tone "rude"`},
		{[]string{"ant"}, with(func(o *canned.Options) { o.Values = map[string]string{"custmer": "x"} }), `unknown variable "custmer" (did you mean "customer"?)`},
	}
	for _, test := range tests {
		m, err := l.Compose(test.ids, test.options)
		var unknown *canned.UnknownError
		if !errors.As(err, &unknown) || !strings.HasPrefix(err.Error(), test.want) || m != (canned.Message{}) {
			t.Errorf("%v %+v: got %v, want %s", test.ids, test.options, err, test.want)
		}
	}
}

// TestValuesAreOnlyText: whatever an agent fills in, it is one piece of text on its line.
func TestValuesAreOnlyText(t *testing.T) {
	l := canned.New(madeUp(t, few(), nil), nil)
	odd := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
		"{{agent}}", "{{{customer}}", "}}{{", "<script>alert(1)</script>", "山田\r\n\r\nBcc: x", "a\u2028b\u0085c", "\u202eevil\u2066", "\x1b[2J\x00\a",
		`"><a href="javascript:x">`, "[a](b)", "**x**", "# x", "\xff\xfe", strings.Repeat("長", 5000), "様", "&lt;",
	}))
	rapid.Check(t, func(t *rapid.T) {
		values := map[string]string{}
		for _, name := range []string{"customer", "agent", "case"} {
			values[name] = odd.Draw(t, name)
		}
		o := canned.Options{
			Language: rapid.SampledFrom(guide.Languages()).Draw(t, "language"), Format: rapid.SampledFrom(canned.Formats()).Draw(t, "format"),
			Tone: rapid.SampledFrom(canned.Tones()).Draw(t, "tone"), Values: values,
		}
		m, err := l.Compose([]string{"owl", "ant"}, o)
		if err != nil {
			t.Fatal(err)
		}
		o.Values = map[string]string{"customer": "x", "agent": "x", "case": "x"}
		tame, err := l.Compose([]string{"owl", "ant"}, o)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := strings.Count(m.Text, "\n"), strings.Count(tame.Text, "\n"); got != want || strings.Contains(m.Subject, "\n") {
			t.Fatalf("values make %d line breaks of %d:\n%s", got, want, m.Text)
		}
		if text := m.Subject + m.Text; strings.Contains(text, "{{") || strings.IndexFunc(text, hidden) >= 0 || !utf8.ValidString(text) {
			t.Fatalf("unfit to send: %q", text)
		}
		if len(m.Text) > len(tame.Text)+8*3*1000 {
			t.Fatalf("values make %d bytes", len(m.Text))
		}
		if o.Format == canned.HTML {
			for _, tag := range htmlTag.FindAllString(m.Text, -1) {
				if !htmlAllowed.MatchString(tag) {
					t.Fatalf("%s in HTML", tag)
				}
			}
			if got, want := len(htmlTag.FindAllString(m.Text, -1)), len(htmlTag.FindAllString(tame.Text, -1)); got != want {
				t.Fatalf("%d tags instead of %d", got, want)
			}
		}
	})
}

// hidden tells characters that cannot be seen, or that turn the direction of writing.
func hidden(r rune) bool {
	return r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}
