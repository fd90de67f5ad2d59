package desk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"passdesk/internal/chat"
	"passdesk/internal/desk"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/redact"
)

// TestSecrets: what was masked is gone before anything else sees the message, and the customer is
// told once.
func TestSecrets(t *testing.T) {
	const canary = "Sunf1ower#77"
	var seen []string
	o := openReading(t, func(text string, expects dialogue.Expectation) dialogue.Reading {
		seen = append(seen, text)
		return read(text, expects)
	}, desk.Options{})
	first := o.say(chat.Message{Conversation: "c", Text: "my password is " + canary, Language: "en"})
	second := o.say(chat.Message{Conversation: "c", Text: "the password: " + canary})
	third := o.say(chat.Message{Conversation: "c", Text: "vpn"})
	told := func(r chat.Reply) bool { return strings.Contains(r.Text, phrase(guide.PhraseSecretSeen)) }
	if !told(first) || told(second) || told(third) {
		t.Errorf("told about the secret: %v, %v, %v; want only the first time", told(first), told(second), told(third))
	}
	if !strings.Contains(first.Text, phrase(guide.PhraseSecretChange)) {
		t.Error("the customer is not advised to change the password")
	}
	everything := fmt.Sprintf("%v %+v %+v", seen, o.turns(), o.records)
	if strings.Contains(everything, "Sunf1ower") || len(seen) != 3 {
		t.Errorf("the secret went on: %s", everything)
	}
	if len(o.records[0].Found) == 0 || len(o.records[2].Found) != 0 {
		t.Errorf("recorded as found: %v, then %v", o.records[0].Found, o.records[2].Found)
	}
}

// TestCodeInTheLightOfTheQuestion: a bare word is a code when a code was asked for.
func TestCodeInTheLightOfTheQuestion(t *testing.T) {
	var asked []string
	o := open(t, desk.Options{})
	c := o.Content()
	clean := c.Clean
	c.Clean = func(raw, slot string) redact.Cleaned {
		asked = append(asked, slot)
		return clean(raw, slot)
	}
	o.Replace(c)
	o.say(chat.Message{Conversation: "c", Text: "vpn old"})
	o.say(chat.Message{Conversation: "c", Text: "QWERTY"})
	if got := strings.Join(asked, ","); got != ",coupon" {
		t.Errorf("cleaned in the light of %q, want nothing and then coupon", got)
	}
}

// TestCodeTheNextDay: the question is still on the screen of whoever went to look for the card.
func TestCodeTheNextDay(t *testing.T) {
	o := open(t, desk.Options{Idle: 24 * time.Hour})
	o.say(chat.Message{Conversation: "c", Text: "vpn old"})
	o.now = o.now.Add(25 * time.Hour)
	o.say(chat.Message{Conversation: "c", Text: "QWERTY"})
	if said := o.turns()[1].Said.String(); said != "•••" {
		t.Errorf("kept %q, want it masked", said)
	}
}

// TestToldOnceEach: who sent a code first is still advised to change a password sent later.
func TestToldOnceEach(t *testing.T) {
	o := open(t, desk.Options{})
	seen, change := phrase(guide.PhraseSecretSeen), phrase(guide.PhraseSecretChange)
	for i, step := range []struct {
		text         chat.Raw
		seen, change bool
	}{{"my coupon code is ABCD-1234-EFGH-5678", true, false}, {"my password is Sunf1ower77", false, true}, {"my password is Sunf1ower77", false, false}} {
		r := o.say(chat.Message{Conversation: "c", Text: step.text, Language: "en"})
		if strings.Contains(r.Text, seen) != step.seen || strings.Contains(r.Text, change) != step.change {
			t.Errorf("message %d: told %q; want seen %v, change %v", i+1, r.Text, step.seen, step.change)
		}
		if strings.Contains(r.Text, phrase(guide.PhraseSecretWarning)) {
			t.Errorf("message %d: warned of what had just been done", i+1)
		}
	}
}

// TestIdle: whoever comes back the next day starts afresh, in the same language.
func TestIdle(t *testing.T) {
	o := open(t, desk.Options{Idle: 24 * time.Hour, HandOver: true})
	o.say(chat.Message{Conversation: "c", Text: "vpn", Language: "en"})
	o.now = o.now.Add(23 * time.Hour)
	if r := o.say(chat.Message{Conversation: "c", Text: "old"}); r.Ask != "coupon" {
		t.Errorf("after 23 hours: %s; want the next question", where(r))
	}
	o.say(chat.Message{Conversation: "c", Command: chat.Human})
	o.now = o.now.Add(-48 * time.Hour) // a clock that jumps back makes nobody idle
	if r := o.say(chat.Message{Conversation: "c", Text: "vpn"}); r.Facts["vpn-generation"] != "legacy" {
		t.Errorf("after the clock jumped back: %s; want all facts", where(r))
	}
	o.now = o.now.Add(100 * time.Hour)
	if r := o.say(chat.Message{Conversation: "c", Text: "hello"}); len(r.Facts) != 0 || r.Language != "en" {
		t.Errorf("after 100 hours: %s; want no facts, in English", where(r))
	}
	o.say(chat.Message{Conversation: "c", Command: chat.Human})
	if n := len(o.jobs()); n != 2 {
		t.Errorf("%d hand-overs, want a second one after the pause", n)
	}
}
