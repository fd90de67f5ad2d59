package understand_test

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/understand"
)

func TestMistakesInExamples(t *testing.T) {
	tests := []struct {
		name, file, want string
	}{
		{"unknown fact", "language: en\nexamples:\n  - facts: {promt: vpn}\n    says: [\"x\"]\n",
			`x.yaml:3:13: unknown fact "promt" (did you mean "prompt"?)`},
		{"unknown value", "language: en\nexamples:\n  - facts: {coupon: knwon}\n    says: [\"x\"]\n",
			`x.yaml:3:21: fact "coupon" has no value "knwon" (did you mean "known"?)`},
		{"unknown act", "language: en\nexamples:\n  - act: thank\n    says: [\"x\"]\n",
			`x.yaml:3:10: unknown act "thank" (did you mean "thanks"?)`},
		{"never asked", "language: en\nexamples:\n  - asked: platform\n    facts: {platform: mac}\n    says: [\"x\"]\n",
			`x.yaml:3:12: the desk never asks for "platform"`},
		{"contradiction", "language: en\nexamples:\n  - facts: {prompt: portal, coupon: known}\n    says: [\"x\"]\n",
			`x.yaml:3:5: the facts contradict each other: coupon: known means prompt: vpn, vpn-generation: legacy, coupon: known`},
		{"no label", "language: en\nexamples:\n  - says: [\"x\"]\n",
			"x.yaml:3:5: an example needs `facts` or `act`; `facts: {}` says that it establishes nothing"},
		{"no messages", "language: en\nexamples:\n  - act: thanks\n",
			"x.yaml:3:5: an entry needs messages under `says`"},
		{"twice", "language: en\nexamples:\n  - act: thanks\n    says: [\"Cheers\", \"cheers\"]\n",
			`x.yaml:4:22: message stands already in x.yaml:4`},
		{"language", "language: fr\nexamples:\n  - act: thanks\n    says: [\"merci\"]\n",
			"x.yaml:1:1: `language` must be ja or en"},
	}
	g, _ := reader(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := understand.Load(fstest.MapFS{"x.yaml": {Data: []byte(test.file)}}, g)
			got := ""
			if err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
