package author

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
)

// Read understands a message; understand.Reader has it.
type Read func(text string, expects dialogue.Expectation) dialogue.Reading

// Outcome is what came of running all stories.
type Outcome struct {
	Stories   int
	Turns     int
	Failures  []string // file:line: story: what was expected and what came
	Uncovered []string // branches, answers and follow-ups that no story takes
	Covered   int      // of Total
	Total     int
}

// OK reports whether every story went as expected and nothing is left uncovered.
func (o Outcome) OK() bool { return len(o.Failures) == 0 && len(o.Uncovered) == 0 }

// RunStories plays the stories. Between every two turns the state is written as JSON and read
// back, so that what the store will do to it is part of every story.
func RunStories(g *guide.Guide, read Read, stories []Story) Outcome {
	r := &runner{guide: g, read: read, coverage: newCoverage(g)}
	for _, s := range stories {
		r.story(s)
	}
	r.outcome.Stories = len(stories)
	r.outcome.Uncovered, r.outcome.Covered, r.outcome.Total = r.coverage.result()
	return r.outcome
}

type runner struct {
	guide    *guide.Guide
	read     Read
	coverage *coverage
	outcome  Outcome
}

func (r *runner) story(s Story) {
	var state dialogue.State
	for _, turn := range s.Turns {
		before := state
		next, step := dialogue.Next(r.guide, state, r.reading(turn, state, s.Language))
		r.coverage.take(before, next, step)
		r.outcome.Turns++
		if complaint := turn.Expect.differs(next, step); complaint != "" {
			r.outcome.Failures = append(r.outcome.Failures, fmt.Sprintf("%s:%d: %s: %s", turn.File, turn.Line, s.Name, complaint))
			return // what follows would only be noise
		}
		data, err := json.Marshal(next)
		state = dialogue.State{}
		if err == nil {
			err = json.Unmarshal(data, &state)
		}
		if err != nil {
			r.outcome.Failures = append(r.outcome.Failures, fmt.Sprintf("%s:%d: %s: state does not survive: %v", turn.File, turn.Line, s.Name, err))
			return
		}
	}
}

func (r *runner) reading(t StoryTurn, state dialogue.State, locale guide.Language) dialogue.Reading {
	switch {
	case t.Choose != nil:
		return dialogue.Reading{Language: firstOf(state.Language, locale), Facts: []dialogue.Heard{{Fact: *t.Choose, Confidence: 1}}}
	case t.Change != "":
		return dialogue.Reading{Change: t.Change}
	case t.Command != "":
		return dialogue.Reading{Act: dialogue.Act(t.Command)}
	}
	expects := dialogue.Expects(r.guide, state)
	expects.Locale = locale
	return r.read(t.Say, expects)
}

func firstOf(a, b guide.Language) guide.Language {
	if a != "" {
		return a
	}
	return b
}

// differs says how a turn went otherwise than expected, "" if it did not.
func (e Expected) differs(state dialogue.State, step dialogue.Step) string {
	check := func(what, want, got string) string {
		if want == "" || want == got {
			return ""
		}
		return fmt.Sprintf("expected %s %q, got %q (%s)", what, want, got, describe(step))
	}
	complaints := []string{
		check("step", e.Step, string(step.Kind)), check("ask", e.Ask, step.Ask),
		check("answer", e.Answer, step.Answer), check("language", e.Language, string(state.Language)),
	}
	for _, slot := range slices.Sorted(keys(e.Facts)) {
		complaints = append(complaints, check("fact "+slot, e.Facts[slot], step.Known[slot]))
	}
	for _, c := range complaints {
		if c != "" {
			return c
		}
	}
	return ""
}

func describe(step dialogue.Step) string {
	text := string(step.Kind)
	if step.Ask != "" {
		text += " " + step.Ask
	}
	if step.Answer != "" {
		text += " " + step.Answer
	}
	for _, slot := range slices.Sorted(keys(step.Known)) {
		text += fmt.Sprintf(", %s: %s", slot, step.Known[slot])
	}
	return text
}

// Print writes the outcome for people.
func (o Outcome) Print(out io.Writer) error {
	for _, f := range o.Failures {
		if _, err := fmt.Fprintln(out, f); err != nil {
			return err
		}
	}
	for _, u := range o.Uncovered {
		if _, err := fmt.Fprintln(out, "not covered by any story: "+u); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(out, "%d stories, %d turns, %d failed; coverage %d of %d branches, answers and follow-ups\n",
		o.Stories, o.Turns, len(o.Failures), o.Covered, o.Total)
	return err
}
