package author_test

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/author"
	"passdesk/internal/guide"
)

// TestLoadStories reads one story that uses everything a story may.
func TestLoadStories(t *testing.T) {
	got := stories(t, `- story: everything
  language: ja
  turns:
    - say: "VPN"
      expect: {step: ask, ask: vpn-generation, language: ja, facts: {prompt: vpn}}
    - choose: {vpn-generation: legacy}
    - change: vpn-generation
    - command: back
      expect: {answer: overview}
`)
	const file = "stories/a.yaml"
	none := map[string]string{}
	want := []author.Story{{Name: "everything", Language: guide.Japanese, File: file, Line: 1, Turns: []author.StoryTurn{
		{Say: "VPN", File: file, Line: 4, Expect: author.Expected{Step: "ask", Ask: "vpn-generation", Language: "ja", Facts: map[string]string{"prompt": "vpn"}}},
		{Choose: &guide.Fact{Slot: "vpn-generation", Value: "legacy"}, File: file, Line: 6, Expect: author.Expected{Facts: none}},
		{Change: "vpn-generation", File: file, Line: 7, Expect: author.Expected{Facts: none}},
		{Command: "back", File: file, Line: 8, Expect: author.Expected{Answer: "overview", Facts: none}},
	}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("LoadStories (-want +got):\n%s", diff)
	}
}

// TestStoryProblems breaks one thing in a sound story and compares the whole list of problems.
func TestStoryProblems(t *testing.T) {
	tests := []struct {
		name, story string
		want        []string
	}{
		{"no name", "- turns: [{say: VPN}]", []string{"stories/a.yaml:1:3: a story needs a name (story: …)"}},
		{"no turns", "- story: a", []string{"stories/a.yaml:1:3: a story needs turns"}},
		{"unknown key", "- {story: a, turns: [{say: VPN}], turn: 1}", []string{`stories/a.yaml:1:35: unknown key "turn" (did you mean "turns"?)`}},
		{"unknown language", "- {story: a, language: fr, turns: [{say: VPN}]}", []string{`stories/a.yaml:1:24: unknown language "fr"`}},
		{"a turn that does nothing", "- {story: a, turns: [{expect: {ask: prompt}}]}", []string{"stories/a.yaml:1:22: a turn needs exactly one of: say, choose, change, command"}},
		{"a turn that does two things", "- {story: a, turns: [{say: VPN, command: back}]}", []string{"stories/a.yaml:1:22: a turn needs exactly one of: say, choose, change, command"}},
		{"unknown command", "- {story: a, turns: [{command: restrat}]}", []string{`stories/a.yaml:1:32: unknown command "restrat" (did you mean "restart"?)`}},
		{"unknown fact chosen", "- {story: a, turns: [{choose: {promt: vpn}}]}", []string{`stories/a.yaml:1:32: unknown fact "promt" (did you mean "prompt"?)`}},
		{"unknown value chosen", "- {story: a, turns: [{choose: {prompt: vnp}}]}", []string{`stories/a.yaml:1:40: fact "prompt" has no value "vnp" (did you mean "vpn"?)`}},
		{"unknown fact changed", "- {story: a, turns: [{change: windwo}]}", []string{`stories/a.yaml:1:31: unknown fact "windwo" (did you mean "window"?)`}},
		{"unknown expectation", "- {story: a, turns: [{say: VPN, expect: {asks: prompt}}]}", []string{`stories/a.yaml:1:42: unknown key "asks" (did you mean "ask"?)`}},
		{"unknown step expected", "- {story: a, turns: [{say: VPN, expect: {step: asks}}]}", []string{`stories/a.yaml:1:48: unknown step "asks" (did you mean "ask"?)`}},
		{"unknown language expected", "- {story: a, turns: [{say: VPN, expect: {language: jp}}]}", []string{`stories/a.yaml:1:52: unknown language "jp"`}},
		{"unknown question expected", "- {story: a, turns: [{say: VPN, expect: {ask: promt}}]}", []string{`stories/a.yaml:1:47: unknown fact "promt" (did you mean "prompt"?)`}},
		{"unknown answer expected", "- {story: a, turns: [{say: VPN, expect: {answer: overviews}}]}", []string{`stories/a.yaml:1:50: unknown answer "overviews" (did you mean "overview"?)`}},
		{"unknown fact expected", "- {story: a, turns: [{say: VPN, expect: {facts: {prompt: vpn, windwo: none}}}]}", []string{`stories/a.yaml:1:63: unknown fact "windwo" (did you mean "window"?)`}},
		{"two facts chosen at once", "- {story: a, turns: [{choose: {prompt: vpn, platform: mac}}]}", []string{"stories/a.yaml:1:31: choose one fact, as in {choose: {fact: value}}"}},
		{"several at once", "- {story: a, turns: [{command: restrat}]}\n- {turns: [{say: VPN}]}", []string{
			`stories/a.yaml:1:32: unknown command "restrat" (did you mean "restart"?)`,
			"stories/a.yaml:2:3: a story needs a name (story: …)",
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := author.LoadStories(fstest.MapFS{"stories/a.yaml": {Data: []byte(test.story)}}, content())
			if diff := cmp.Diff(test.want, problems(t, err)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNoStories(t *testing.T) {
	if got, err := author.LoadStories(fstest.MapFS{}, content()); err != nil || len(got) != 0 {
		t.Errorf("LoadStories without files: %v, %v; want none", got, err)
	}
}
