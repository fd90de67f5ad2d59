package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"passdesk/intents"
	"passdesk/internal/author"
	"passdesk/internal/guide"
	"passdesk/internal/understand"
	"passdesk/knowledge"
)

// Exit codes, the same for every command.
const (
	exitFine     = 0
	exitProblems = 1 // content has problems, or a story failed
	exitUsage    = 2 // unknown flag, command or argument
	exitFailure  = 3 // could not run: missing directory, broken pipe
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends what does not listen to the first
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// errProblems is the error of a command that ran and found something wrong; it has been printed.
var errProblems = errors.New("problems found")

// usageError marks a mistake in how a command was called.
type usageError struct{ error }

// run is the whole program. It returns the exit code.
func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errOut)
	err := root.ExecuteContext(ctx)
	var usage usageError
	switch {
	case err == nil:
		return exitFine
	case errors.Is(err, errProblems):
		return exitProblems
	case errors.Is(err, syscall.EPIPE), errors.Is(err, context.Canceled):
		return exitFailure // nobody is there to read an explanation
	}
	_, _ = fmt.Fprintf(errOut, "passdesk: %v\n", err) // if this fails too, the code still tells
	if errors.As(err, &usage) {
		return exitUsage
	}
	return exitFailure
}

// program is what the commands share.
type program struct {
	content string // directory, "" for the embedded content
}

func newRoot() *cobra.Command {
	p := &program{}
	root := &cobra.Command{
		Use:   "passdesk",
		Short: "Which password is it asking for, and how do I get back in?",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError{fmt.Errorf("unknown command %q; see passdesk --help", args[0])}
			}
			return nil
		},
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.PersistentFlags().StringVar(&p.content, "content", "", "directory with knowledge/ and intents/ to use instead of the embedded content")
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%w; see %s --help", err, c.CommandPath())}
	})
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(p.chat(), p.ask(), p.converse(), p.check(), p.test(), p.explain(), p.evaluate(), p.calibrate(), p.train(),
		p.config(), p.redact(), p.canned(), p.serve(), p.forget(), p.backup(), p.restore(), p.outbox(), p.feedback(), p.agent(), p.bench())
	return root
}

// files returns the content to work with.
func (p *program) files() (author.Content, error) {
	embedded := author.Content{
		Knowledge: knowledge.Files, KnowledgePrefix: "knowledge/",
		Intents: intents.Files, IntentsPrefix: "intents/",
	}
	if p.content == "" {
		return embedded, nil
	}
	return author.Directory(p.content, embedded)
}

// load returns sound content, ready to answer.
func (p *program) load() (*guide.Guide, *understand.Reader, error) {
	content, err := p.files()
	if err != nil {
		return nil, nil, err
	}
	g, r, err := content.Load()
	if err != nil {
		return nil, nil, fmt.Errorf("load content (passdesk check lists the problems):\n%w", err)
	}
	return g, r, nil
}

// examples returns what people write, for the commands that look at it; nothing is learnt from it.
func (p *program) examples() (*guide.Guide, *understand.Content, error) {
	content, err := p.files()
	if err != nil {
		return nil, nil, err
	}
	g, examples, err := content.Examples()
	if err != nil {
		return nil, nil, fmt.Errorf("load content (passdesk check lists the problems):\n%w", err)
	}
	return g, examples, nil
}

// noArguments refuses arguments as a usage error.
func noArguments(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("%s takes no arguments, got %q", c.CommandPath(), args[0])}
	}
	return nil
}

// languageFlag checks a --language value.
func languageFlag(value string) error {
	if value != "" && value != string(guide.Japanese) && value != string(guide.English) {
		return usageError{fmt.Errorf("unknown language %q; ja or en", value)}
	}
	return nil
}
