package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	sqlite3 "modernc.org/sqlite/lib"
)

// preserve copies a database of an older version before it is changed, and refuses one of a newer
// version before it is touched.
func (d *sqliteDatabase) preserve(ctx context.Context, files fs.FS, logger *slog.Logger) error {
	newest, err := newestVersion(files)
	if err != nil {
		return err
	}
	version, err := fileVersion(ctx, d.file, readerName(d.file))
	if err != nil {
		return err
	}
	if version > newest {
		return fmt.Errorf("%s: %w (it is at %d, this one knows %d)", d.file, errNewer, version, newest)
	}
	if version == 0 || version == newest {
		return nil
	}
	copied := fmt.Sprintf("%s.before-%d", d.file, newest)
	logger.InfoContext(ctx, "copying the database before it is migrated", "file", copied)
	return into(copied, true, func(temporary string) error { return vacuumInto(ctx, d.file, temporary) })
}

// fileVersion is the version of a database file, 0 if there is none. It changes nothing, but the name
// with which our own database is opened lets SQLite undo what a program left unfinished that was
// killed while it made the file.
func fileVersion(ctx context.Context, file, name string) (version int64, err error) {
	switch about, err := os.Stat(file); {
	case errors.Is(err, fs.ErrNotExist):
		return 0, nil
	case err != nil:
		return 0, err
	case about.Size() == 0:
		return 0, nil
	}
	database, err := sql.Open("sqlite", name)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, database.Close()) }()
	version, err = versionOf(ctx, database)
	if sqliteCode(err) == sqlite3.SQLITE_NOTADB {
		return 0, fmt.Errorf("%s is no database", file)
	}
	if err != nil {
		return 0, fmt.Errorf("%s: %w", file, sqliteError(err))
	}
	return version, nil
}

func readOnlyName(file string) string {
	return dataSource(file, "busy_timeout(5000)", "query_only(1)", "trusted_schema(0)") + "&mode=ro"
}

// vacuumInto writes a consistent and compact copy of a database that may be in use.
func vacuumInto(ctx context.Context, file, target string) (err error) {
	database, err := sql.Open("sqlite", dataSource(file, "busy_timeout(5000)"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, database.Close()) }()
	_, err = database.ExecContext(ctx, `VACUUM INTO $1`, target)
	return sqliteError(err)
}

// into makes a file that is either there and whole or not there: it is written under another name
// and gets its own when it is on the disk.
func into(file string, replace bool, write func(temporary string) error) (err error) {
	made, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".unfinished-*") // mode 0600
	if err != nil {
		return err
	}
	temporary := made.Name()
	defer func() {
		if gone := os.Remove(temporary); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}()
	if err := errors.Join(made.Close(), write(temporary), flush(temporary)); err != nil {
		return err
	}
	if replace {
		err = os.Rename(temporary, file)
	} else {
		err = os.Link(temporary, file) // unlike a renaming it never replaces
	}
	return errors.Join(err, flush(filepath.Dir(file)))
}

// flush waits until a file or a directory is on the disk.
func flush(name string) error {
	opened, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(opened.Sync(), opened.Close())
}
