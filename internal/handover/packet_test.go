package handover_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"regexp"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"passdesk/internal/chat"
	"passdesk/internal/guide"
	"passdesk/internal/handover"
	"passdesk/internal/store"
)

func TestReference(t *testing.T) {
	if got := handover.Reference("handover/c-1/5"); got != "H-P7DR-XMV9" {
		t.Errorf("Reference changed to %s: customers have been told the old one", got)
	}
	form := regexp.MustCompile(`^H-[2-9CDFHJKMNPQRTVWXY]{4}-[2-9CDFHJKMNPQRTVWXY]{4}$`)
	rapid.Check(t, func(r *rapid.T) {
		a, b := rapid.String().Draw(r, "a"), rapid.String().Draw(r, "b")
		if !form.MatchString(handover.Reference(a)) || a != b && handover.Reference(a) == handover.Reference(b) {
			r.Fatalf("%q: %s, %q: %s", a, handover.Reference(a), b, handover.Reference(b))
		}
	})
}

func TestDetails(t *testing.T) {
	want := handover.Details{Language: "ja", Facts: map[string]string{"prompt": "vpn"}, Path: []string{"prompt"}, Answers: []string{"a"}, Failed: []string{"a"}, Content: "v"}
	got, err := handover.ParseDetails(want.String())
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	if got, err := handover.ParseDetails(`{"language":"en","newer":1}`); err != nil || got.Language != "en" {
		t.Errorf("details of a newer replica: %+v, %v", got, err)
	}
	if _, err := handover.ParseDetails(""); err == nil {
		t.Error("no details, no error")
	}
}

// TestPacketIsWhatTheSchemaSays reads the packet in both languages, and is strict: the schema must
// refuse what is not in it.
func TestPacketIsWhatTheSchemaSays(t *testing.T) {
	schema := &openapi3.Schema{}
	if err := json.Unmarshal([]byte(handover.Schema()), schema); err != nil {
		t.Fatal(err)
	}
	for _, language := range guide.Languages() {
		text, err := json.MarshalIndent(packet(t, string(language)), "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "packet."+string(language)+".json", string(text)+"\n")
		if err := validate(t, schema, text); err != nil {
			t.Error(err)
		}
	}
	least, err := source(turn(1, "help", "", "")).Packet(t.Context(), job(1, handover.Details{Language: "ja"}))
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(least)
	if err != nil {
		t.Fatal(err)
	}
	if err := validate(t, schema, text); err != nil {
		t.Errorf("the smallest packet: %v in %s", err, text)
	}
	for _, broken := range []string{`"version":1`, `"reference":"H-`, `"facts":[]`, `"sequence":1`, `"language":"ja"`} {
		other := strings.Replace(string(text), broken, strings.Replace(broken, `":`, `x":`, 1), 1)
		if other == string(text) || validate(t, schema, []byte(other)) == nil {
			t.Errorf("a packet without %s is valid", broken)
		}
	}
}

func validate(t *testing.T, schema *openapi3.Schema, text []byte) error {
	t.Helper()
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatal(err)
	}
	return schema.VisitJSON(value)
}

func TestPressed(t *testing.T) {
	tests := []struct {
		kept string
		want *handover.Pressed
	}{
		{"", nil},
		{"no JSON", nil},
		{"{}", nil},
		{`{"choose":{"fact":"vpn-generation","value":"no-more"}}`, &handover.Pressed{Action: "choose", Slot: "vpn-generation", Value: "no-more"}},
		{`{"choose":{"fact":"no-more","value":"no-more"}}`, &handover.Pressed{Action: "choose", Slot: "no-more", Value: "no-more"}},
		{`{"change":"no-more"}`, &handover.Pressed{Action: "change", Slot: "no-more"}},
		{`{"command":"start"}`, &handover.Pressed{Action: "command", Command: "start"}},
		{`{"command":"back"}`, &handover.Pressed{Action: "command", Command: "back", Label: "Go back one step"}},
		{`{"command":"restart"}`, &handover.Pressed{Action: "command", Command: "restart", Label: "Start again"}},
		{`{"command":"all"}`, &handover.Pressed{Action: "command", Command: "all", Label: "None of these (show all choices)"}},
	}
	for _, test := range tests {
		p, err := source(turn(1, "", test.kept, "desk")).Packet(t.Context(), job(1, handover.Details{Language: "en"}))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, p.Transcript[0].Pressed); diff != "" {
			t.Errorf("%s: %s", test.kept, diff)
		}
	}
}

