package main

import (
	"encoding/json"

	"github.com/spf13/cobra"

	"passdesk/internal/author"
)

func (p *program) check() *cobra.Command {
	var format string
	var quick, all bool
	c := &cobra.Command{
		Use:   "check",
		Short: "report every problem in the content, or prove that it is sound",
		Args:  noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := textOrJSON(format); err != nil {
				return err
			}
			content, err := p.files()
			if err != nil {
				return err
			}
			report, err := author.Check(content, quick, tooMuchForSlack)
			if err != nil {
				return err
			}
			if format == "json" {
				encoder := json.NewEncoder(c.OutOrStdout())
				encoder.SetEscapeHTML(false)
				encoder.SetIndent("", "  ")
				err = encoder.Encode(report)
			} else {
				err = report.Print(c.OutOrStdout(), all)
			}
			if err == nil && !report.Sound {
				err = errProblems
			}
			return err
		},
	}
	c.Flags().BoolVar(&quick, "quick", false, "leave out what needs training: examples that are alike or misread")
	c.Flags().BoolVar(&all, "all", false, "write every note, not only the first of each kind")
	c.Flags().StringVar(&format, "format", "text", "text or json")
	return c
}
