package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"passdesk/internal/author"
	"passdesk/internal/guide"
)

func (p *program) explain() *cobra.Command {
	var language string
	c := &cobra.Command{
		Use:   "explain TEXT [TEXT …]",
		Short: "say why a conversation leads to its question or answer: what was heard, known and walked",
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
			return author.Explain(g, r.Read, guide.Language(language), args, c.OutOrStdout())
		},
	}
	c.Flags().StringVar(&language, "language", "", "the customer's locale, ja or en")
	return c
}
