package author

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode"

	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/understand"
)

// Explain plays messages as one conversation and writes, for each, what was understood, what is
// known, and the way through the tree that led to the question or answer. If why is not nil, it
// also writes what spoke for each value, and the examples that are most like the message.
func Explain(g *guide.Guide, read Read, why Why, locale guide.Language, messages []string, out io.Writer) error {
	var state dialogue.State
	var text strings.Builder
	for _, message := range messages {
		expects := dialogue.Expects(g, state)
		expects.Locale = locale
		reading := read(message, expects)
		var step dialogue.Step
		state, step = dialogue.Next(g, state, reading)
		fmt.Fprintf(&text, "message   %s\n", printable(message))
		explainReading(&text, reading)
		if why != nil {
			explainWhy(&text, why(message, expects))
		}
		for _, f := range g.Facts(step.Known) {
			fmt.Fprintf(&text, "known     %s: %s%s\n", f.Slot, f.Value, because(g, state, f))
		}
		for _, t := range step.Path {
			value := t.Value
			if value == "" {
				value = "not known"
			}
			fmt.Fprintf(&text, "path      tree.yaml:%d  %s: %s\n", t.Line, t.Slot, value)
		}
		fmt.Fprintf(&text, "step      %s\n\n", describeStep(step))
	}
	_, err := io.WriteString(out, text.String())
	return err
}

// Why says what made a reader read a message as it does; understand.Reader.Explain does.
type Why func(text string, expects dialogue.Expectation) understand.Explanation

func explainWhy(text *strings.Builder, x understand.Explanation) {
	fmt.Fprintf(text, "coverage  %.0f %% of the message's features occur in examples\n", 100*x.Coverage)
	for _, e := range x.Values {
		fmt.Fprintf(text, "belief    %s: %s  %.2f, needs %.2f\n", e.Slot, e.Value, e.Probability, e.Needed)
		var spoken []string
		for _, s := range e.For {
			spoken = append(spoken, fmt.Sprintf("%s %+.2f", s.Name, s.Weight))
		}
		if len(spoken) > 0 {
			fmt.Fprintf(text, "          for it: %s\n", strings.Join(spoken, ", "))
		}
	}
	for _, n := range x.Nearest {
		fmt.Fprintf(text, "nearest   %.2f  %s:%d  %s  [%s]\n", n.Similarity, n.File, n.Line, printable(n.Text), labels(n.Example))
	}
}

// labels writes what an example establishes.
func labels(e understand.Example) string {
	var parts []string
	if e.Asked != "" {
		parts = append(parts, "asked "+e.Asked)
	}
	if e.Act != "" {
		parts = append(parts, string(e.Act))
	}
	for _, slot := range slices.Sorted(maps.Keys(e.Facts)) {
		parts = append(parts, slot+": "+e.Facts[slot])
	}
	if len(parts) == 0 {
		return "nothing"
	}
	return strings.Join(parts, ", ")
}

// printable keeps a message on its line, and what it may hold from controlling the terminal.
func printable(message string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, message)
}

func explainReading(text *strings.Builder, in dialogue.Reading) {
	language := string(in.Language)
	if language == "" {
		language = "cannot be told"
	}
	fmt.Fprintf(text, "language  %s\n", language)
	if in.Act != dialogue.NoAct {
		fmt.Fprintf(text, "act       %s\n", in.Act)
	}
	for _, h := range in.Facts {
		fmt.Fprintf(text, "heard     %s: %s (%.2f)\n", h.Slot, h.Value, h.Confidence)
	}
	if in.Act == dialogue.NoAct && len(in.Facts) == 0 {
		text.WriteString("heard     nothing that is certain enough\n")
	}
}

// because names the statement that a fact follows from, if the customer did not state it.
func because(g *guide.Guide, state dialogue.State, f guide.Fact) string {
	for _, stated := range state.Stated {
		if stated == f {
			return ""
		}
	}
	for _, stated := range state.Stated {
		for _, implied := range g.Closure(stated) {
			if implied == f {
				return fmt.Sprintf("  (follows from %s: %s)", stated.Slot, stated.Value)
			}
		}
	}
	return ""
}

func describeStep(step dialogue.Step) string {
	text := string(step.Kind)
	if step.Answer != "" {
		text += " " + step.Answer
	}
	if step.Ask != "" && step.Kind != dialogue.StepAsk {
		text += ", asks " + step.Ask
	} else if step.Ask != "" {
		text += " " + step.Ask
	}
	return text
}
