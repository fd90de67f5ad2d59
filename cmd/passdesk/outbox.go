package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"passdesk/internal/handover"
	"passdesk/internal/store"
	"passdesk/internal/store/sqlstore"
)

// listedAtMost bounds a list; whoever has more waiting than that has another problem.
const listedAtMost = 1000

func (p *program) outbox() *cobra.Command {
	c := &cobra.Command{
		Use:   "outbox",
		Short: "look after what is to be delivered: hand-overs to people",
		Args:  noArguments,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(p.outboxList(), p.outboxRelease())
	return c
}

func (p *program) outboxList() *cobra.Command {
	var state, format string
	c := &cobra.Command{
		Use:   "list",
		Short: "list deliveries, oldest first",
		Args:  noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			states := []store.JobState{store.Waiting, store.Held, store.Dead, store.Done}
			if state != "" && !slices.Contains(states, store.JobState(state)) {
				return usageError{fmt.Errorf("unknown state %q; waiting, held, dead or done", state)}
			}
			if err := textOrJSON(format); err != nil {
				return err
			}
			if state != "" {
				states = []store.JobState{store.JobState(state)}
			} else {
				states = states[:3] // what is done needs nobody
			}
			return p.withStore(c, false, func(ctx context.Context, s *sqlstore.Store) error {
				var jobs []store.Job
				for _, state := range states {
					some, err := s.Jobs(ctx, state, listedAtMost)
					if err != nil {
						return err
					}
					jobs = append(jobs, some...)
				}
				return printJobs(c.OutOrStdout(), jobs, format)
			})
		},
	}
	settingsFlags(c)
	c.Flags().StringVar(&state, "state", "", "waiting, held, dead or done (default: all but done)")
	c.Flags().StringVar(&format, "format", "text", "text or json")
	return c
}

func (p *program) outboxRelease() *cobra.Command {
	return withSettings(&cobra.Command{
		Use:   "release [ID...]",
		Short: "let deliveries go out that are held or dead; without ids, all that are held",
		RunE: func(c *cobra.Command, args []string) error {
			return p.withStore(c, false, func(ctx context.Context, s *sqlstore.Store) error {
				n, err := s.Release(ctx, args...)
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(c.OutOrStdout(), "released: %d\n", n)
				if err == nil && n < len(args) {
					_, _ = fmt.Fprintln(c.ErrOrStderr(), "passdesk: the others are not there, or neither held nor dead")
					err = errProblems
				}
				return err
			})
		},
	})
}

func printJobs(out io.Writer, jobs []store.Job, format string) error {
	if format == "json" {
		encoder := json.NewEncoder(out)
		encoder.SetEscapeHTML(false)
		for _, job := range jobs {
			if err := encoder.Encode(map[string]any{
				"id": job.ID, "reference": handover.Reference(job.ID), "kind": job.Kind, "state": job.State, "conversation": job.Conversation,
				"tries": job.Tries, "created": job.Created, "due": job.Due, "reason": job.Reason,
			}); err != nil {
				return err
			}
		}
		return nil
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(table, "STATE\tREFERENCE\tCREATED\tTRIES\tREASON\tID") // an error comes again with Flush
	for _, job := range jobs {
		_, _ = fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%s\t%s\n", job.State, handover.Reference(job.ID), job.Created.Format(time.DateTime), job.Tries, job.Reason, job.ID)
	}
	return table.Flush()
}
