package slackbot

import (
	"slices"
	"testing"
	"time"
)

func TestPlainText(t *testing.T) {
	for text, want := range map[string]string{
		"<@U0BOT> vpn":                            "vpn",
		"vpn <@U0BOT>":                            "vpn",
		"助けて<@U0BOT|passdesk>ください":                "助けて ください",
		"<!channel> <!here> x":                    "x",
		"<!subteam^S1|@agents> x":                 "x",
		"<https://a.example/?a=1&amp;b=2>":        "https://a.example/?a=1&b=2",
		"see <https://a.example/reset|this page>": "see this page (https://a.example/reset)",
		"<https://a.example|a.example>":           "a.example",
		"<http://Hunter2.io/|Hunter2.io>":         "Hunter2.io", // it may be a password
		"<https://a.example/b?c=d|a.example/b>":   "https://a.example/b?c=d",
		"<tel:0312345678|0312345678>":             "0312345678",
		"<mailto:a@b.example|a@b.example>":        "a@b.example",
		"<#C1|general>":                           "#general",
		"a &lt;b&gt; &amp;amp; c":                 "a <b> &amp; c",
		"  \n ":                                   "",
		"1 < 2":                                   "1 < 2",
	} {
		if got := plainText(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestHasWords(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, "   ": false, "🙏": false, ":pray: :wave:": false, "？？": false, "…": false, "\u200b\u2066": false,
		"vpn": true, "パスワード": true, "2": true, "２": true, ":pray: vpn": true, "ﾊﾟｽﾜｰﾄﾞ": true,
	} {
		if got := hasWords(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestLines(t *testing.T) {
	l := newLines(3, func(int) {})
	first, leaveFirst, _ := l.enter("a")
	second, leaveSecond, _ := l.enter("a")
	other, leaveOther, _ := l.enter("b")
	if _, _, ok := l.enter("c"); ok || l.depth() != 3 {
		t.Errorf("a fourth got in; %d wait", l.depth())
	}
	<-first
	<-other
	select {
	case <-second:
		t.Error("the second did not wait for the first")
	default:
	}
	leaveFirst()
	<-second
	leaveSecond()
	leaveOther()
	if l.depth() != 0 || len(l.last) != 0 {
		t.Errorf("%d wait, %d lines", l.depth(), len(l.last))
	}
}

func TestPlaces(t *testing.T) {
	now := time.Unix(0, 0)
	p := newPace(1100*time.Millisecond, func() time.Time { return now })
	var waits []time.Duration
	for range 9 {
		wait, ok := p.place("C1")
		if !ok {
			wait = -1
		}
		waits = append(waits, wait)
	}
	if want := []time.Duration{0, 0, 0, between, 2 * between, 3 * between, 4 * between, -1, -1}; !slices.Equal(waits, want) {
		t.Errorf("waits %v, want %v", waits, want)
	}
	if wait, ok := p.place("C2"); wait != 0 || !ok {
		t.Errorf("another channel waits %v", wait)
	}
	p.hold("C2", 3*time.Second)
	if wait, _ := p.place("C2"); wait != 3*time.Second {
		t.Errorf("a channel at rest waits %v", wait)
	}
	for i := range 10_001 {
		p.next[string(rune(i))] = now
	}
	now = now.Add(time.Hour)
	if p.place("C3"); len(p.next) > 2 {
		t.Errorf("%d channels are remembered", len(p.next))
	}
}
