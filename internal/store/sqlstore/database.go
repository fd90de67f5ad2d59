package sqlstore

import (
	"context"
	"time"
)

// statement is a text of statements.go with its arguments and with what becomes of its result.
type statement struct {
	text      string
	arguments []any
	start     func()          // called before rows come back, again if the transaction is tried again; may be nil
	each      func(row) error // called with every row that comes back; nil if none does
	changed   *int64          // receives how many rows were changed; may be nil
}

// row is what rows of both drivers have in common.
type row interface {
	Scan(targets ...any) error
}

// database is what SQLite and PostgreSQL do differently. Its errors are store.ErrConflict,
// store.ErrUnavailable and store.ErrClosed where the contract names them.
type database interface {
	// write runs statements as one transaction: all or nothing, durable when it returns nil.
	write(ctx context.Context, statements ...statement) error
	// read runs one statement that changes nothing.
	read(ctx context.Context, s statement) error
	// now is the clock that ":now" means.
	now(ctx context.Context) (time.Time, error)
	// scrub makes what was erased unreadable in the database's files.
	scrub(ctx context.Context) error
	// backup writes everything into a new SQLite file, which is there already and empty.
	backup(ctx context.Context, file string) error
	// fill hands over a function that adds rows to a table, all within one transaction.
	fill(ctx context.Context, with func(add adder) error) error
	// close waits for what is being written and lets go of the database.
	close() error
}

// adder adds rows to a table, in the order of its columns.
type adder func(ctx context.Context, t table, rows [][]any) error

func micros(t time.Time) int64 { return t.UnixMicro() }

func fromMicros(n int64) time.Time { return time.UnixMicro(n).UTC() }
