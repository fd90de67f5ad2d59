package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"passdesk/internal/measure"
)

func (p *program) calibrate() *cobra.Command {
	return &cobra.Command{
		Use:   "calibrate",
		Short: "find by cross-validation how sure the reader must be, and print it as intents/calibration.yaml holds it",
		Args:  noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			g, _, err := p.load()
			if err != nil {
				return err
			}
			content, err := p.examples(g)
			if err != nil {
				return err
			}
			v := measure.CrossValidate(g, content)
			settings := v.Calibrate()
			out := c.OutOrStdout()
			fmt.Fprintln(out, "# Written by `passdesk calibrate`: how sure the reader must be, a wrong outcome costing 8 questions.")
			for line := range v.Summary(settings) {
				fmt.Fprintln(out, "# "+line)
			}
			_, err = fmt.Fprint(out, settings)
			return err
		},
	}
}
