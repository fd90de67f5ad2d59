package desk_test

import (
	"context"
	"slices"
	"strings"
	"testing"

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
	if anew := o.say(chat.Message{Conversation: "c", Command: chat.Human}); anew.Reference == reference || len(o.jobs()) != 2 {
		t.Errorf("after a restart: reference %q, %d jobs; want another and two", anew.Reference, len(o.jobs()))
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
