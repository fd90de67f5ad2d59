package desk_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/chat"
	"passdesk/internal/desk"
	"passdesk/internal/guide"
	"passdesk/internal/handover"
	"passdesk/internal/store"
)

func (o *office) jobs() []store.Job {
	o.Helper()
	jobs, err := o.store.Jobs(context.Background(), store.Waiting, 100)
	if err != nil {
		o.Fatal(err)
	}
	return jobs
}

// TestHandOver: asking for a person causes one piece of work, however often it is asked for.
func TestHandOver(t *testing.T) {
	woken := 0
	o := open(t, desk.Options{HandOver: true, Wake: func() { woken++ }})
	o.say(chat.Message{Conversation: "c", Text: "account", Language: "en"})
	o.say(chat.Message{Conversation: "c", Text: "used"})
	o.say(chat.Message{Conversation: "c", Text: "no"})
	r := o.say(chat.Message{ID: "m", Conversation: "c", Command: chat.Human})
	jobs := o.jobs()
	if len(jobs) != 1 || woken != 1 {
		t.Fatalf("%d jobs, woken %d times; want one of each", len(jobs), woken)
	}
	job := jobs[0]
	if job.Kind != handover.Kind || job.Conversation != "c" || job.Sequence != 4 {
		t.Errorf("job %+v; want a hand-over of turn 4 of c", job)
	}
	details, err := handover.ParseDetails(job.Details)
	if err != nil {
		t.Fatal(err)
	}
	want := handover.Details{
		Language: "en", Facts: map[string]string{"prompt": "portal", "portal-history": "used"},
		Answers: []string{"portal-reset"}, Failed: []string{"portal-reset"}, Content: "v1",
	}
	if !slices.Contains(details.Path, "prompt") || !slices.Contains(details.Path, "portal-history") {
		t.Errorf("path %v; want what the walk read", details.Path)
	}
	details.Path = nil
	if diff := cmp.Diff(want, details); diff != "" {
		t.Errorf("details (-want +got):\n%s", diff)
	}
	reference := handover.Reference(job.ID)
	if r.Reference != reference || !strings.Contains(r.Text, reference) || !strings.Contains(r.Text, phrase(guide.PhraseHandedOver)) {
		t.Errorf("the customer is told %q, reference %q; want the reference %q", r.Text, r.Reference, reference)
	}
	if again := o.say(chat.Message{ID: "m", Conversation: "c", Command: chat.Human}); again.Reference != reference {
		t.Errorf("the same message again: reference %q, want %q", again.Reference, reference)
	}
	o.say(chat.Message{Conversation: "c", Text: "vpn"})
	later := o.say(chat.Message{Conversation: "c", Command: chat.Human})
	if later.Reference != reference || !strings.Contains(later.Text, phrase(guide.PhraseHandedOverBefore)) || len(o.jobs()) != 1 {
		t.Errorf("asked again: reference %q, %d jobs; want %q and one", later.Reference, len(o.jobs()), reference)
	}
	if other := o.say(chat.Message{Conversation: "c", Text: "installer"}); other.Reference != "" {
		t.Errorf("guidance names reference %q", other.Reference)
	}
	o.say(chat.Message{Conversation: "c", Command: chat.Restart})
	if soon := o.say(chat.Message{Conversation: "c", Command: chat.Human}); soon.Reference != reference || len(o.jobs()) != 1 {
		t.Errorf("soon after a restart: reference %q, %d jobs; want the same and one", soon.Reference, len(o.jobs()))
	}
	o.now = o.now.Add(2 * time.Hour)
	anew := o.say(chat.Message{Conversation: "c", Command: chat.Human})
	if anew.Reference == reference || len(o.jobs()) != 2 {
		t.Errorf("hours after a restart: reference %q, %d jobs; want another and two", anew.Reference, len(o.jobs()))
	}
	if details, err := handover.ParseDetails(o.jobs()[1].Details); err != nil || len(details.Answers) > 0 || len(details.Failed) > 0 {
		t.Errorf("after a restart: %+v, %v; want no answers from before", details, err)
	}
}

// TestHandOverSpeaksALanguage: who only pressed buttons has shown none.
func TestHandOverSpeaksALanguage(t *testing.T) {
	for locale, want := range map[string]string{"": "ja", "en": "en", "fr": "ja"} {
		o := open(t, desk.Options{HandOver: true})
		r := o.say(chat.Message{Conversation: "c", Command: chat.Human, Locale: locale})
		details, err := handover.ParseDetails(o.jobs()[0].Details)
		if err != nil || details.Language != want || r.Language != want {
			t.Errorf("locale %q: reply in %q, hand-over in %q, %v; want %s", locale, r.Language, details.Language, err, want)
		}
	}
}

// TestWhatFailed: "no" means guidance only if nothing was asked and nothing was corrected.
func TestWhatFailed(t *testing.T) {
	for name, test := range map[string]struct {
		say  []chat.Message
		want []string
	}{
		"no after guidance":         {[]chat.Message{{Text: "account used"}, {Text: "no"}}, []string{"portal-reset"}},
		"no to a question":          {[]chat.Message{{Text: "vpn"}, {Choose: &chat.Choose{Fact: "request", Value: "overview"}}, {Text: "no"}}, nil},
		"no, and what it really is": {[]chat.Message{{Text: "account used"}, {Text: "no installer"}}, nil},
	} {
		o := open(t, desk.Options{HandOver: true})
		for _, m := range append(test.say, chat.Message{Command: chat.Human}) {
			m.Conversation = "c"
			o.say(m)
		}
		details, err := handover.ParseDetails(o.jobs()[0].Details)
		if diff := cmp.Diff(test.want, details.Failed); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
	}
}

// TestNoHandOver: where nobody is to be told, the customer is not told that somebody was.
func TestNoHandOver(t *testing.T) {
	o := open(t, desk.Options{})
	r := o.say(chat.Message{Conversation: "c", Command: chat.Human, Language: "en"})
	if r.Reference != "" || strings.Contains(r.Text, phrase(guide.PhraseHandedOver)) || len(o.jobs()) != 0 {
		t.Errorf("reference %q, %d jobs, text %q; want none", r.Reference, len(o.jobs()), r.Text)
	}
}

func phrase(id string) string { return content().Guide.Phrase(id).In(guide.English) }