// TestContentThatChanged: what the content no longer has keeps its id, and nothing fails.
func TestContentThatChanged(t *testing.T) {
	s := source(turn(1, "help", "", "desk"))
	s.Decode = decodeNothing
	p, err := s.Packet(t.Context(), job(1, handover.Details{
		Language: "en", Facts: map[string]string{"zz-gone": "x", "aa-gone": "y", "prompt": "vpn"}, Path: []string{"zz-gone"}, Failed: []string{"gone"},
	}))
	if err != nil {
		t.Fatal(err)
	}
	facts := []string{}
	for _, fact := range p.Facts {
		facts = append(facts, fact.Slot)
	}
	if diff := cmp.Diff([]string{"prompt", "aa-gone", "zz-gone"}, facts); diff != "" {
		t.Error(diff)
	}
	if want := (handover.Answer{ID: "gone", Failed: true}); len(p.Answers) != 1 || p.Answers[0] != want {
		t.Errorf("answers %+v, want %+v", p.Answers, want)
	}
	if p.Path[0] != (handover.Step{Slot: "zz-gone", Value: "x"}) || p.Transcript[0].Desk != "" || p.Transcript[0].Said.String() != "help" {
		t.Errorf("path %+v, transcript %+v", p.Path, p.Transcript)
	}
}

// TestTurns: only the turns up to the hand-over, the last 200 of them, however the store pages.
func TestTurns(t *testing.T) {
	var turns []store.Turn
	for sequence := range int64(450) {
		turns = append(turns, turn(sequence+1, "x", "", "y"))
	}
	s := source(turns...)
	whole := s.Turns
	s.Turns = func(ctx context.Context, conversation string, after int64, limit int) ([]store.Turn, error) {
		return whole(ctx, conversation, after, min(limit, 7))
	}
	for _, sequence := range []int64{1, 7, 200, 201, 449} {
		p, err := s.Packet(t.Context(), job(sequence, handover.Details{}))
		if err != nil {
			t.Fatal(err)
		}
		n := int64(len(p.Transcript))
		if n != min(sequence, 200) || p.Omitted != sequence-n || p.Transcript[n-1].Sequence != sequence || p.Transcript[0].Sequence != p.Omitted+1 {
			t.Errorf("hand-over at %d: %d turns from %d to %d, %d omitted", sequence, n, p.Transcript[0].Sequence, p.Transcript[n-1].Sequence, p.Omitted)
		}
		if !p.Time.Equal(turns[sequence-1].At) {
			t.Errorf("time %s, want that of the turn", p.Time)
		}
	}
}

// TestNothingIsSentOfAForgottenConversation, nor anything if the packet cannot be made.
func TestNothingIsSentOfAForgottenConversation(t *testing.T) {
	down := source()
	down.Turns = func(context.Context, string, int64, int) ([]store.Turn, error) { return nil, store.ErrUnavailable }
	unreadable := job(1, handover.Details{})
	unreadable.Details = "{"
	tests := []struct {
		name   string
		source handover.Source
		job    store.Job
		fate   string
		reason string
	}{
		{"forgotten", source(), job(3, handover.Details{}), "permanent", "the conversation was forgotten"},
		{"begun anew", source(turn(1, "a", "", "b")), job(3, handover.Details{}), "permanent", "the conversation was forgotten"},
		{"store down", down, job(3, handover.Details{}), "retry", ""},
		{"details", source(turn(1, "a", "", "b")), unreadable, "permanent", "details cannot be read"},
	}
	for _, test := range tests {
		err := test.source.Deliver(func(context.Context, handover.Packet) error {
			t.Errorf("%s: something was sent", test.name)
			return nil
		})(t.Context(), test.job)
		if fate(err) != test.fate || reason(err) != test.reason {
			t.Errorf("%s: %s, %q (%v); want %s, %q", test.name, fate(err), reason(err), err, test.fate, test.reason)
		}
	}
	if _, err := down.Packet(t.Context(), job(3, handover.Details{})); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("%v, want the store's error", err)
	}
}

// TestLog: the log gets ids and nothing that anybody said.
func TestLog(t *testing.T) {
	var out bytes.Buffer
	p := packet(t, "en")
	if err := handover.Log(slog.New(slog.NewJSONHandler(&out, nil)))(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	contains(t, out.String(), p.Reference, p.ID, `"conversation":"c-1"`, `"language":"en"`, `"answers":["vpn-signin","vpn-credentials-lost"]`, `"failed":["vpn-credentials-lost"]`, `"turns":10`)
	for _, said := range []string{"Please help", "desk 2", "paragraph"} {
		if strings.Contains(out.String(), said) {
			t.Errorf("the log holds %q: %s", said, out.String())
		}
	}
}

func decodeNothing(string) (chat.Reply, error) {
	return chat.Reply{}, errors.New("a form of long ago")
}
