package dialogue_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
)

// TestStateFormat pins the stored form: states written by an older build must still be read.
func TestStateFormat(t *testing.T) {
	want := dialogue.State{
		Language: guide.Japanese, Stated: []guide.Fact{fact("prompt=vpn")}, Asked: "vpn-generation", Answered: "overview",
		Shown: []guide.Fact{fact("vpn-generation=current")}, Questions: 3, Misses: 1, Failed: 2,
		Trail: [][]guide.Fact{nil, {fact("prompt=portal")}}, HandedOver: true,
	}
	const stored = `{"language":"ja","stated":[{"fact":"prompt","value":"vpn"}],"asked":"vpn-generation","answered":"overview",` +
		`"shown":[{"fact":"vpn-generation","value":"current"}],"questions":3,"misses":1,"failed":2,` +
		`"trail":[null,[{"fact":"prompt","value":"portal"}]],"handed-over":true}`
	var got dialogue.State
	if err := json.Unmarshal([]byte(stored), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("reading (-want +got):\n%s", diff)
	}
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(stored, string(data)); diff != "" {
		t.Errorf("writing (-want +got):\n%s", diff)
	}
	if data, err := json.Marshal(dialogue.State{}); err != nil || string(data) != "{}" {
		t.Errorf("a new conversation is %s, %v, want {}", data, err)
	}
}

// TestContentEditedMeanwhile goes on from states that name what the content no longer has.
func TestContentEditedMeanwhile(t *testing.T) {
	tests := []struct {
		promise, stored, hear, want string
	}{
		{"facts that are gone do not hold, the others do",
			`{"stated":[{"fact":"prompt","value":"vpn"},{"fact":"router","value":"on"},{"fact":"vpn-generation","value":"beta"}],"asked":"vpn-generation"}`,
			"vpn-generation=legacy", "ask ask:coupon +prompt=vpn -router"},
		{"the question that was open is gone: the tree asks what it needs now",
			`{"stated":[{"fact":"prompt","value":"vpn"}],"asked":"vpn-brand","questions":2}`, "", "ask ask:vpn-generation questions:3"},
		{"yes to a question that is gone",
			`{"stated":[{"fact":"prompt","value":"vpn"}],"asked":"vpn-brand"}`, "#yes", "ask ask:vpn-generation"},
		{"the question that was open is not asked any more with these facts",
			`{"stated":[{"fact":"prompt","value":"portal"}],"asked":"coupon"}`, "#language lang:en", "ask ask:portal-history"},
		{"the answer shown last is gone: it can be said to have failed",
			`{"stated":[{"fact":"prompt","value":"install"}],"answered":"installer-help"}`, "#did-not-work", "answer answer:mac-admin-install"},
		{"the answer shown last is gone: hello gives today's",
			`{"stated":[{"fact":"prompt","value":"install"}],"answered":"installer-help"}`, "#greeting", "answer answer:mac-admin-install"},
		{"back into facts that are gone",
			`{"stated":[{"fact":"prompt","value":"vpn"}],"asked":"vpn-generation","trail":[[{"fact":"router","value":"on"}]]}`,
			"#back", "ask ask:prompt says:went-back,secret-warning -router"},
		{"a fact that is gone can be wished to be changed",
			`{"stated":[{"fact":"router","value":"on"}],"asked":"prompt"}`, "change:router", "ask ask:prompt"},
		{"an out-of-scope message while a question is open that is gone",
			`{"asked":"vpn-brand"}`, "#out-of-scope", "out-of-scope says:out-of-scope shows:request=overview"},
	}
	for _, test := range tests {
		t.Run(test.promise, func(t *testing.T) {
			var s dialogue.State
			if err := json.Unmarshal([]byte(test.stored), &s); err != nil {
				t.Fatal(err)
			}
			next, step := dialogue.Next(content(), s, reading(t, test.hear))
			for _, complaint := range append(expect(test.want, s, next, step), malformed(content(), s, next, step)...) {
				t.Errorf("%s\nstep:  %+v\nstate: %+v", complaint, step, next)
			}
		})
	}
}

// TestExpects says what a reader is told about the place a message replies to.
func TestExpects(t *testing.T) {
	s := dialogue.State{
		Language: guide.English, Stated: []guide.Fact{fact("coupon=known"), fact("router=on")}, Asked: "prompt", Answered: "overview",
		Shown: []guide.Fact{fact("prompt=vpn")},
	}
	want := dialogue.Expectation{
		Language: guide.English, Asked: "prompt", Answered: "overview", Shown: []guide.Fact{fact("prompt=vpn")},
		Known: guide.Known{"coupon": "known", "vpn-generation": "legacy", "prompt": "vpn"},
	}
	if diff := cmp.Diff(want, dialogue.Expects(content(), s)); diff != "" {
		t.Errorf("Expects (-want +got):\n%s", diff)
	}
}
