package desk_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/chat"
	"passdesk/internal/desk"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
)

func TestHandle(t *testing.T) {
	tests := []struct {
		name string
		m    chat.Message
		want string
	}{
		{"text", chat.Message{Text: "old"}, "ask coupon in ja, 2 questions, facts map[prompt:vpn vpn-generation:legacy]"},
		{"a pressed button", chat.Message{Choose: &chat.Choose{Fact: "vpn-generation", Value: "current"}}, "ask vpn-need in ja, 2 questions, facts map[prompt:vpn vpn-generation:current]"},
		{"a button wins over text", chat.Message{Text: "installer", Choose: &chat.Choose{Fact: "prompt", Value: "portal"}}, "ask portal-history in ja, 2 questions, facts map[prompt:portal]"},
		{"an answer to change", chat.Message{Change: "prompt"}, "ask prompt in ja, 2 questions, facts map[]"},
		{"back", chat.Message{Command: chat.Back}, "ask prompt in ja, 2 questions, facts map[]"},
		{"restart", chat.Message{Command: chat.Restart}, "ask prompt in ja, 2 questions, facts map[]"},
		{"human", chat.Message{Command: chat.Human}, "human  in ja, 1 questions, facts map[prompt:vpn]"},
		{"a language chosen with text", chat.Message{Text: "old", Language: "en"}, "ask coupon in en, 2 questions, facts map[prompt:vpn vpn-generation:legacy]"},
		{"a language chosen with a button", chat.Message{Choose: &chat.Choose{Fact: "vpn-generation", Value: "legacy"}, Language: "en"}, "ask coupon in en, 2 questions, facts map[prompt:vpn vpn-generation:legacy]"},
		{"a language chosen with a command", chat.Message{Command: chat.Human, Language: "en"}, "human  in en, 1 questions, facts map[prompt:vpn]"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := open(t, desk.Options{})
			d.say(chat.Message{Conversation: "c", Text: "vpn"})
			test.m.Conversation = "c"
			if diff := cmp.Diff(test.want, where(d.say(test.m))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestRefusedChangesNothing(t *testing.T) {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	tests := []struct {
		name string
		ctx  context.Context
		m    chat.Message
		want error
		says string
	}{
		{"unknown fact", context.Background(), chat.Message{Choose: &chat.Choose{Fact: "router", Value: "on"}}, chat.ErrInvalid, "unknown"},
		{"unknown value", context.Background(), chat.Message{Choose: &chat.Choose{Fact: "prompt", Value: "router"}}, chat.ErrInvalid, "unknown"},
		{"empty choice", context.Background(), chat.Message{Choose: &chat.Choose{}}, chat.ErrInvalid, "unknown"},
		{"unknown answer to change", context.Background(), chat.Message{Change: "router"}, chat.ErrInvalid, "unknown"},
		{"unknown command", context.Background(), chat.Message{Command: "dance"}, chat.ErrInvalid, "unknown"},
		{"an act is not a command", context.Background(), chat.Message{Command: "thanks"}, chat.ErrInvalid, "unknown"},
		{"unknown language", context.Background(), chat.Message{Text: "old", Language: "fr"}, chat.ErrInvalid, "unknown"},
		{"unknown language with a command", context.Background(), chat.Message{Command: chat.Restart, Language: "JA"}, chat.ErrInvalid, "unknown"},
		{"cancelled", cancelled, chat.Message{Text: "old"}, context.Canceled, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := open(t, desk.Options{})
			d.say(chat.Message{Conversation: "c", Text: "vpn", Language: "en"})
			test.m.Conversation = "c"
			r, err := d.Handle(test.ctx, test.m)
			if !errors.Is(err, test.want) || !strings.Contains(fmt.Sprint(err), test.says) {
				t.Errorf("error %v, want %v that names %s", err, test.want, test.says)
			}
			if diff := cmp.Diff(chat.Reply{}, r); diff != "" {
				t.Errorf("a refused message was answered:\n%s", diff)
			}
			const want = "ask coupon in en, 2 questions, facts map[prompt:vpn vpn-generation:legacy]"
			if got := where(d.say(chat.Message{Conversation: "c", Text: "old"})); got != want {
				t.Errorf("after the refused message: %s\nwant %s", got, want)
			}
		})
	}
}

// TestLocale: until a customer shows a language, replies are in that of the locale, whatever the
// first message is; after that the locale no longer counts.
func TestLocale(t *testing.T) {
	shown := func(text string, _ dialogue.Expectation) dialogue.Reading {
		if text == "Macです" {
			return dialogue.Reading{Language: guide.Japanese}
		}
		return dialogue.Reading{}
	}
	tests := []struct {
		name, locale string
		first        chat.Message
		want         string
	}{
		{"a command", "en", chat.Message{Command: chat.Restart}, "en"},
		{"a button", "en", chat.Message{Choose: &chat.Choose{Fact: "prompt", Value: "vpn"}}, "en"},
		{"an answer to change", "en", chat.Message{Change: "prompt"}, "en"},
		{"text that shows no language", "en", chat.Message{Text: "???"}, "en"},
		{"text that shows one", "en", chat.Message{Text: "Macです"}, "ja"},
		{"a language that was chosen", "en", chat.Message{Command: chat.Restart, Language: "ja"}, "ja"},
		{"no locale", "", chat.Message{Command: chat.Restart}, "ja"},
		{"a locale in a third language", "fr", chat.Message{Command: chat.Restart}, "ja"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := openReading(t, shown, desk.Options{})
			test.first.Conversation, test.first.Locale = "c", test.locale
			if r := d.say(test.first); r.Language != test.want {
				t.Errorf("reply is in %q, want %q", r.Language, test.want)
			}
			d.say(chat.Message{Conversation: "c", Text: "Macです", Locale: test.locale})
			if r := d.say(chat.Message{Conversation: "c", Command: chat.Human, Locale: test.locale}); r.Language != "ja" {
				t.Errorf("after Japanese the reply is in %q, want ja", r.Language)
			}
		})
	}
}

// TestReaderIsTold checks what a reader learns about the place of a message.
func TestReaderIsTold(t *testing.T) {
	var told dialogue.Expectation
	d := openReading(t, func(text string, expects dialogue.Expectation) dialogue.Reading {
		told = expects
		return read(text, expects)
	}, desk.Options{})
	d.say(chat.Message{Conversation: "c", Text: "coupon", Locale: "en"})
	if told.Locale != guide.English || told.Language != "" {
		t.Errorf("first message: locale %q, language %q; want en and none", told.Locale, told.Language)
	}
	d.say(chat.Message{Conversation: "c", Text: "current", Language: "ja"})
	if told.Answered != "vpn-legacy-reissue" || told.Language != guide.Japanese || told.Known["coupon"] != "known" {
		t.Errorf("second message: told %+v; want the answer, the facts and the language chosen", told)
	}
	d.say(chat.Message{Conversation: "c"})
	if told.Asked != "vpn-need" || len(told.Shown) != 4 || told.Answered != "" {
		t.Errorf("third message: told %+v; want the question and its choices", told)
	}
}
