package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"passdesk/internal/bench"
	"passdesk/internal/channel/api"
	"passdesk/internal/desk"
	"passdesk/internal/observe"
	"passdesk/internal/store/memstore"
)

// benchFlags are the flags of the command. The settings of the servers that it starts are its own:
// those of the machine could name a database that is in use.
type benchFlags struct {
	options     bench.Options
	connections int
	directory   string
	json        bool
}

func (p *program) bench() *cobra.Command {
	var f benchFlags
	c := &cobra.Command{
		Use:   "bench",
		Short: "measure turns per second beside a server that only writes the same rows",
		Long: `bench starts a server and a floor, asks both in turn over HTTP, and prints how they did.
The floor writes the same rows and answers the same bytes, but does not understand a word.
It reads no settings but its flags, and uses SQLite in a temporary directory unless it is
given a PostgreSQL database, in which it leaves the conversations that it held.`,
		Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := f.check(); err != nil {
				return usageError{err}
			}
			report, err := p.measure(c.Context(), f)
			if err != nil {
				return err
			}
			if f.json {
				encoder := json.NewEncoder(c.OutOrStdout())
				encoder.SetIndent("", "  ")
				return encoder.Encode(report)
			}
			return report.Print(c.OutOrStdout())
		},
	}
	flags := c.Flags()
	flags.IntVar(&f.options.Clients, "clients", 32, "connections, each with one request at a time")
	flags.DurationVar(&f.options.For, "for", 5*time.Second, "how long a run takes")
	flags.IntVar(&f.options.Runs, "runs", 3, "how often each server is measured")
	flags.StringVar(&f.options.Database, "database-url", "", "PostgreSQL database to use instead of SQLite; not one that is in use")
	flags.IntVar(&f.connections, "connections", 10, "how many connections to PostgreSQL each server may open")
	flags.IntVar(&f.options.Conversations, "conversations", 0, "open so many conversations first, then send --rate turns/s spread over them")
	flags.Float64Var(&f.options.Rate, "rate", 300, "turns per second, with --conversations")
	flags.StringVar(&f.directory, "directory", "", "where the temporary directory is made; the speed of its disk counts (default: the system's)")
	flags.BoolVar(&f.json, "json", false, "print JSON with every run")
	c.AddCommand(p.benchFloor())
	return c
}

func (f benchFlags) check() error {
	switch o := f.options; {
	case o.Clients < 1 || o.Runs < 1 || f.connections < 1:
		return errors.New("--clients, --runs and --connections must be at least 1")
	case o.For < 100*time.Millisecond:
		return errors.New("--for must be at least 100ms")
	case o.Conversations < 0 || !(o.Rate > 0) || o.Rate > 1e6:
		return errors.New("--conversations must not be negative, and --rate must be above 0 and at most 1000000")
	}
	return nil
}

// measure runs the benchmark in a temporary directory.
func (p *program) measure(ctx context.Context, f benchFlags) (_ bench.Report, err error) {
	directory, err := os.MkdirTemp(f.directory, "passdesk-bench-")
	if err != nil {
		return bench.Report{}, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(directory)) }()
	recording := filepath.Join(directory, "recording.json")
	if err := p.record(ctx, recording); err != nil {
		return bench.Report{}, err
	}
	own, err := os.Executable()
	if err != nil {
		return bench.Report{}, err
	}
	o := f.options
	o.Directory = directory
	for name, command := range map[string]*bench.Command{"desk": &o.Desk, "floor": &o.Floor} {
		settings, err := p.benchSettings(directory, name, f)
		if err != nil {
			return bench.Report{}, err
		}
		*command = bench.Command{Name: name, Path: own, Arguments: []string{"serve", "--config", settings}}
	}
	o.Floor.Arguments = append([]string{"bench", "floor", "--recording", recording}, o.Floor.Arguments[1:]...)
	return bench.Run(ctx, o)
}

// record writes into a file what the desk keeps and answers when it is asked what the benchmark asks.
func (p *program) record(ctx context.Context, file string) error {
	content, err := p.answering()
	if err != nil {
		return err
	}
	kept := &bench.Recorder{Conversations: memstore.New()}
	handler, err := api.New(api.Options{
		Handle: desk.New(content.Content, kept, desk.Options{}).Handle,
		Limits: api.Limits{MessagesPerMinute: -1, ConversationsPerHour: -1, RequestsPerMinute: -1},
		Transcript: func(context.Context, string, int64, int) (api.Transcript, error) {
			return api.Transcript{}, nil // nobody asks
		},
		TrustedProxies: []netip.Prefix{},
	})
	if err != nil {
		return err
	}
	recording, err := bench.Record(ctx, handler, kept)
	if err != nil {
		return err
	}
	data, err := json.Marshal(recording)
	if err != nil {
		return fmt.Errorf("encode recording: %w", err)
	}
	return os.WriteFile(file, data, 0o600)
}

// benchSettings writes the settings file of one of the servers. JSON is YAML too, with all quoting
// settled. Limits are set as high as they go, and not off: counting costs what it costs.
func (p *program) benchSettings(directory, name string, f benchFlags) (string, error) {
	const plenty = 1_000_000
	settings := map[string]any{
		"listen": "127.0.0.1:0", "data": filepath.Join(directory, name),
		"limits": map[string]any{"messages-per-minute": plenty, "conversations-per-hour": plenty, "requests-per-minute": plenty},
	}
	if f.options.Database != "" {
		settings["database"] = map[string]any{"url": f.options.Database, "connections": f.connections}
	}
	if p.content != "" && name == "desk" {
		content, err := filepath.Abs(p.content)
		if err != nil {
			return "", err
		}
		settings["content"] = content
	}
	data, err := json.Marshal(settings)
	if err != nil {
		return "", fmt.Errorf("encode settings: %w", err)
	}
	file := filepath.Join(directory, name+".yaml")
	return file, os.WriteFile(file, data, 0o600)
}

// benchFloor is what bench starts beside the server.
func (p *program) benchFloor() *cobra.Command {
	var file string
	c := withSettings(&cobra.Command{
		Use: "floor", Short: "run the floor", Hidden: true, Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			settings, err := p.settings(c)
			if err != nil {
				return err
			}
			data, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			var recording bench.Recording
			if err := json.Unmarshal(data, &recording); err != nil {
				return fmt.Errorf("read recording: %w", err)
			}
			kept, err := openStore(c.Context(), settings, slog.New(slog.DiscardHandler), true)
			if err != nil {
				return err
			}
			logger := observe.Logger(c.ErrOrStderr(), slog.LevelInfo, observe.JSON)
			return errors.Join(bench.ServeFloor(c.Context(), settings.Listen, kept, recording, logger), kept.Close())
		},
	})
	c.Flags().StringVar(&file, "recording", "", "file with what to keep and to answer")
	return c
}
