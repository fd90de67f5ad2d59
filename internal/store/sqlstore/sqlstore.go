// Package sqlstore keeps conversations in SQLite or in PostgreSQL, with one text of SQL for both.
// It exists so that a turn that was answered is never lost, kept twice or kept by half, on one
// machine as well as behind several replicas.
package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"passdesk/internal/store"
)

// Options are how a database is used. The zero value is good for tests and for single commands.
type Options struct {
	Logger      *slog.Logger     // default: none
	Connections int              // at most; default 8
	AllowUnsafe bool             // accept a PostgreSQL server that may lose what it has acknowledged
	Exclusive   bool             // SQLite: let no other process in that asks for the same
	Clock       func() time.Time // SQLite: what Now returns; default time.Now
	Queue       int              // writers that may wait before others get ErrUnavailable at once; default 1024
}

func (o Options) withDefaults() Options {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Connections <= 0 {
		o.Connections = 8
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Queue <= 0 {
		o.Queue = 1024
	}
	return o
}

// Store is a store.Store over a database. It is safe for concurrent use.
type Store struct {
	database database
	closed   atomic.Bool
	failing  atomic.Bool // the last write found the database unavailable
}

// change runs statements as one transaction and wraps what goes wrong with the operation.
func (s *Store) change(ctx context.Context, operation string, statements ...statement) error {
	return s.guard(ctx, operation, func() error {
		err := s.database.write(ctx, statements...)
		if errors.Is(err, store.ErrUnavailable) || errors.Is(err, context.DeadlineExceeded) {
			s.failing.Store(true)
		}
		return err
	})
}

// wrote notes that something was written for certain: statements that change no row succeed on a full
// disk too.
func (s *Store) wrote(err error) error {
	if err == nil {
		s.failing.Store(false)
	}
	return err
}

func (s *Store) look(ctx context.Context, operation string, one statement) error {
	err := s.guard(ctx, operation, func() error { return s.database.read(ctx, one) })
	if s.closed.Load() && errors.Is(err, store.ErrUnavailable) {
		err = fmt.Errorf("%s: %w", operation, store.ErrClosed) // closed under it; nothing can be unknown about a look
	}
	return err
}

// guard says ErrClosed of everything that is asked of a closed store, and the context's error when
// that is why it failed.
func (s *Store) guard(ctx context.Context, operation string, do func() error) error {
	err := store.ErrClosed
	if !s.closed.Load() {
		if err = ctx.Err(); err == nil {
			err = do()
		}
	}
	if err == nil {
		return nil
	}
	if s.closed.Load() && !isNamed(err) {
		err = store.ErrClosed
	}
	return fmt.Errorf("%s: %w", operation, err)
}

// isNamed reports whether a caller can act upon an error.
func isNamed(err error) bool {
	for _, named := range []error{store.ErrConflict, store.ErrUnavailable, store.ErrClosed, context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, named) {
			return true
		}
	}
	return false
}

// Close waits for what is being written and lets go of the database. Closing twice does nothing.
func (s *Store) Close() error {
	if s.closed.Swap(true) {
		return nil
	}
	if err := s.database.close(); err != nil {
		return fmt.Errorf("close store: %w", err)
	}
	return nil
}
