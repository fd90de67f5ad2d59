package author_test

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"passdesk/intents"
	"passdesk/internal/author"
	"passdesk/internal/strictyaml"
	"passdesk/knowledge"
)

func embedded() author.Content {
	return author.Content{Knowledge: knowledge.Files, Intents: intents.Files, KnowledgePrefix: "knowledge/", IntentsPrefix: "intents/"}
}

// TestShippedContentIsSound is the check that an author runs, on what is shipped.
func TestShippedContentIsSound(t *testing.T) {
	report, err := author.Check(embedded(), true)
	if err != nil {
		t.Fatal(err)
	}
	version, err := embedded().Version()
	if err != nil {
		t.Fatal(err)
	}
	proof := content().Prove()
	if !report.Sound || len(report.Problems) > 0 || report.Version != version || report.Worst != proof.Worst || len(report.WorstPath) != proof.Worst {
		t.Errorf("report %+v; want sound, version %s, worst %d", report, version, proof.Worst)
	}
	if report.Answers != len(content().Answers()) || report.Examples == 0 || report.Cases != proof.Cases || report.Paths != proof.Paths {
		t.Errorf("report %+v does not count what there is", report)
	}
}

func TestCheckReportsAllFolders(t *testing.T) {
	c := embedded()
	c.Knowledge = changed(t, c.Knowledge, map[string]string{"stories/odd.yaml": "- {story: odd}"})
	c.Intents = fstest.MapFS{"odd.en.yaml": {Data: []byte("- {text: hello, act: greting}")}}
	report, err := author.Check(c, true)
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, p := range report.Problems {
		files = append(files, p.File)
	}
	all := strings.Join(files, " ")
	if report.Sound || !strings.Contains(all, "intents/odd.en.yaml") || !strings.Contains(all, "knowledge/stories/odd.yaml") {
		t.Errorf("sound %v, problems in %q; want problems in both folders", report.Sound, files)
	}
}

func TestCheckStopsAtABrokenTree(t *testing.T) {
	c := embedded()
	c.Knowledge = changed(t, c.Knowledge, map[string]string{"links.yaml": ""})
	report, err := author.Check(c, true)
	if err != nil || report.Sound || len(report.Problems) == 0 || !strings.HasPrefix(report.Problems[0].File, "knowledge/") {
		t.Errorf("report %+v, %v; want problems with the folder in front", report, err)
	}
}

func TestReportPrint(t *testing.T) {
	tests := []struct {
		name, want string
		report     author.Report
	}{
		{"problems", "knowledge/tree.yaml:3:5: unknown key \"aks\"\n1 problems\n",
			author.Report{Problems: []strictyaml.Problem{{File: "knowledge/tree.yaml", Line: 3, Column: 5, Message: `unknown key "aks"`}}}},
		{"sound", `sound: 25 answers, 900 examples, 40 stories (version 0123456789ab)
proved: each of 81 cases of known facts has exactly one outcome; every question can change it
proved: each of 48 paths ends in an answer or a person, after 2 questions at worst and 1.50 on average
longest: prompt: vpn → vpn-generation: legacy
`, author.Report{
			Sound: true, Version: "0123456789ab", Answers: 25, Examples: 900, Stories: 40, Cases: 81, Paths: 48, Worst: 2, Mean: 1.5,
			WorstPath: []string{"prompt: vpn", "vpn-generation: legacy"},
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var out strings.Builder
			if err := test.report.Print(&out, true); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, out.String()); diff != "" {
				t.Errorf("Print (-want +got):\n%s", diff)
			}
		})
	}
}

// TestReportJSON pins what editors and CI read.
func TestReportJSON(t *testing.T) {
	report := author.Report{Problems: []strictyaml.Problem{{File: "a.yaml", Line: 3, Column: 5, Message: "odd"}}}
	data, err := json.Marshal(report)
	const want = `{"sound":false,"problems":[{"file":"a.yaml","line":3,"column":5,"message":"odd"}]}`
	if err != nil || string(data) != want {
		t.Errorf("JSON %s, %v; want %s", data, err, want)
	}
}
