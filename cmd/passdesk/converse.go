package main

import (
	"github.com/spf13/cobra"

	"passdesk/internal/channel/headless"
)

func (p *program) converse() *cobra.Command {
	return &cobra.Command{
		Use:   "converse",
		Short: "answer JSON lines from standard input, for tests and integrations",
		Args:  noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			d, err := p.desk()
			if err != nil {
				return err
			}
			in := interruptible(c.Context(), c.InOrStdin())
			defer func() { _ = in.Close() }() // never fails
			return headless.Serve(c.Context(), d.Handle, in, c.OutOrStdout())
		},
	}
}
