package sqlstore

import (
	"database/sql"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"passdesk/internal/store"
)

// sqliteError names an error as the contract does. SQLite's messages name tables and columns, never
// what is in them.
func sqliteError(err error) error {
	switch code := sqliteCode(err); {
	case err == nil, isNamed(err):
		return err
	case code == sqlite3.SQLITE_CONSTRAINT:
		return fmt.Errorf("%w: %w", store.ErrConflict, err)
	case code != sqlite3.SQLITE_OK && !isLocal(err):
		return fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	case errors.Is(err, sql.ErrConnDone):
		return fmt.Errorf("%w: %w", store.ErrClosed, err)
	}
	return err
}

// isLocal reports whether an error is about one statement, so that the transaction can go on.
func isLocal(err error) bool {
	switch sqliteCode(err) {
	case sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_RANGE, sqlite3.SQLITE_ERROR:
		return true
	}
	return false
}

// isMissingTable reports whether a table that was read is not there, in either database.
func isMissingTable(err error) bool {
	return sqliteCode(err) == sqlite3.SQLITE_ERROR || postgresCode(err) == "42P01"
}

// sqliteCode is the primary result code, 0 if the error is none of SQLite's.
func sqliteCode(err error) int {
	var failure *sqlite.Error
	if errors.As(err, &failure) {
		return failure.Code() & 0xff
	}
	return sqlite3.SQLITE_OK
}
