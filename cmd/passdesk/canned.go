package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/aymanbagabas/go-osc52/v2"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"passdesk/internal/canned"
	"passdesk/internal/guide"
)

func (p *program) canned() *cobra.Command {
	c := &cobra.Command{
		Use:   "canned",
		Short: "the answers as support agents paste them: list, search, get and export",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError{fmt.Errorf("unknown command %q; see %s --help", args[0], c.CommandPath())}
			}
			return nil
		},
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(p.cannedList(), p.cannedSearch(), p.cannedGet(), p.cannedExport())
	return c
}

// library returns the canned answers, and the guide that they are from.
func (p *program) library() (*canned.Library, *guide.Guide, error) {
	g, examples, err := p.examples()
	if err != nil {
		return nil, nil, err
	}
	return canned.New(g, examples.Rules.Hiragana), g, nil
}

func (p *program) cannedList() *cobra.Command {
	return p.cannedFinder(&cobra.Command{
		Use:   "list",
		Short: "list all answers",
		Args:  noArguments,
	})
}

func (p *program) cannedSearch() *cobra.Command {
	return p.cannedFinder(&cobra.Command{
		Use:   "search WORDS",
		Short: "find answers by words in either language, half typed and in any kana; the best come first",
		Args: func(_ *cobra.Command, args []string) error {
			if strings.TrimSpace(strings.Join(args, "")) == "" {
				return usageError{errors.New("search needs words, as in: passdesk canned search vpn password")}
			}
			return nil
		},
	})
}

// cannedFinder makes a command that prints ids and titles of what its arguments find.
func (p *program) cannedFinder(c *cobra.Command) *cobra.Command {
	var language string
	c.RunE = func(c *cobra.Command, words []string) error {
		if err := languageFlag(language); err != nil {
			return err
		}
		library, _, err := p.library()
		if err != nil {
			return err
		}
		found := library.Search(strings.Join(words, " "), nil)
		if len(found) == 0 {
			_, _ = fmt.Fprintln(c.ErrOrStderr(), "passdesk: no answer has all of these words")
			return errProblems
		}
		var out strings.Builder
		for _, m := range found {
			fmt.Fprintf(&out, "%-28s %s\n", m.ID, m.Title.In(guide.Language(language)))
		}
		_, err = io.WriteString(c.OutOrStdout(), out.String())
		return err
	}
	c.Flags().StringVar(&language, "language", string(guide.Japanese), "language of the titles, ja or en")
	return c
}

func (p *program) cannedGet() *cobra.Command {
	var language, format, tone string
	var set []string
	var toClipboard bool
	c := &cobra.Command{
		Use:   "get ID [ID …]",
		Short: "print an answer, or several as one message",
		Example: `  passdesk canned get vpn-signin
  passdesk canned get vpn-signin portal-reset --language en --format mail --set customer=Yamada --copy`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{errors.New("get needs the id of an answer; passdesk canned list has them")}
			}
			return nil
		},
		RunE: func(c *cobra.Command, ids []string) error {
			values, err := assignments(set)
			if err != nil {
				return err
			}
			library, g, err := p.library()
			if err != nil {
				return err
			}
			o := canned.Options{Language: guide.Language(language), Format: canned.Format(format), Tone: canned.Tone(tone), Values: values}
			m, err := library.Compose(ids, o)
			if err != nil {
				return askedFor(err)
			}
			if toClipboard {
				if err := copyText(c, m.Text); err != nil {
					return err
				}
			}
			text := m.Text + "\n"
			if m.Subject != "" {
				label := g.Words(guide.PageCanned)["subject-label"].In(o.Language)
				if strings.HasSuffix(label, ":") {
					label += " " // a full-width colon brings its own space
				}
				text = label + m.Subject + "\n\n" + text
			}
			_, err = io.WriteString(c.OutOrStdout(), text)
			return err
		},
	}
	c.Flags().StringVar(&language, "language", string(guide.Japanese), "language of the message, ja or en")
	c.Flags().StringVar(&format, "format", string(canned.Plain), "plain, markdown, html, slack or mail")
	c.Flags().StringVar(&tone, "tone", string(canned.Bare), "what stands around the answer: bare (nothing), chat or mail; --format mail means mail")
	c.Flags().StringArrayVar(&set, "set", nil, "fill in a variable: customer=…, agent=… or case=…")
	c.Flags().BoolVar(&toClipboard, "copy", false, "copy the message as well, through the terminal (OSC 52)")
	return c
}

func (p *program) cannedExport() *cobra.Command {
	var format, language string
	c := &cobra.Command{
		Use:   "export",
		Short: "print all answers for another program",
		Args:  noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := languageFlag(language); err != nil {
				return err
			}
			if format == "" {
				return usageError{errors.New("export needs --format: espanso, csv, json, markdown, zendesk or chatwoot")}
			}
			library, _, err := p.library()
			if err != nil {
				return err
			}
			var languages []guide.Language
			if language != "" {
				languages = append(languages, guide.Language(language))
			}
			return askedFor(library.Export(c.OutOrStdout(), canned.Target(format), languages...))
		},
	}
	c.Flags().StringVar(&format, "format", "", "espanso, csv, json, markdown, zendesk or chatwoot")
	c.Flags().StringVar(&language, "language", "", "ja or en (default: both)")
	return c
}

// assignments reads the values of --set.
func assignments(set []string) (map[string]string, error) {
	values := map[string]string{}
	for _, s := range set {
		name, value, ok := strings.Cut(s, "=")
		if !ok {
			return nil, usageError{fmt.Errorf("--set %s has no value; write --set customer=Yamada", s)}
		}
		values[name] = value
	}
	return values, nil
}

// askedFor marks errors about what was asked for as mistakes in how the command was called.
func askedFor(err error) error {
	var unknown *canned.UnknownError
	var missing *canned.MissingError
	switch {
	case errors.As(err, &missing):
		return usageError{fmt.Errorf("%w; fill it in with --set %s=…", err, missing.Variables[0])}
	case errors.As(err, &unknown):
		return usageError{err}
	}
	return err
}

// copyText puts a text on the clipboard of the terminal that the command runs in, if it is one
// that takes it. What is redirected stays clean.
func copyText(c *cobra.Command, text string) error {
	for _, out := range []io.Writer{c.OutOrStdout(), c.ErrOrStderr()} {
		file, ok := out.(*os.File)
		if !ok || !term.IsTerminal(int(file.Fd())) {
			continue
		}
		if _, err := osc52.New(text).WriteTo(file); err != nil {
			return fmt.Errorf("copy: %w", err)
		}
		return nil
	}
	return errors.New("copy: there is no terminal to copy through")
}
