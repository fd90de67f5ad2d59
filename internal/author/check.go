package author

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"passdesk/internal/guide"
	"passdesk/internal/measure"
	"passdesk/internal/redact"
	"passdesk/internal/strictyaml"
	"passdesk/internal/understand"
)

// Report is the outcome of a check. It marshals to JSON for editors and CI.
type Report struct {
	Sound     bool                 `json:"sound"`
	Problems  []strictyaml.Problem `json:"problems"`
	Version   string               `json:"version,omitempty"`
	Answers   int                  `json:"answers,omitempty"`
	Examples  int                  `json:"examples,omitempty"`
	Stories   int                  `json:"stories,omitempty"`
	Cases     int                  `json:"cases,omitempty"`
	Paths     int                  `json:"paths,omitempty"`
	Worst     int                  `json:"worst-questions,omitempty"`
	WorstPath []string             `json:"worst-path,omitempty"`
	Mean      float64              `json:"mean-questions,omitempty"`
	Idle      []string             `json:"idle-questions,omitempty"` // put although, with these facts, no reply changes the outcome
	TooFew    []string             `json:"too-few,omitempty"`        // values and acts that need more examples
	Alike     []string             `json:"alike,omitempty"`          // examples that teach nothing new
	Misread   []string             `json:"misread,omitempty"`        // examples that the reader gets wrong in cross-validation
}

// Check validates all content and proves the tree. Unless it is to be quick it also looks for
// examples that are alike or that a cross-validation misreads, which takes a dozen trainings.
// Problems are in the report; an error means that the check itself could not run.
func Check(c Content, quick bool, more ...func(*guide.Guide) []strictyaml.Problem) (Report, error) {
	g, err := guide.Load(c.Knowledge)
	if err != nil {
		return refused(prefixed(err, c.KnowledgePrefix))
	}
	content, problems, err := c.checkIntents(g)
	if err != nil {
		return Report{}, err
	}
	stories, err := c.Stories(g)
	if err != nil {
		report, err := refused(err)
		if err != nil {
			return report, err
		}
		problems = append(problems, report.Problems...)
	}
	for _, check := range more {
		for _, problem := range check(g) {
			problem.File = c.KnowledgePrefix + problem.File
			problems = append(problems, problem)
		}
	}
	if len(problems) > 0 {
		return Report{Problems: problems}, nil
	}
	version, err := c.Version()
	if err != nil {
		return Report{}, err
	}
	proof := g.Prove()
	report := Report{
		Sound: true, Problems: []strictyaml.Problem{}, Version: version, Answers: len(g.Answers()), Examples: len(content.Examples),
		Stories: len(stories), Cases: proof.Cases, Paths: proof.Paths, Worst: proof.Worst, Mean: proof.Mean,
	}
	for _, f := range proof.WorstPath {
		report.WorstPath = append(report.WorstPath, f.Slot+": "+f.Value)
	}
	for _, idle := range proof.IdleAsks {
		report.Idle = append(report.Idle, fmt.Sprintf("%s with %s", idle.Slot, idle.Facts))
	}
	report.TooFew = tooFew(g, content.Examples)
	if !quick {
		v := measure.CrossValidate(g, content)
		report.Alike = nearDuplicates(content.Examples, v.Twins)
		report.Misread = misread(v, content.Settings)
	}
	return report, nil
}

// checkIntents reads what people write and what is masked of it, and returns every problem there.
func (c Content) checkIntents(g *guide.Guide) (*understand.Content, []strictyaml.Problem, error) {
	content, err := understand.Load(c.Intents, g)
	if err == nil {
		err = errorOf(contradictions(g, content.Examples))
	}
	examples, err := refused(prefixed(err, c.IntentsPrefix))
	if err != nil {
		return nil, nil, err
	}
	_, err = redact.New(c.Intents, g.Texts())
	masks, err := refused(prefixed(err, c.IntentsPrefix))
	return content, append(examples.Problems, masks.Problems...), err
}

// errorOf is nil if there are no problems.
func errorOf(problems []strictyaml.Problem) error {
	if len(problems) == 0 {
		return nil
	}
	return &strictyaml.Error{Problems: problems}
}

func refused(err error) (Report, error) {
	var e *strictyaml.Error
	if errors.As(err, &e) {
		return Report{Problems: e.Problems}, nil
	}
	return Report{}, err
}

// shownAtMost is how many notes of a kind Print writes unless it is to write all.
const shownAtMost = 20

// Print writes the report for people, of long lists of notes only the beginning unless all is set.
func (r Report) Print(out io.Writer, all bool) error {
	var text strings.Builder
	for _, p := range r.Problems {
		fmt.Fprintln(&text, p)
	}
	if !r.Sound {
		fmt.Fprintf(&text, "%d problems\n", len(r.Problems))
	} else {
		fmt.Fprintf(&text, "sound: %d answers, %d examples, %d stories (version %s)\n", r.Answers, r.Examples, r.Stories, r.Version)
		fmt.Fprintf(&text, "proved: each of %d cases of known facts has exactly one outcome; every question can change it\n", r.Cases)
		fmt.Fprintf(&text, "proved: each of %d paths ends in an answer or a person, after %d questions at worst and %.2f on average\n", r.Paths, r.Worst, r.Mean)
		fmt.Fprintf(&text, "longest: %s\n", strings.Join(r.WorstPath, " → "))
		for _, idle := range r.Idle {
			fmt.Fprintf(&text, "note: asks %s, where no reply changes the outcome\n", idle)
		}
		notes(&text, "too few examples", r.TooFew, all)
		notes(&text, "examples that teach nothing new", r.Alike, all)
		notes(&text, "examples that are misread in cross-validation (a wrong label, or a hard case)", r.Misread, all)
	}
	_, err := io.WriteString(out, text.String())
	return err
}

// notes writes a list under its heading.
func notes(text *strings.Builder, heading string, list []string, all bool) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(text, "note: %d %s\n", len(list), heading)
	for i, line := range list {
		if i == shownAtMost && !all {
			fmt.Fprintf(text, "  … and %d more, see --all\n", len(list)-i)
			return
		}
		fmt.Fprintf(text, "  %s\n", line)
	}
}
