package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"passdesk/internal/store"
)

// patience is how long PostgreSQL may take for one request before it counts as unavailable.
const patience = 10 * time.Second

// tries bounds how often a transaction is tried that the server could not put into an order.
const tries = 8

// serverClock is what ":now" means.
const serverClock = `CAST(EXTRACT(EPOCH FROM statement_timestamp()) * 1000000 AS BIGINT)`

// postgresDatabase is a server that any number of replicas share.
type postgresDatabase struct {
	pool  *pgxpool.Pool
	queue chan struct{} // holds one for each that is writing or waits to
}

// OpenPostgres connects to a server and makes the tables in it if they are not there. Several
// replicas may do so at the same time.
func OpenPostgres(ctx context.Context, url string, o Options) (*Store, error) {
	files, err := migrations()
	if err == nil {
		var d *postgresDatabase
		if d, err = openPostgres(ctx, url, o.withDefaults(), files); err == nil {
			return &Store{database: d}, nil
		}
	}
	return nil, fmt.Errorf("open store: %w", err)
}

func openPostgres(ctx context.Context, url string, o Options, files fs.FS) (*postgresDatabase, error) {
	config, err := poolConfig(url, o)
	if err != nil {
		return nil, err
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, postgresError(err)
	}
	d := &postgresDatabase{pool: pool, queue: make(chan struct{}, o.Queue)}
	if err = d.refuseUnsafe(ctx, o.AllowUnsafe); err == nil {
		err = migratePostgres(ctx, config.ConnConfig, files, o.Logger)
	}
	if err != nil {
		pool.Close()
		return nil, err
	}
	return d, nil
}

// poolConfig reads the URL. What is wrong with it is not quoted, as it may hold a password.
func poolConfig(url string, o Options) (*pgxpool.Config, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, errors.New("the address of the PostgreSQL database cannot be read; it should look like postgres://user@host:5432/database")
	}
	config.MaxConns = int32(min(o.Connections, 1000))
	connection := config.ConnConfig
	if connection.ConnectTimeout == 0 || connection.ConnectTimeout > patience {
		connection.ConnectTimeout = patience / 2
	}
	for name, value := range map[string]string{
		"application_name": "passdesk", "client_encoding": "UTF8", "statement_timeout": fmt.Sprint(patience.Milliseconds()),
	} {
		if connection.RuntimeParams[name] == "" {
			connection.RuntimeParams[name] = value
		}
	}
	return config, nil
}

// refuseUnsafe looks for settings with which the server forgets what it has acknowledged. Servers
// that only speak PostgreSQL's language do not know them, which is none of them off.
func (d *postgresDatabase) refuseUnsafe(ctx context.Context, allow bool) error {
	var flush, commit, encoding string
	err := d.read(ctx, statement{
		text: `SELECT COALESCE(current_setting('fsync', true), ''), COALESCE(current_setting('synchronous_commit', true), ''),
			COALESCE(current_setting('server_encoding', true), '')`,
		each: func(r row) error { return r.Scan(&flush, &commit, &encoding) },
	})
	switch {
	case err != nil:
		return err
	case encoding != "" && encoding != "UTF8":
		return fmt.Errorf("the PostgreSQL database is encoded in %s; it must be UTF8", encoding)
	case allow:
		return nil
	case flush == "off":
		return errors.New("the PostgreSQL server runs with fsync=off: it may lose answered messages when it stops; turn it on")
	case commit == "off":
		return errors.New("the PostgreSQL server runs with synchronous_commit=off: it may lose answered messages when it stops; turn it on")
	}
	return nil
}

// migratePostgres uses a connection of its own, since changing tables may take long.
func migratePostgres(ctx context.Context, config *pgx.ConnConfig, files fs.FS, logger *slog.Logger) error {
	config = config.Copy()
	config.RuntimeParams["statement_timeout"] = "0"
	database := stdlib.OpenDB(*config)
	err := migrate(ctx, database, goose.DialectPostgres, byteOrder{files}, logger)
	if postgresCode(err) != "" {
		err = postgresError(err)
	}
	return errors.Join(err, database.Close())
}

func (d *postgresDatabase) now(ctx context.Context) (time.Time, error) {
	var now int64
	err := d.read(ctx, statement{text: `SELECT ` + serverClock, each: func(r row) error { return r.Scan(&now) }})
	return fromMicros(now), err
}

func (d *postgresDatabase) read(ctx context.Context, s statement) error { return d.send(ctx, s) }

// write tries a transaction again that the server could not put into an order with others.
func (d *postgresDatabase) write(ctx context.Context, statements ...statement) error {
	select {
	case d.queue <- struct{}{}:
		defer func() { <-d.queue }()
	default:
		return fmt.Errorf("%w: %d are being written already", store.ErrUnavailable, cap(d.queue))
	}
	for try := 1; ; try++ {
		retry, err := d.attempt(ctx, statements)
		if !retry || try == tries || pause(ctx, time.Duration(try)*2*time.Millisecond) != nil {
			return err
		}
	}
}

func (d *postgresDatabase) attempt(ctx context.Context, statements []statement) (retry bool, err error) {
	err = d.send(ctx, statements...)
	var refused serverError
	return errors.As(err, &refused) && isRetried(refused.code), err
}

// serverError keeps the code of an answer whose text has been cleaned.
type serverError struct {
	error
	code string
}

// Unwrap lets the named errors be found.
func (e serverError) Unwrap() error { return e.error }

// send sends all statements at once. Without an explicit transaction the server makes one of them.
func (d *postgresDatabase) send(ctx context.Context, statements ...statement) error {
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
