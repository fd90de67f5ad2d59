package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

// patience is how long PostgreSQL may take for one request before it counts as unavailable: less than
// callers have, so that the fault has a name.
const patience = 5 * time.Second

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
