package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"passdesk/internal/store"
)

// Restored counts what came from a backup.
type Restored struct {
	Conversations, Turns, Jobs int
	Held                       int // jobs that were waiting: an operator must release them
}

// Restore copies a backup into this store, which must be empty, all or nothing. Work that was waiting
// is held: what happened to it since the backup was made, nobody knows.
func (s *Store) Restore(ctx context.Context, file string) (Restored, error) {
	var restored Restored
	err := s.guard(ctx, "restore store", func() (err error) {
		restored, err = s.restore(ctx, file)
		return err
	})
	return restored, err
}

func (s *Store) restore(ctx context.Context, file string) (restored Restored, err error) {
	if err := s.refuseFilled(ctx); err != nil {
		return restored, err
	}
	file, remove, err := current(ctx, file)
	if err != nil {
		return restored, err
	}
	defer func() { err = errors.Join(err, remove()) }()
	backup, err := sql.Open("sqlite", readOnlyName(file))
	if err != nil {
		return restored, err
	}
	defer func() { err = errors.Join(err, backup.Close()) }()
	source, err := backup.BeginTx(ctx, nil)
	if err != nil {
		return restored, sqliteError(err)
	}
	defer func() { err = errors.Join(err, source.Rollback()) }()
	if err := refuseDamaged(ctx, source, file); err != nil {
		return restored, err
	}
	err = s.database.fill(ctx, func(add adder) error {
		restored = Restored{}
		return copySQLite(ctx, source, restored.holding(add))
	})
	return restored, err
}

func (s *Store) refuseFilled(ctx context.Context) error {
	filled := false
	err := s.database.read(ctx, statement{text: `SELECT id FROM conversations LIMIT 1`, each: func(row) error { filled = true; return nil }})
	if filled {
		err = errors.New("the store is not empty; restore into a new one")
	}
	return err
}

// refuseDamaged reads every page of a backup: half of it would be worse than an error.
func refuseDamaged(ctx context.Context, source *sql.Tx, file string) error {
	var found string
	err := source.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&found)
	if err == nil && found != "ok" {
		err = errors.New("the backup is damaged")
	}
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// holding counts rows and changes what is waiting to held.
func (r *Restored) holding(add adder) adder {
	return func(ctx context.Context, t table, rows [][]any) error {
		switch t.name {
		case "conversations":
			r.Conversations += len(rows)
		case "turns":
			r.Turns += len(rows)
		case "outbox":
			r.Jobs += len(rows)
			r.hold(t, rows)
		}
		return add(ctx, t, rows)
	}
}

func (r *Restored) hold(t table, rows [][]any) {
	state, owner, lease := t.index("state"), t.index("owner"), t.index("lease")
	for _, values := range rows {
		if values[state] == string(store.Waiting) {
			values[state] = string(store.Held)
			r.Held++
		}
		values[owner], values[lease] = "", int64(0)
	}
}

// current returns a backup in the form of today: itself, or a copy that was migrated.
func current(ctx context.Context, file string) (_ string, remove func() error, err error) {
	remove = func() error { return nil }
	if _, err := os.Stat(file); err != nil {
		return "", remove, err
	}
	files, err := migrations()
	if err != nil {
		return "", remove, err
	}
	newest, err := newestVersion(files)
	if err != nil {
		return "", remove, err
	}
	version, err := fileVersion(ctx, file, readOnlyName(file))
	switch {
	case err != nil:
		return "", remove, err
	case version == 0:
		return "", remove, fmt.Errorf("%s is no backup of passdesk", file)
	case version > newest:
		return "", remove, fmt.Errorf("%s: %w (it is at %d, this one knows %d)", file, errNewer, version, newest)
	case version == newest:
		return file, remove, nil
	}
	return migrated(ctx, file)
}

// migrated copies an old backup into a temporary directory and brings the copy up to date.
func migrated(ctx context.Context, file string) (_ string, remove func() error, err error) {
	directory, err := os.MkdirTemp("", "passdesk-restore-*")
	if err != nil {
		return "", nil, err
	}
	remove = func() error { return os.RemoveAll(directory) }
	copied := filepath.Join(directory, "backup.db")
	if err = vacuumInto(ctx, file, copied); err == nil {
		var opened *Store
		if opened, err = OpenSQLite(ctx, copied, Options{}); err == nil {
			err = opened.Close()
		}
	}
	if err != nil {
		return "", nil, errors.Join(err, remove())
	}
	return copied, remove, nil
}
