package sqlstore

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var embedded embed.FS

// migrations are the files that every opener applies.
func migrations() (fs.FS, error) { return fs.Sub(embedded, "migrations") }

// errNewer: a newer program has changed the tables, so this one would not know what it does.
var errNewer = errors.New("the database was made by a newer version of passdesk; use that version")

// migrationTries bounds how often a replica waits for another one that is migrating too.
const migrationTries = 20

// migrate brings the tables up to date. Replicas may do so at the same time: whoever comes second
// fails on what is there already, looks again and finds it done.
func migrate(ctx context.Context, database *sql.DB, dialect goose.Dialect, files fs.FS, logger *slog.Logger) error {
	newest, err := newestVersion(files)
	if err != nil {
		return err
	}
	var failure error
	for range migrationTries {
		version, err := versionOf(ctx, database)
		switch {
		case err != nil:
			return fmt.Errorf("read version: %w", err)
		case version > newest:
			return fmt.Errorf("%w (it is at %d, this one knows %d)", errNewer, version, newest)
		case version == newest:
			return nil
		}
		if failure = up(ctx, database, dialect, files); failure == nil {
			logger.InfoContext(ctx, "brought the tables up to date", "from", version, "to", newest)
			return nil
		}
		if err := pause(ctx, 50*time.Millisecond); err != nil {
			return err
		}
	}
	return fmt.Errorf("migrate: %w", failure)
}

func up(ctx context.Context, database *sql.DB, dialect goose.Dialect, files fs.FS) error {
	provider, err := goose.NewProvider(dialect, database, files,
		goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}

// newestVersion is that of the last file.
func newestVersion(files fs.FS) (int64, error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil || len(names) == 0 {
		return 0, fmt.Errorf("no migrations: %w", err)
	}
	return goose.NumericComponent(names[len(names)-1])
}

// versionOf is that of the last migration applied, 0 for an empty database. It changes nothing.
func versionOf(ctx context.Context, database *sql.DB) (int64, error) {
	var version sql.NullInt64
	err := database.QueryRowContext(ctx, `SELECT MAX(version_id) FROM goose_db_version`).Scan(&version)
	if isMissingTable(err) {
		return 0, nil
	}
	return version.Int64, err
}

// pause waits a random time around the one given, so that two who met do not meet again.
func pause(ctx context.Context, about time.Duration) error {
	timer := time.NewTimer(about/2 + rand.N(about))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
