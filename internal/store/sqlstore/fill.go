package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// fill adds rows in one transaction of the writer, which has the file for itself meanwhile.
func (d *sqliteDatabase) fill(ctx context.Context, with func(add adder) error) error {
	return d.writer.do(ctx, &change{alone: func(s *session) error {
		if _, err := s.run(`BEGIN IMMEDIATE`); err != nil {
			return err
		}
		if err := with(s.add); err != nil {
			_, rollback := s.run(`ROLLBACK`)
			return errors.Join(err, rollback)
		}
		_, err := s.run(`COMMIT`)
		return err
	}})
}

func (s *session) add(ctx context.Context, t table, rows [][]any) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	text := insertInto(t)
	for _, values := range rows {
		if _, err := s.run(text, values...); err != nil {
			return err
		}
	}
	return nil
}

func insertInto(t table) string {
	places := make([]string, len(t.columns))
	for i := range places {
		places[i] = fmt.Sprintf("$%d", i+1)
	}
	return `INSERT INTO ` + t.name + ` (` + t.list() + `) VALUES (` + strings.Join(places, ", ") + `)`
}

// fill adds rows in one transaction, by PostgreSQL's way for many rows, and has them counted, without
// which the server plans for empty tables.
func (d *postgresDatabase) fill(ctx context.Context, with func(add adder) error) error {
	return d.patiently(ctx, func(connection *pgx.Conn) error {
		err := pgx.BeginFunc(ctx, connection, func(target pgx.Tx) error {
			return with(func(ctx context.Context, t table, rows [][]any) error {
				_, err := target.CopyFrom(ctx, pgx.Identifier{t.name}, t.columns, pgx.CopyFromRows(rows))
				return err
			})
		})
		for _, t := range tables() {
			if err == nil {
				_, err = connection.Exec(ctx, `ANALYZE `+t.name)
			}
		}
		return err
	})
}
