package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"passdesk/internal/desk"
	"passdesk/internal/store/sqlstore"
)

func (p *program) feedback() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "feedback",
		Short: "list which answers helped, by what customers said of them",
		Long:  "Lists which answers helped and which did not, over all conversations that are kept. Of each conversation the last word counts.",
		Args:  noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := textOrJSON(format); err != nil {
				return err
			}
			return p.withStore(c, false, func(ctx context.Context, s *sqlstore.Store) error {
				counted, err := desk.CountFeedback(ctx, s.States)
				if err != nil {
					return err
				}
				if format == "json" {
					return json.NewEncoder(c.OutOrStdout()).Encode(counted)
				}
				w := tabwriter.NewWriter(c.OutOrStdout(), 0, 0, 2, ' ', 0)
				_, _ = fmt.Fprintln(w, "ANSWER\tHELPED\tDID NOT")
				for _, answer := range slices.Sorted(maps.Keys(counted)) {
					_, _ = fmt.Fprintf(w, "%s\t%d\t%d\n", answer, counted[answer].Helped, counted[answer].Failed)
				}
				return w.Flush()
			})
		},
	}
	c.Flags().StringVar(&format, "format", "text", "text or json")
	return withSettings(c)
}
