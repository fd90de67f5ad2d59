package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"strings"
)

// table is what backups copy: all tables with all their columns, parents first.
type table struct {
	name    string
	columns []string
}

func tables() []table {
	return []table{
		{"conversations", []string{"id", "channel", "version", "state", "created", "updated"}},
		{"turns", []string{"conversation", "sequence", "message", "channel", "at", "said", "pressed", "reply", "content"}},
		{"outbox", []string{
			"id", "kind", "conversation", "sequence", "position", "details", "state", "tries", "created", "due", "owner", "lease", "reason",
		}},
		{"cases", strings.Split(caseColumns, ", ")},
		{"accounts", strings.Split(accountColumns, ", ")},
		{"marks", []string{"key", "value", "made"}},
	}
}

func (t table) list() string { return strings.Join(t.columns, ", ") }

// index is the place of a column, -1 if the table has no such column.
func (t table) index(column string) int {
	for i, name := range t.columns {
		if name == column {
			return i
		}
	}
	return -1
}

// chunk is how many rows are handed over at once.
const chunk = 500

// copySQLite hands over all rows of a SQLite database, read within one transaction.
func copySQLite(ctx context.Context, source *sql.Tx, add adder) error {
	for _, t := range tables() {
		rows, err := source.QueryContext(ctx, `SELECT `+t.list()+` FROM `+t.name)
		if err != nil {
			return sqliteError(err)
		}
		if err := copyRows(ctx, t, rows, add); err != nil {
			return errors.Join(sqliteError(err), rows.Close())
		}
	}
	return nil
}

// rowSource is what rows of both drivers have in common.
type rowSource interface {
	row
	Next() bool
	Err() error
}

// copyRows hands rows over by the chunk, to the last of them.
func copyRows(ctx context.Context, t table, from rowSource, add adder) error {
	rows := make([][]any, 0, chunk)
	for from.Next() {
		values, targets := make([]any, len(t.columns)), make([]any, len(t.columns))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := from.Scan(targets...); err != nil {
			return err
		}
		if rows = append(rows, values); len(rows) == chunk {
			if err := add(ctx, t, rows); err != nil {
				return err
			}
			rows = rows[:0]
		}
	}
	if err := from.Err(); err != nil || len(rows) == 0 {
		return err
	}
	return add(ctx, t, rows)
}
