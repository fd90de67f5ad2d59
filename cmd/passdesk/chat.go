package main

import (
	"os"

	"github.com/spf13/cobra"

	"passdesk/internal/channel/terminal"
	"passdesk/internal/config"
	"passdesk/internal/guide"
)

func (p *program) chat() *cobra.Command {
	var language string
	c := &cobra.Command{
		Use:   "chat",
		Short: "talk to the desk in this terminal",
		Args:  noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := languageFlag(language); err != nil {
				return err
			}
			d, err := p.desk()
			if err != nil {
				return err
			}
			in := interruptible(c.Context(), c.InOrStdin())
			defer func() { _ = in.Close() }() // never fails
			environment := config.FromEnvironment(os.Getenv)
			if language == "" {
				language = environment.Language
			}
			chat := terminal.Chat{
				Handle: d.Handle, Language: language, Columns: environment.Columns,
				Words: func(language string) terminal.Words {
					return terminalWords(d.Content().Guide, guide.Language(language))
				},
				In: in, Out: c.OutOrStdout(),
			}
			_, err = chat.Run(c.Context())
			return err
		},
	}
	c.Flags().StringVar(&language, "language", "", "language to start in, ja or en (default: from the locale)")
	return c
}

func terminalWords(g *guide.Guide, language guide.Language) terminal.Words {
	phrase := func(id string) string { return g.Phrase(id).In(language) }
	return terminal.Words{
		Welcome: phrase(guide.PhraseTerminalWelcome), Help: phrase(guide.PhraseTerminalHelp),
		Prompt: phrase(guide.PhraseTerminalPrompt), Goodbye: phrase(guide.PhraseTerminalGoodbye),
		Change: phrase(guide.PhraseTerminalChange), UnknownNumber: phrase(guide.PhraseTerminalUnknown),
		SoFar: phrase(guide.PhraseHeadingSoFar), NothingToChange: phrase(guide.PhraseTerminalNothing),
	}
}
