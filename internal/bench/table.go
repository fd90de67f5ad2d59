package bench

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
)

// Print writes the report as a table for people: medians of the runs, the least and the greatest
// where they matter. Errors of all runs are added up, since none must be forgotten.
func (r Report) Print(out io.Writer) error {
	var text strings.Builder
	r.head(&text)
	table := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	line := func(cells ...string) { _, _ = fmt.Fprintln(table, strings.Join(cells, "\t")) } // a Builder takes all
	line(append([]string{"", "turns/s", "p50 ms", "p99 ms", "max ms", "CPU us/turn", "database", "generator", "errors"}, r.memoryHead()...)...)
	for _, row := range []struct {
		name string
		runs []run
	}{{"desk", r.Desk}, {"floor", r.Floor}} {
		line(append([]string{
			row.name, of(row.runs, func(o run) float64 { return o.TurnsPerSecond }).text("%.0f"),
			number("%.1f", of(row.runs, func(o run) float64 { return o.P50 }).Median), number("%.1f", of(row.runs, func(o run) float64 { return o.P99 }).Median),
			number("%.1f", of(row.runs, func(o run) float64 { return o.Max }).Most),
			number("%.0f", of(row.runs, func(o run) float64 { return o.ServerMicros }).Median), number("%.0f", of(row.runs, func(o run) float64 { return o.DatabaseMicros }).Median),
			number("%.0f", of(row.runs, func(o run) float64 { return o.GeneratorMicros }).Median), fmt.Sprint(len(failures(row.runs)) == 0),
		}, r.memory(row.runs)...)...)
	}
	_ = table.Flush()
	r.foot(&text)
	_, err := io.WriteString(out, text.String())
	return err
}
