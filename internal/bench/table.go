package bench

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
)

// column is a number that is shown of both servers.
type column struct {
	name, format string
	of           func(run) float64
	spread       bool // with the least and the greatest of the runs
	most         bool // the greatest of the runs, not their median
	sum          bool // of the runs
}

func (r Report) columns() []column {
	all := []column{
		{name: "turns/s", format: "%.0f", of: func(o run) float64 { return o.TurnsPerSecond }, spread: true},
		{name: "p50 ms", format: "%.1f", of: func(o run) float64 { return o.P50 }},
		{name: "p99 ms", format: "%.1f", of: func(o run) float64 { return o.P99 }},
		{name: "max ms", format: "%.1f", of: func(o run) float64 { return o.Max }, most: true},
		{name: "CPU us/turn", format: "%.0f", of: func(o run) float64 { return o.ServerMicros }, spread: true},
	}
	if r.Database == postgreSQL {
		all = append(all, column{name: "database us/turn", format: "%.0f", of: func(o run) float64 { return o.DatabaseMicros }})
	}
	all = append(all, column{name: "generator us/turn", format: "%.0f", of: func(o run) float64 { return o.GeneratorMicros }})
	if r.Conversations > 0 {
		all = append(all,
			column{name: "RSS MB", format: "%.0f", of: func(o run) float64 { return megabytes(o.ResidentBytes) }, most: true},
			column{name: "peak MB", format: "%.0f", of: func(o run) float64 { return megabytes(o.PeakBytes) }, most: true},
			column{name: "goroutines", format: "%.0f", of: func(o run) float64 { return float64(o.Goroutines) }, most: true})
	}
	return append(all, column{name: "errors", format: "%.0f", of: func(o run) float64 { return float64(o.failed()) }, sum: true})
}

// cell is what a column shows of runs; "-" is unknown.
func (c column) cell(runs []run) string {
	s := of(runs, c.of)
	show := func(n float64) string { return fmt.Sprintf(c.format, n) }
	switch {
	case s.Least < 0:
		return "-"
	case c.sum:
		return show(sum(runs, c.of))
	case c.most:
		return show(s.Most)
	case c.spread && len(runs) > 1:
		return show(s.Median) + " (" + show(s.Least) + "-" + show(s.Most) + ")"
	default:
		return show(s.Median)
	}
}

// Print writes the report as a table for people: the medians of the runs, or the greatest of them
// where the worst counts.
func (r Report) Print(out io.Writer) error {
	var text strings.Builder // it takes everything, so nothing can go wrong before the end
	_, _ = fmt.Fprintf(&text, "%s, %d cores, %s, %s\n%s\n\n", r.Machine.System, r.Machine.Cores, r.Machine.Go, r.Machine.Driver, r.load())
	table := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	head, desk, floor := "", "desk", "floor"
	for _, c := range r.columns() {
		head, desk, floor = head+"\t"+c.name, desk+"\t"+c.cell(r.Desk), floor+"\t"+c.cell(r.Floor)
	}
	_, _ = fmt.Fprintf(table, "%s\n%s\n%s\n", head, desk, floor)
	_ = table.Flush()
	_, _ = fmt.Fprintf(&text, "\n%s", r.remarks())
	_, err := io.WriteString(out, text.String())
	return err
}

// load says in one line what the servers had to do.
func (r Report) load() string {
	runs := fmt.Sprintf("%d runs of %s after %s of warming up", len(r.Desk), r.For, r.WarmUp)
	if r.Conversations > 0 {
		return fmt.Sprintf("%s, %d open conversations, %g turns/s due, %d connections, %s", r.Database, r.Conversations, r.Rate, r.Clients, runs)
	}
	return fmt.Sprintf("%s, %d connections, %s", r.Database, r.Clients, runs)
}

// remarks are the ratio and what the numbers do not tell.
func (r Report) remarks() string {
	var text strings.Builder
	if r.Conversations == 0 {
		_, _ = fmt.Fprintf(&text, "desk/floor in turns/s: %.2f (%.2f-%.2f)\n", r.Ratio.Median, r.Ratio.Least, r.Ratio.Most)
	}
	if r.CPURatio.Least > 0 {
		_, _ = fmt.Fprintf(&text, "floor/desk in CPU per turn: %.2f (%.2f-%.2f)\n", r.CPURatio.Median, r.CPURatio.Least, r.CPURatio.Most)
	}
	if r.Database == postgreSQL && of(r.Desk, func(o run) float64 { return o.DatabaseMicros }).Least < 0 {
		text.WriteString("CPU us/turn is that of passdesk alone: the PostgreSQL server could not be watched\n")
	}
	for _, of := range []struct {
		name string
		runs []run
	}{{"desk", r.Desk}, {"floor", r.Floor}} {
		failures := map[string]int{}
		for _, one := range of.runs {
			for reason, n := range one.Failures {
				failures[reason] += n
			}
		}
		for _, reason := range slices.Sorted(maps.Keys(failures)) {
			_, _ = fmt.Fprintf(&text, "errors of the %s: %s (%d)\n", of.name, reason, failures[reason])
		}
	}
	return text.String()
}

func sum(runs []run, number func(run) float64) float64 {
	total := 0.0
	for _, one := range runs {
		total += number(one)
	}
	return total
}

func megabytes(n int64) float64 {
	if n < 0 {
		return -1
	}
	return float64(n) / (1 << 20)
}
