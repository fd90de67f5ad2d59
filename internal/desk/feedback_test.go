package desk_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/chat"
	"passdesk/internal/desk"
)

// TestFeedback: what a customer says of an answer is counted once, and the last word counts.
func TestFeedback(t *testing.T) {
	solved := func(turn int64, helped bool) chat.Message {
		return chat.Message{Text: "yes or no", Solved: &chat.Solved{Turn: turn, Helped: helped}}
	}
	answered := chat.Message{Text: "account used"}
	other := chat.Message{Text: "vpn old"}
	for name, test := range map[string]struct {
		say  []chat.Message
		want map[string]desk.Feedback
	}{
		"nothing said":           {[]chat.Message{answered}, map[string]desk.Feedback{}},
		"it helped":              {[]chat.Message{answered, solved(1, true)}, map[string]desk.Feedback{"portal-reset": {Helped: 1}}},
		"it did not":             {[]chat.Message{answered, solved(1, false)}, map[string]desk.Feedback{"portal-reset": {Failed: 1}}},
		"twice":                  {[]chat.Message{answered, solved(1, false), solved(1, false)}, map[string]desk.Feedback{"portal-reset": {Failed: 1}}},
		"it did after all":       {[]chat.Message{answered, solved(1, false), solved(1, true)}, map[string]desk.Feedback{"portal-reset": {Helped: 1}}},
		"it did not after all":   {[]chat.Message{answered, solved(1, true), solved(1, false)}, map[string]desk.Feedback{"portal-reset": {Failed: 1}}},
		"in words":               {[]chat.Message{answered, {Text: "no"}}, map[string]desk.Feedback{"portal-reset": {Failed: 1}}},
		"before a new start":     {[]chat.Message{answered, solved(1, true), {Command: chat.Restart}}, map[string]desk.Feedback{"portal-reset": {Helped: 1}}},
		"of what is over":        {[]chat.Message{answered, {Text: "vpn"}, solved(1, false)}, map[string]desk.Feedback{}},
		"of an answer before":    {[]chat.Message{answered, other, solved(1, true)}, map[string]desk.Feedback{}},
		"of a turn to come":      {[]chat.Message{solved(9, true)}, map[string]desk.Feedback{}},
		"of one that was looked": {[]chat.Message{answered, {Command: chat.Start}, solved(1, true)}, map[string]desk.Feedback{"portal-reset": {Helped: 1}}},
	} {
		o := open(t, desk.Options{})
		for n, m := range test.say {
			m.ID, m.Conversation = fmt.Sprint(n), "c"
			o.say(m)
		}
		got, err := desk.CountFeedback(t.Context(), o.store.States)
		if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
	}
}

// TestFeedbackOfWhatIsOver: a button below an answer is no answer to the question that is open now.
func TestFeedbackOfWhatIsOver(t *testing.T) {
	o := open(t, desk.Options{})
	o.say(chat.Message{Conversation: "c", Text: "account used"})
	question := o.say(chat.Message{Conversation: "c", Text: "vpn"})
	if question.Ask == "" {
		t.Fatal("there is no question")
	}
	for _, helped := range []bool{true, false} {
		r := o.say(chat.Message{Conversation: "c", Text: "x", Solved: &chat.Solved{Turn: 1, Helped: helped}})
		if diff := cmp.Diff(question.Facts, r.Facts); r.Ask != question.Ask || diff != "" {
			t.Errorf("helped %v: asks %q, facts (-before +after):\n%s", helped, r.Ask, diff)
		}
	}
}

// TestFeedbackOfMany: all conversations are counted, however many are read at a time, the next day too.
func TestFeedbackOfMany(t *testing.T) {
	o := open(t, desk.Options{Idle: time.Hour})
	for n := range 2500 {
		c := fmt.Sprint("c", n)
		o.say(chat.Message{Conversation: c, Text: "account used"})
		o.say(chat.Message{Conversation: c, Solved: &chat.Solved{Turn: 1, Helped: n%5 > 0}})
	}
	o.now = o.now.Add(48 * time.Hour)
	o.say(chat.Message{Conversation: "c1", Text: "vpn"})
	got, err := desk.CountFeedback(t.Context(), o.store.States)
	if diff := cmp.Diff(map[string]desk.Feedback{"portal-reset": {Helped: 2000, Failed: 500}}, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}
