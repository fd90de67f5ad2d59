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
			g, content, err := p.examples()
			if err != nil {
				return err
			}
			v := measure.CrossValidate(g, content)
			settings := v.Calibrate()
			text := fmt.Sprintf("# Written by `passdesk calibrate`: how sure the reader must be, a wrong outcome costing %d questions.\n", measure.CostOfWrong)
			for line := range v.Summary(settings) {
				text += "# " + line + "\n"
			}
			_, err = fmt.Fprint(c.OutOrStdout(), text, settings)
			return err
		},
	}
}
