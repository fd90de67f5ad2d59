package measure

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
)

// Labelled is a message with what the desk should do with it: the form of evaluation files.
type Labelled struct {
	Text       string
	Expect     []string    // outcomes, any of which is right
	Facts      guide.Known // what the message establishes
	Language   string      // "" if the file does not say
	Difficulty string      // "" if the file does not say
}

// ReadLabelled reads a TSV file with a header line that has at least the columns text, expect and
// facts, and may have lang and difficulty. Nothing is quoted; \n stands for a line break.
func ReadLabelled(in io.Reader) ([]Labelled, error) {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	var header []string
	var rows []Labelled
	for number := 1; lines.Scan(); number++ {
		columns := strings.Split(strings.TrimSuffix(lines.Text(), "\r"), "\t")
		if header == nil {
			header = columns
			for _, name := range []string{"text", "expect", "facts"} {
				if !slices.Contains(header, name) {
					return nil, fmt.Errorf("line 1: no column %q", name)
				}
			}
			continue
		}
		if len(columns) != len(header) {
			return nil, fmt.Errorf("line %d: %d columns, the header has %d", number, len(columns), len(header))
		}
		cell := func(name string) string {
			if at := slices.Index(header, name); at >= 0 && at < len(columns) {
				return columns[at]
			}
			return ""
		}
		row := Labelled{
			Text: strings.ReplaceAll(cell("text"), `\n`, "\n"), Expect: strings.Split(cell("expect"), "|"),
			Facts: guide.Known{}, Language: cell("lang"), Difficulty: cell("difficulty"),
		}
		if row.Text == "" || slices.Contains(row.Expect, "") {
			return nil, fmt.Errorf("line %d: text or expect is empty", number)
		}
		for part := range strings.SplitSeq(cell("facts"), ";") {
			slot, value, ok := strings.Cut(strings.TrimSpace(part), "=")
			if ok {
				row.Facts[slot] = value
			} else if slot != "" {
				return nil, fmt.Errorf("line %d: %q is no fact=value", number, slot)
			}
		}
		rows = append(rows, row)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read messages: %w", err)
	}
	if len(rows) == 0 {
		return nil, errors.New("read messages: there are none")
	}
	return rows, nil
}

// Read understands a message; understand.Reader has it.
type Read func(text string, expects dialogue.Expectation) dialogue.Reading

// Report is how the desk did on a file of messages.
type Report struct {
	Groups      map[string]Tally // "all", and by language and difficulty
	Languages   Tally            // language told as the file says (Right) or not (Wrong)
	Confusions  map[string]int   // "expected → got", of what was not right
	Reliability Reliability      // of the facts that were taken
	Missed      []string         // a line for each message that was not right
}

// Evaluate lets the desk answer each message as the first of a conversation.
func Evaluate(g *guide.Guide, read Read, rows []Labelled) Report {
	r := Report{Groups: map[string]Tally{}, Confusions: map[string]int{}}
	for _, row := range rows {
		in := read(row.Text, dialogue.Expects(g, dialogue.State{}))
		state, step := dialogue.Next(g, dialogue.State{}, in)
		got, verdict := Outcome(step), Wrong
		switch {
		case slices.Contains(row.Expect, got):
			verdict = Right
		case clash(step.Known, row.Facts) != "":
		case step.Kind == dialogue.StepHuman, step.Kind == dialogue.StepRephrase, strings.HasPrefix(got, "clarify:"):
			verdict = Safe
		}
		for _, name := range []string{"all", row.Language, row.Difficulty} {
			if name != "" {
				t := r.Groups[name]
				t[verdict]++
				r.Groups[name] = t
			}
		}
		if row.Language != "" && string(state.Language) == row.Language {
			r.Languages[Right]++
		} else if row.Language != "" {
			r.Languages[Wrong]++
		}
		for _, h := range in.Facts {
			r.Reliability.Add(h.Confidence, row.Facts[h.Slot] == h.Value)
		}
		if verdict != Right {
			want := strings.Join(row.Expect, "|")
			r.Confusions[want+" → "+got]++
			r.Missed = append(r.Missed, strings.Join([]string{verdict.String(), got, want, known(step.Known), row.Text}, "\t"))
		}
	}
	return r
}

func known(k guide.Known) string {
	var parts []string
	for _, slot := range slices.Sorted(maps.Keys(k)) {
		parts = append(parts, slot+"="+k[slot])
	}
	return strings.Join(parts, ";")
}

// Print writes the report; with each, every message that was not right.
func (r Report) Print(to io.Writer, each bool) error {
	out := &strings.Builder{}
	if each {
		for _, line := range r.Missed {
			fmt.Fprintln(out, line)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.Groups)) {
		fmt.Fprintf(out, "%-12s %s\n", name, r.Groups[name])
	}
	if n := r.Languages.Of(); n > 0 {
		fmt.Fprintf(out, "%-12s %.1f %% of %d\n", "language", 100*r.Languages.Share(Right), n)
	}
	fmt.Fprintln(out, "\nexpected → got")
	for _, pair := range byCount(r.Confusions) {
		fmt.Fprintf(out, "%4d  %s\n", r.Confusions[pair], pair)
	}
	fmt.Fprintln(out, "\nfacts that were taken, by confidence")
	r.Reliability.Print(out)
	_, err := io.WriteString(to, out.String())
	return err
}

func byCount(counts map[string]int) []string {
	return slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(a, b))
	})
}
