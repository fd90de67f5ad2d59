package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver
	sqlite3 "modernc.org/sqlite/lib"

	"passdesk/internal/store"
)

// sqliteDatabase is one writer (see writer.go) and many readers of one file.
type sqliteDatabase struct {
	file   string
	clock  func() time.Time
	writer *writer
	reader *sql.DB
	unlock func() error

	mutex    sync.RWMutex
	prepared map[string]*sql.Stmt // of the reader
}

// OpenSQLite opens a database file and makes it if it is not there. A database of an older version is
// copied to FILE.before-N and then brought to version N.
func OpenSQLite(ctx context.Context, file string, o Options) (*Store, error) {
	files, err := migrations()
	if err == nil {
		var d *sqliteDatabase
		if d, err = openSQLite(ctx, file, o.withDefaults(), files); err == nil {
			return &Store{database: d}, nil
		}
	}
	return nil, fmt.Errorf("open store: %w", err)
}

func openSQLite(ctx context.Context, file string, o Options, files fs.FS) (_ *sqliteDatabase, err error) {
	if file, err = filepath.Abs(file); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, err
	}
	d := &sqliteDatabase{file: file, clock: o.Clock, unlock: func() error { return nil }, prepared: map[string]*sql.Stmt{}}
	if o.Exclusive {
		if d.unlock, err = lock(file); err != nil {
			return nil, err
		}
	}
	if err := d.prepare(ctx, o, files); err != nil {
		return nil, errors.Join(err, d.unlock())
	}
	d.writer = newWriter(writerName(file), o.Clock, o.Queue)
	return d, nil
}

// openPatience bounds how long a start waits for others that start on the same file. SQLite lets those
// who wait for a lock draw lots, so on a busy machine one of several can lose for longer than one wait.
const openPatience = 30 * time.Second

// prepare makes the file and its tables ready and opens the readers.
func (d *sqliteDatabase) prepare(ctx context.Context, o Options, files fs.FS) error {
	until := time.Now().Add(openPatience)
	for {
		err := d.attempt(ctx, o, files)
		if sqliteCode(err) != sqlite3.SQLITE_BUSY || time.Now().After(until) {
			return err
		}
		if paused := pause(ctx, 50*time.Millisecond); paused != nil {
			return errors.Join(err, paused)
		}
	}
}

func (d *sqliteDatabase) attempt(ctx context.Context, o Options, files fs.FS) error {
	if err := d.preserve(ctx, files, o.Logger); err != nil {
		return err
	}
	if err := create(d.file); err != nil {
		return err
	}
	if err := migrateSQLite(ctx, d.file, o, files); err != nil {
		return err
	}
	var err error
	d.reader, err = sql.Open("sqlite", readerName(d.file))
	if err != nil {
		return err
	}
	d.reader.SetMaxOpenConns(o.Connections)
	d.reader.SetMaxIdleConns(o.Connections)
	if err := d.reader.PingContext(ctx); err != nil {
		return errors.Join(err, d.reader.Close())
	}
	return nil
}

// create makes an empty file that only its owner may read; SQLite gives the same rights to the files
// beside it.
func create(file string) error {
	made, err := os.OpenFile(file, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return made.Close()
}

func migrateSQLite(ctx context.Context, file string, o Options, files fs.FS) (err error) {
	database, err := sql.Open("sqlite", writerName(file))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, database.Close()) }()
	database.SetMaxOpenConns(1)
	var mode string
	if err := database.QueryRowContext(ctx, `PRAGMA journal_mode`).Scan(&mode); err != nil {
		return sqliteError(err)
	}
	if mode != "wal" {
		return fmt.Errorf("%s is on a file system without write-ahead logs", file)
	}
	return sqliteError(migrate(ctx, database, goose.DialectSQLite3, files, o.Logger))
}

// writerName is how the one connection that writes is opened: durable at every commit, and nothing
// left of what was erased.
func writerName(file string) string {
	return dataSource(file, "busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "secure_delete(1)", "trusted_schema(0)")
}

func readerName(file string) string {
	return dataSource(file, "busy_timeout(5000)", "query_only(1)", "trusted_schema(0)")
}

func dataSource(file string, pragmas ...string) string {
	return "file:" + (&url.URL{Path: file}).EscapedPath() + "?" + url.Values{"_pragma": pragmas}.Encode()
}

func (d *sqliteDatabase) close() error {
	err := d.writer.close()
	d.mutex.Lock()
	prepared := d.prepared
	d.prepared = nil // a read that was cut off may be about to add to them
	d.mutex.Unlock()
	for _, s := range prepared {
		err = errors.Join(err, s.Close())
	}
	return errors.Join(err, d.reader.Close(), d.unlock())
}

// scrub empties the write-ahead log into the database and cuts it off. What was erased has been
// overwritten in the database itself by secure_delete. Readers can be in the way for a moment.
func (d *sqliteDatabase) scrub(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		var busy bool
		err := d.writer.do(ctx, &change{alone: func(s *session) (err error) {
			busy, err = s.truncateLog()
			return err
		}})
		if err != nil || !busy {
			return err
		}
		if err := pause(ctx, 20*time.Millisecond); err != nil {
			return fmt.Errorf("%w: the log is still being read", store.ErrUnavailable)
		}
	}
}
