package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"passdesk/internal/store"
)

func (d *sqliteDatabase) now(context.Context) (time.Time, error) {
	return fromMicros(micros(d.clock())), nil
}

func (d *sqliteDatabase) write(ctx context.Context, statements ...statement) error {
	return d.writer.do(ctx, &change{statements: statements})
}

func (d *sqliteDatabase) read(ctx context.Context, s statement) error {
	prepared, err := d.statement(ctx, s.text)
	if err == nil {
		var rows *sql.Rows
		if rows, err = prepared.QueryContext(ctx, s.arguments...); err == nil {
			err = drain(rows, s.each)
		}
	}
	if ended := ctx.Err(); err != nil && ended != nil {
		return ended
	}
	return sqliteError(err)
}

// statement prepares a text once; database/sql does so again for every connection.
func (d *sqliteDatabase) statement(ctx context.Context, text string) (*sql.Stmt, error) {
	d.mutex.RLock()
	kept := d.prepared[text]
	d.mutex.RUnlock()
	if kept != nil {
		return kept, nil
	}
	made, err := d.reader.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if d.prepared == nil {
		return nil, errors.Join(store.ErrClosed, made.Close())
	}
	if kept := d.prepared[text]; kept != nil {
		return kept, made.Close()
	}
	d.prepared[text] = made
	return made, nil
}

// drain reads rows to their end, without which nothing is known of errors.
func drain(rows *sql.Rows, each func(row) error) error {
	for rows.Next() {
		if err := each(rows); err != nil {
			return errors.Join(err, rows.Close())
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}
