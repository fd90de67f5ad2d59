package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"passdesk/internal/author"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/understand"
)

func (p *program) explain() *cobra.Command {
	var language string
	c := &cobra.Command{
		Use:   "explain TEXT [TEXT …]",
		Short: "say why a conversation leads to its question or answer: what was heard and why, what is known, what was walked",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{fmt.Errorf("explain needs at least one message")}
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if err := languageFlag(language); err != nil {
				return err
			}
			g, r, err := p.load()
			if err != nil {
				return err
			}
			_, content, err := p.examples()
			if err != nil {
				return err
			}
			why := func(text string, expects dialogue.Expectation) understand.Explanation {
				return r.Explain(text, expects, content.Examples)
			}
			return author.Explain(g, r.Read, why, guide.Language(language), args, c.OutOrStdout())
		},
	}
	c.Flags().StringVar(&language, "language", "", "the customer's locale, ja or en")
	return c
}
