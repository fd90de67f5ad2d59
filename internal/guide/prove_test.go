package guide_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"passdesk/internal/guide"
)

// proved are the exported parts of a proof, so that a diff shows nothing else.
type proved struct {
	Cases, Paths, Worst int
	WorstPath           []guide.Fact
	Mean                float64
	Outcomes            []string
	Idle                []guide.Idle
}

func prove(g *guide.Guide) proved {
	p := g.Prove()
	return proved{p.Cases, p.Paths, p.Worst, p.WorstPath, p.Mean, p.Outcomes, p.IdleAsks}
}

// The figures below were counted by hand, following the written tree with a finger.
func TestProofCountsWhatAPersonCounts(t *testing.T) {
	tests := []struct {
		name, tree string
		want       proved
	}{
		{
			// cases   topic unknown 1; mail: state unknown, broken 2; web: plan unknown 1, free:
			//         device unknown, old 2, paid 1; lost 1 = 8
			// paths   mail 1 question, web free 2, web paid 2, lost 1: 6 questions on 4 paths
			name: "sound content", tree: soundTree,
			want: proved{
				Cases: 8, Paths: 4, Worst: 2, WorstPath: []guide.Fact{{Slot: "topic", Value: "web"}, {Slot: "plan", Value: "free"}}, Mean: 1.5,
				Outcomes: []string{"human", "mail-broken", "mail-reset", "web-free", "web-paid"},
			},
		},
		{
			// cases   state broken 1; else topic unknown: device unknown, old 2; mail: plan
			//         unknown, free, paid 3; web 1; lost 1 = 8
			// paths   mail free 2, mail paid 2, web 1, lost 1: 6 questions on 4 paths
			name: "before and when at the top",
			tree: `facts:
  topic: {values: [mail, web, lost]}
  plan: {values: [free, paid]}
  state: {values: [broken]}
  device: {values: [old]}
tree:
  when: state
  broken: {answer: mail-broken}
  else:
    ask: topic
    before: {when: device, old: {answer: web-paid}}
    mail:
      ask: plan
      free: {answer: mail-reset}
      paid: {human: true}
    web: {answer: web-free}
    lost: {human: true}
`,
			want: proved{
				Cases: 8, Paths: 4, Worst: 2, WorstPath: []guide.Fact{{Slot: "topic", Value: "mail"}, {Slot: "plan", Value: "free"}}, Mean: 1.5,
				Outcomes: []string{"human", "mail-broken", "mail-reset", "web-free", "web-paid"},
			},
		},
		{
			// cases   plan unknown 1; paid 1, with no topic, for each implies free; free: topic
			//         unknown, mail, web, lost 4 = 6
			// paths   paid 1; free mail 2; free web 2; free lost 2: 7 questions on 4 paths
			name: "implies",
			tree: `facts:
  topic: {values: [mail, web, lost], implies: {any: {plan: free}}}
  plan: {values: [free, paid]}
  state: {values: [broken]}
  device: {values: [old]}
tree:
  ask: plan
  paid: {answer: web-paid}
  free:
    ask: topic
    mail: {answer: mail-reset}
    web: {answer: web-free}
    lost: {answer: mail-broken}
`,
			want: proved{
				Cases: 6, Paths: 4, Worst: 2, WorstPath: []guide.Fact{{Slot: "plan", Value: "free"}, {Slot: "topic", Value: "mail"}}, Mean: 1.75,
				Outcomes: []string{"mail-broken", "mail-reset", "web-free", "web-paid"},
			},
		},
		{
			// cases   topic unknown 1; mail 1; lost 1; web: plan unknown and device unread 1,
			//         free 1, paid: device unknown, old 2 = 7
			// idle    none: who is asked for the plan has not been told apart by device yet
			name: "when below an ask",
			tree: `facts:
  topic: {values: [mail, web, lost]}
  plan: {values: [free, paid]}
  state: {values: [broken]}
  device: {values: [old]}
tree:
  ask: topic
  mail: {answer: mail-reset}
  lost: {answer: mail-broken}
  web:
    ask: plan
    free: {answer: web-free}
    paid:
      when: device
      old: {answer: web-free}
      else: {answer: web-paid}
`,
			want: proved{
				Cases: 7, Paths: 4, Worst: 2, WorstPath: []guide.Fact{{Slot: "topic", Value: "web"}, {Slot: "plan", Value: "free"}}, Mean: 1.5,
				Outcomes: []string{"mail-broken", "mail-reset", "web-free", "web-paid"},
			},
		},
		{
			// With an old device plan is asked although both replies lead to web-free.
			// cases   device unknown: topic unknown, mail, lost 3, web: plan unknown, free, paid 3;
			//         old: plan unknown, free, paid 3 = 9
			name: "idle question",
			tree: `facts:
  topic: {values: [mail, web, lost]}
  plan: {values: [free, paid]}
  state: {values: [broken]}
  device: {values: [old]}
branches:
  plan:
    ask: plan
    free: {answer: web-free}
    paid: {when: device, old: {answer: web-free}, else: {answer: web-paid}}
tree:
  when: device
  old: {use: plan}
  else:
    ask: topic
    mail: {answer: mail-reset}
    lost: {answer: mail-broken}
    web: {use: plan}
`,
			want: proved{
				Cases: 9, Paths: 4, Worst: 2, WorstPath: []guide.Fact{{Slot: "topic", Value: "web"}, {Slot: "plan", Value: "free"}}, Mean: 1.5,
				Outcomes: []string{"mail-broken", "mail-reset", "web-free", "web-paid"},
				Idle:     []guide.Idle{{Slot: "plan", Facts: "device: old"}},
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g, err := guide.Load(withTree(tt.tree))
			if err != nil {
				t.Fatalf("Load: %v", err)
			}
			if diff := cmp.Diff(tt.want, prove(g), cmpopts.EquateApprox(0, 1e-9), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("proof (-want +got):\n%s", diff)
			}
		})
	}
}
