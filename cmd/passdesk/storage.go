package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"

	"github.com/spf13/cobra"

	"passdesk/internal/config"
	"passdesk/internal/store"
	"passdesk/internal/store/sqlstore"
)

// databaseFile is the name of the database in the data directory.
const databaseFile = "passdesk.db"

// openStore opens the database that the settings name. Alone is for what must not share it with
// another process. A database that cannot be used is a mistake in the settings.
func openStore(ctx context.Context, s config.Settings, logger *slog.Logger, alone bool) (*sqlstore.Store, error) {
	o := sqlstore.Options{
		Logger: logger, Connections: s.Database.Connections, AllowUnsafe: s.Database.AllowUnsafe, Queue: s.Limits.Queue, Exclusive: alone,
	}
	var opened *sqlstore.Store
	var err error
	if url := s.Database.URL.Reveal(); url != "" {
		opened, err = sqlstore.OpenPostgres(ctx, url, o)
	} else {
		opened, err = sqlstore.OpenSQLite(ctx, filepath.Join(s.Data, databaseFile), o)
	}
	if err != nil {
		return nil, usageError{err}
	}
	return opened, nil
}

// withStore runs an operator's command on the database.
func (p *program) withStore(c *cobra.Command, alone bool, work func(ctx context.Context, s *sqlstore.Store) error) error {
	settings, err := p.settings(c)
	if err != nil {
		return err
	}
	opened, err := openStore(c.Context(), settings, slog.New(slog.DiscardHandler), alone)
	if err != nil {
		return err
	}
	return errors.Join(work(c.Context(), opened), opened.Close())
}

func (p *program) forget() *cobra.Command {
	return withSettings(&cobra.Command{
		Use:   "forget CONVERSATION",
		Short: "erase a conversation and everything that belongs to it",
		Args:  oneArgument("forget needs the id of a conversation"),
		RunE: func(c *cobra.Command, args []string) error {
			return p.withStore(c, false, func(ctx context.Context, s *sqlstore.Store) error {
				if err := s.Forget(ctx, args[0]); errors.Is(err, store.ErrNotFound) {
					_, _ = fmt.Fprintf(c.ErrOrStderr(), "passdesk: there is no conversation %q\n", args[0])
					return errProblems
				} else if err != nil {
					return err
				}
				if err := s.Scrub(ctx); err != nil {
					return fmt.Errorf("erased, but not yet from the files below the tables: %w", err)
				}
				_, err := fmt.Fprintf(c.OutOrStdout(), "forgotten: %s\n", args[0])
				return err
			})
		},
	})
}

func (p *program) backup() *cobra.Command {
	return withSettings(&cobra.Command{
		Use:   "backup FILE",
		Short: "write a copy of the database to a new file, while the desk works",
		Args:  oneArgument("backup needs the name of a new file"),
		RunE: func(c *cobra.Command, args []string) error {
			return p.withStore(c, false, func(ctx context.Context, s *sqlstore.Store) error {
				if err := s.Backup(ctx, args[0]); err != nil {
					return err
				}
				_, err := fmt.Fprintf(c.OutOrStdout(), "written: %s\n", args[0])
				return err
			})
		},
	})
}

func (p *program) restore() *cobra.Command {
	return withSettings(&cobra.Command{
		Use:   "restore FILE",
		Short: "bring a backup into an empty database; hand-overs in it wait for `passdesk outbox release`",
		Args:  oneArgument("restore needs the name of a backup"),
		RunE: func(c *cobra.Command, args []string) error {
			return p.withStore(c, true, func(ctx context.Context, s *sqlstore.Store) error {
				restored, err := s.Restore(ctx, args[0])
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(c.OutOrStdout(), "restored: %d conversations, %d turns, %d deliveries\n", restored.Conversations, restored.Turns, restored.Jobs)
				if err == nil && restored.Held > 0 {
					_, err = fmt.Fprintf(c.OutOrStdout(), "held: %d deliveries that had not gone out when the backup was made; see passdesk outbox list --state held\n", restored.Held)
				}
				return err
			})
		},
	})
}

// withSettings gives a command the flags that are settings.
func withSettings(c *cobra.Command) *cobra.Command {
	settingsFlags(c)
	return c
}

// oneArgument demands exactly one.
func oneArgument(needs string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != 1 || args[0] == "" {
			return usageError{errors.New(needs)}
		}
		return nil
	}
}
