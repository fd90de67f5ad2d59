package desk_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/chat"
	"passdesk/internal/desk"
)

// TestGreet: what is said to somebody who only looks is what a conversation begins with.
func TestGreet(t *testing.T) {
	for _, language := range []string{"ja", "en", "fr", ""} {
		o := open(t, desk.Options{})
		began := chat.Message{Conversation: "c", Command: chat.Start}
		if language == "ja" || language == "en" {
			began.Language = language
		}
		looked := o.Greet(language)
		if o.Greet(language); len(o.turns()) != 0 {
			t.Errorf("%s: looking was kept", language)
		}
		want := o.say(began)
		want.Conversation = ""
		if diff := cmp.Diff(want, looked); diff != "" {
			t.Errorf("%s (-began +looked):\n%s", language, diff)
		}
	}
}
