package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"passdesk/internal/store"
)

// tries bounds how often a transaction is tried that the server could not put into an order.
const tries = 8

// serverClock is what ":now" means.
const serverClock = `CAST(EXTRACT(EPOCH FROM statement_timestamp()) * 1000000 AS BIGINT)`

func (d *postgresDatabase) now(ctx context.Context) (time.Time, error) {
	var now int64
	err := d.read(ctx, statement{text: `SELECT ` + serverClock, each: func(r row) error { return r.Scan(&now) }})
	return fromMicros(now), err
}

func (d *postgresDatabase) read(ctx context.Context, s statement) error {
	return d.insist(ctx, []statement{s})
}

func (d *postgresDatabase) write(ctx context.Context, statements ...statement) error {
	select {
	case d.queue <- struct{}{}:
		defer func() { <-d.queue }()
	default:
		return fmt.Errorf("%w: %d are being written already", store.ErrUnavailable, cap(d.queue))
	}
	return d.insist(ctx, statements)
}

// insist tries a transaction again that the server could not put into an order with others.
func (d *postgresDatabase) insist(ctx context.Context, statements []statement) error {
	for try := 1; ; try++ {
		err := d.send(ctx, statements)
		var refused serverError
		again := errors.As(err, &refused) && isRetried(refused.code)
		if !again || try == tries || pause(ctx, time.Millisecond<<try) != nil {
			return err
		}
	}
}

// serverError keeps the code of an answer whose text has been cleaned.
type serverError struct {
	error
	code string
}

// Unwrap lets the named errors be found.
func (e serverError) Unwrap() error { return e.error }

// send sends all statements at once. Without an explicit transaction the server makes one of them.
func (d *postgresDatabase) send(ctx context.Context, statements []statement) error {
	bounded, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	batch := &pgx.Batch{}
	for _, s := range statements {
		batch.Queue(strings.ReplaceAll(s.text, ":now", serverClock), s.arguments...)
	}
	results := d.pool.SendBatch(bounded, batch)
	var err error
	for _, s := range statements {
		if err = receive(results, s); err != nil {
			break
		}
	}
	if ended := results.Close(); err == nil {
		err = ended
	}
	return d.failed(ctx, err)
}

// failed names what went wrong. A server that has become a stand-by is left, so that the next
// connection finds the one that took over.
func (d *postgresDatabase) failed(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if ended := ctx.Err(); ended != nil {
		return ended
	}
	code := postgresCode(err)
	if code == "25006" {
		d.pool.Reset()
	}
	return serverError{postgresError(err), code}
}

func receive(results pgx.BatchResults, s statement) error {
	if s.start != nil {
		s.start()
	}
	if s.each == nil {
		tag, err := results.Exec()
		if s.changed != nil {
			*s.changed = tag.RowsAffected()
		}
		return err
	}
	rows, err := results.Query()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := s.each(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// scrub lets the server overwrite what was erased as it does from time to time on its own.
func (d *postgresDatabase) scrub(ctx context.Context) error {
	return d.patiently(ctx, func(connection *pgx.Conn) error {
		for _, t := range tables() {
			if _, err := connection.Exec(ctx, `VACUUM `+t.name); err != nil {
				return err
			}
		}
		return nil
	})
}

// patiently lends a connection for what may take long.
func (d *postgresDatabase) patiently(ctx context.Context, do func(*pgx.Conn) error) error {
	connection, err := d.pool.Acquire(ctx)
	if err != nil {
		return d.failed(ctx, err)
	}
	defer connection.Release()
	if _, err = connection.Exec(ctx, `SET statement_timeout = 0`); err == nil {
		err = do(connection.Conn())
	}
	if _, reset := connection.Exec(context.WithoutCancel(ctx), `RESET statement_timeout`); err == nil {
		err = reset
	}
	return d.failed(ctx, err)
}

// close waits for those who were let in to write: nobody is any more.
func (d *postgresDatabase) close() error {
	for range cap(d.queue) {
		d.queue <- struct{}{}
	}
	d.pool.Close()
	return nil
}
