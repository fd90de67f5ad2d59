package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/jackc/pgx/v5"
)

// Backup writes all that is kept into a new SQLite file, as of one moment, while the store is being
// used. It refuses a file that is there.
func (s *Store) Backup(ctx context.Context, file string) error {
	return s.guard(ctx, "back up store", func() error {
		if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) {
			return errors.Join(fmt.Errorf("%s: %w", file, fs.ErrExist), err)
		}
		return into(file, false, func(temporary string) error { return s.database.backup(ctx, temporary) })
	})
}

func (d *sqliteDatabase) backup(ctx context.Context, file string) error {
	err := vacuumInto(ctx, d.file, file)
	if ended := ctx.Err(); err != nil && ended != nil {
		return ended
	}
	return err
}

// backup reads within one transaction, which sees one moment however long it takes.
func (d *postgresDatabase) backup(ctx context.Context, file string) (err error) {
	target, err := OpenSQLite(ctx, file, Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	return target.database.fill(ctx, func(add adder) error {
		return d.patiently(ctx, func(connection *pgx.Conn) error {
			moment := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
			return pgx.BeginTxFunc(ctx, connection, moment, func(source pgx.Tx) error { return copyPostgres(ctx, source, add) })
		})
	})
}

func copyPostgres(ctx context.Context, source pgx.Tx, add adder) error {
	for _, t := range tables() {
		rows, err := source.Query(ctx, `SELECT `+t.list()+` FROM `+t.name)
		if err != nil {
			return err
		}
		err = copyRows(ctx, t, rows, add)
		rows.Close()
		if err != nil {
			return err
		}
	}
	return nil
}
