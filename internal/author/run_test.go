package author_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/author"
)

func TestFailingStories(t *testing.T) {
	outcome := author.RunStories(content(), read, stories(t, `- story: goes as told
  turns:
    - say: "prompt=vpn"
      expect: {step: ask, ask: vpn-generation, facts: {prompt: vpn}}
    - choose: {vpn-generation: legacy}
      expect: {ask: coupon}
    - command: human
      expect: {step: human}
- story: wrong step, and what follows is not reported
  turns:
    - say: "prompt=vpn"
      expect: {step: answer}
    - say: "prompt=vpn"
      expect: {step: greeting}
- story: wrong question
  turns:
    - say: "prompt=vpn"
    - change: prompt
      expect: {ask: window}
- story: wrong answer
  turns: [{choose: {prompt: install}, expect: {answer: overview}}]
- story: wrong language
  language: ja
  turns: [{say: "prompt=install", expect: {language: en}}]
- story: wrong fact, and one that is not known
  turns: [{say: "coupon=known", expect: {facts: {vpn-generation: current, platform: mac}}}]
`))
	want := []string{
		`stories/a.yaml:11: wrong step, and what follows is not reported: expected step "answer", got "ask" (ask vpn-generation, prompt: vpn)`,
		`stories/a.yaml:18: wrong question: expected ask "window", got "prompt" (ask prompt)`,
		`stories/a.yaml:21: wrong answer: expected answer "overview", got "mac-admin-install" (answer mac-admin-install, prompt: install)`,
		`stories/a.yaml:24: wrong language: expected language "en", got "ja" (answer mac-admin-install, prompt: install)`,
		`stories/a.yaml:26: wrong fact, and one that is not known: expected fact platform "mac", got "" (answer vpn-legacy-reissue, coupon: known, prompt: vpn, vpn-generation: legacy)`,
	}
	if diff := cmp.Diff(want, outcome.Failures); diff != "" {
		t.Errorf("failures (-want +got):\n%s", diff)
	}
	if outcome.Stories != 6 || outcome.Turns != 9 || outcome.OK() {
		t.Errorf("%d stories, %d turns, OK %v; want 6, 9, false", outcome.Stories, outcome.Turns, outcome.OK())
	}
}

// TestStoriesPlayLikeADesk: a button keeps the language, and a locale is only assumed.
func TestStoriesPlayLikeADesk(t *testing.T) {
	outcome := author.RunStories(content(), read, stories(t, `- story: a pressed button in the customer's locale
  language: ja
  turns: [{choose: {prompt: vpn}, expect: {language: ja}}]
- story: a pressed button after the customer wrote in another language
  language: ja
  turns: [{say: "prompt=vpn lang:en"}, {choose: {vpn-generation: legacy}, expect: {language: en}}]
- story: commands
  turns:
    - choose: {prompt: vpn}
    - command: back
      expect: {ask: prompt}
    - command: restart
      expect: {ask: prompt}
    - command: human
      expect: {step: human}
`))
	if len(outcome.Failures) > 0 {
		t.Errorf("failures: %q", outcome.Failures)
	}
}

// TestCoverage says what a story covers. Branches are named without their line here, so that
// an edit of the tree does not break the test.
func TestCoverage(t *testing.T) {
	tests := []struct {
		name, story string
		want        []string
	}{
		{"no stories cover nothing", "[]", nil},
		{"a question alone takes no branch of it", "- {story: a, turns: [{choose: {vpn-generation: legacy}}]}", []string{
			"request: else", "prompt: vpn", "vpn-generation: legacy",
		}},
		{"a question answered; the answer reached", "- {story: a, turns: [{choose: {vpn-generation: legacy}}, {choose: {coupon: known}}]}", []string{
			"coupon: known", "request: else", "prompt: vpn", "vpn-generation: legacy", "answer vpn-legacy-reissue",
		}},
		{"a reply that leads elsewhere covers the branch it was given to", "- {story: a, turns: [{choose: {prompt: unsure}}, {choose: {window: mac-box-install}}]}", []string{
			"platform: else", "request: else", "prompt: install", "prompt: unsure", "window: mac-box-install", "answer mac-admin-install",
		}},
		{"a follow-up pressed", "- {story: a, turns: [{choose: {prompt: install}}, {choose: {platform: windows}}]}", []string{
			"platform: windows", "platform: else", "request: else", "prompt: install", "answer mac-admin-install",
			"follow-up {platform: windows} of mac-admin-install", "answer windows",
		}},
		{"a fact said at once is no follow-up", `- {story: a, turns: [{say: "prompt=install platform=windows"}]}`, []string{
			"platform: windows", "request: else", "prompt: install", "answer windows",
		}},
		{"a follow-up that held before the answer was not pressed", `- {story: a, turns: [{choose: {prompt: install}}, {choose: {request: overview}}, {say: "#thanks"}]}`, []string{
			"platform: else", "request: else", "request: overview", "prompt: install", "answer mac-admin-install", "answer overview",
		}},
		{"a story that fails still counts up to there", "- {story: a, turns: [{choose: {request: overview}, expect: {step: ask}}]}", []string{
			"request: overview", "answer overview",
		}},
	}
	line := regexp.MustCompile(`^tree\.yaml:[0-9]+ `)
	all := author.RunStories(content(), read, nil).Uncovered
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			outcome := author.RunStories(content(), read, stories(t, test.story))
			var covered []string
			for _, name := range all {
				if !slices.Contains(outcome.Uncovered, name) {
					covered = append(covered, line.ReplaceAllString(name, ""))
				}
			}
			slices.Sort(covered)
			slices.Sort(test.want)
			if diff := cmp.Diff(test.want, covered); diff != "" {
				t.Errorf("covered (-want +got):\n%s", diff)
			}
			if outcome.Covered != len(covered) || outcome.Total != len(all) || outcome.OK() {
				t.Errorf("counted %d of %d, OK %v; want %d of %d, false", outcome.Covered, outcome.Total, outcome.OK(), len(covered), len(all))
			}
		})
	}
}

func TestOutcomePrint(t *testing.T) {
	var out strings.Builder
	outcome := author.Outcome{
		Stories: 2, Turns: 5, Covered: 7, Total: 9,
		Failures: []string{`stories/a.yaml:3: a: expected ask "prompt", got ""`}, Uncovered: []string{"tree.yaml:7 prompt: vpn", "answer overview"},
	}
	if err := outcome.Print(&out); err != nil {
		t.Fatal(err)
	}
	const want = `stories/a.yaml:3: a: expected ask "prompt", got ""
not covered by any story: tree.yaml:7 prompt: vpn
not covered by any story: answer overview
2 stories, 5 turns, 1 failed; coverage 7 of 9 branches, answers and follow-ups
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("Print (-want +got):\n%s", diff)
	}
}
