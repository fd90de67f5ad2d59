package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"strings"
)

// session is the connection that writes, with its prepared statements. Nothing of it is bound to a
// caller's context: what was begun is finished.
type session struct {
	database   *sql.DB
	connection *sql.Conn
	prepared   map[string]*sql.Stmt
}

func newSession(name string) (*session, error) {
	database, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, err
	}
	connection, err := database.Conn(context.Background())
	if err != nil {
		return nil, errors.Join(err, database.Close())
	}
	return &session{database, connection, map[string]*sql.Stmt{}}, nil
}

func (s *session) close() error {
	var err error
	for _, prepared := range s.prepared {
		err = errors.Join(err, prepared.Close())
	}
	return errors.Join(err, s.connection.Close(), s.database.Close())
}

func (s *session) statement(text string) (*sql.Stmt, error) {
	if kept := s.prepared[text]; kept != nil {
		return kept, nil
	}
	made, err := s.connection.PrepareContext(context.Background(), text)
	if err == nil {
		s.prepared[text] = made
	}
	return made, err
}

func (s *session) run(text string, arguments ...any) (sql.Result, error) {
	prepared, err := s.statement(text)
	if err != nil {
		return nil, err
	}
	return prepared.ExecContext(context.Background(), arguments...)
}

// transact does changes in one transaction. The results are those of the changes; the error is that
// of the transaction, after which nothing of any of them is kept.
func (s *session) transact(group []*change, now int64) ([]error, error) {
	if _, err := s.run(`BEGIN IMMEDIATE`); err != nil {
		return nil, err
	}
	results := make([]error, len(group))
	for i, c := range group {
		err := s.apply(c.statements, now)
		if err != nil && !isLocal(err) {
			_, rollback := s.run(`ROLLBACK`)
			return nil, errors.Join(err, rollback)
		}
		results[i] = sqliteError(err)
	}
	_, err := s.run(`COMMIT`)
	return results, err
}

// apply does one change so that it takes and leaves nothing of its neighbours' when it fails.
func (s *session) apply(statements []statement, now int64) error {
	if _, err := s.run(`SAVEPOINT one`); err != nil {
		return err
	}
	var failure error
	for _, one := range statements {
		if failure = s.execute(one, now); failure != nil {
			break
		}
	}
	if failure != nil && !isLocal(failure) {
		return failure
	}
	if failure != nil {
		if _, err := s.run(`ROLLBACK TO one`); err != nil {
			return unrecoverable{err}
		}
	}
	if _, err := s.run(`RELEASE one`); err != nil {
		return unrecoverable{err}
	}
	return failure
}

// unrecoverable hides the code of an error that would else look like one statement's.
type unrecoverable struct{ cause error }

// Error implements error.
func (u unrecoverable) Error() string { return u.cause.Error() }

func (s *session) execute(one statement, now int64) error {
	arguments := one.arguments
	if strings.Contains(one.text, ":now") {
		arguments = append(arguments[:len(arguments):len(arguments)], sql.Named("now", now))
	}
	if one.start != nil {
		one.start()
	}
	if one.each != nil {
		prepared, err := s.statement(one.text)
		if err != nil {
			return err
		}
		rows, err := prepared.QueryContext(context.Background(), arguments...)
		if err != nil {
			return err
		}
		return drain(rows, one.each)
	}
	result, err := s.run(one.text, arguments...)
	if err != nil || one.changed == nil {
		return err
	}
	*one.changed, err = result.RowsAffected()
	return err
}

// truncateLog reports whether readers were in the way. It does not wait for them, since all writers
// would wait behind it.
func (s *session) truncateLog() (busy bool, err error) {
	if _, err := s.connection.ExecContext(context.Background(), `PRAGMA busy_timeout = 50`); err != nil {
		return false, err
	}
	var inLog, copied int64
	err = s.connection.QueryRowContext(context.Background(), `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &inLog, &copied)
	_, restored := s.connection.ExecContext(context.Background(), `PRAGMA busy_timeout = 5000`)
	return busy, errors.Join(err, restored)
}
