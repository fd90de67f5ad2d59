// Command cmd runs a Slack workspace that is not Slack, with a page to talk to a bot by hand. It
// exists because a test says that a conversation works and not whether it is a good one.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/signal"
	"syscall"
	"time"

	"passdesk/internal/channel/slackbot/fakeslack"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, err) // only the program passdesk may end a process
	}
}

// settings are what the command line says.
type settings struct {
	slack, page string
	locales     map[string]string
	app         application
}

func parse(arguments []string) (settings, error) {
	s := settings{locales: map[string]string{}}
	flags := flag.NewFlagSet("fakeslack", flag.ContinueOnError)
	flags.StringVar(&s.slack, "slack", "127.0.0.1:8123", "address of the workspace; its Web API is below /api/")
	flags.StringVar(&s.page, "page", "127.0.0.1:8124", "address of the page")
	flags.StringVar(&s.app.Events, "events", "", "URL of the app for signed HTTP requests, such as http://127.0.0.1:8080/slack/events; without it Socket Mode is used")
	flags.StringVar(&s.app.Command, "command", "/passdesk", "slash command of the app")
	flags.StringVar(&s.app.Shortcut, "shortcut", "suggest", "callback id of the app's message shortcut")
	flags.StringVar(&s.app.Global, "global", "find", "callback id of the app's global shortcut")
	customerLocale := flags.String("customer-locale", "ja-JP", "locale of the customer")
	agentLocale := flags.String("agent-locale", "en-US", "locale of the agent")
	if err := flags.Parse(arguments); err != nil {
		return s, fmt.Errorf("read the command line: %w", err)
	}
	s.locales[customerID], s.locales[agentID] = *customerLocale, *agentLocale
	return s, errors.Join(loopback(s.slack), loopback(s.page))
}

// loopback refuses addresses that others can reach: whoever reaches the page is everybody in the
// workspace.
func loopback(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("read the address %q: %w", address, err)
	}
	if ip, err := netip.ParseAddr(host); host != "localhost" && (err != nil || !ip.IsLoopback()) {
		return fmt.Errorf("listen on %q: not an address of this machine alone", address)
	}
	return nil
}

// run serves the workspace and the page until the context ends.
func run(ctx context.Context, arguments []string, out io.Writer) error {
	o, err := parse(arguments)
	if err != nil {
		return err
	}
	workspace := fakeslack.New(fakeslack.Options{Addr: o.slack})
	address, err := workspace.Start()
	if err != nil {
		return err
	}
	defer workspace.Close()
	populate(workspace, o.locales)
	workspace.SendTo(o.app.Events, o.app.Events, o.app.Events)
	listener, err := net.Listen("tcp", o.page)
	if err != nil {
		return fmt.Errorf("serve the page: %w", err)
	}
	if _, err := io.WriteString(out, instructions(address, listener.Addr().String(), o.app.Events)); err != nil {
		return errors.Join(fmt.Errorf("print the instructions: %w", err), listener.Close())
	}
	return serve(ctx, listener, newPage(workspace, o.app))
}

func serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve the page: %w", err)
	case <-ctx.Done():
	}
	if err := server.Close(); err != nil {
		return fmt.Errorf("close the page: %w", err)
	}
	if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve the page: %w", err)
	}
	return nil
}
