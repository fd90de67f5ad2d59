package main

import (
	"github.com/spf13/cobra"

	"passdesk/internal/author"
)

func (p *program) test() *cobra.Command {
	return &cobra.Command{
		Use:   "test",
		Short: "play the stories and print which branches, answers and follow-ups they cover",
		Args:  noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			g, r, err := p.load()
			if err != nil {
				return err
			}
			content, err := p.files()
			if err != nil {
				return err
			}
			stories, err := content.Stories(g)
			if err != nil {
				return err
			}
			outcome := author.RunStories(g, r.Read, stories)
			if err := outcome.Print(c.OutOrStdout()); err != nil {
				return err
			}
			if !outcome.OK() {
				return errProblems
			}
			return nil
		},
	}
}
