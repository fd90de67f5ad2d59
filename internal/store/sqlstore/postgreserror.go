package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"passdesk/internal/store"
)

// postgresError names an error as the contract does. Everything that is no answer of the server is a
// connection that failed, of which it is unknown what it did.
func postgresError(err error) error {
	if err == nil || isNamed(err) && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	switch code := postgresCode(err); {
	case isConflict(code):
		return fmt.Errorf("%w: %w", store.ErrConflict, answer(err))
	case code == "", isUnavailable(code):
		return fmt.Errorf("%w: %w", store.ErrUnavailable, answer(err))
	}
	return answer(err)
}

// answer is what may be told of an error. The server's detail and hint are left out, since they quote
// rows; a context that ended inside the store is not the caller's and must not look like it.
func answer(err error) error {
	var failure *pgconn.PgError
	if errors.As(err, &failure) {
		return fmt.Errorf("%s (SQLSTATE %s)", failure.Message, failure.Code)
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return errors.New("no answer in time")
	}
	return errors.New(strings.Join(strings.Fields(err.Error()), " ")) // in one line, where the driver makes several
}

// isConflict: a constraint that was broken, a transaction that was not serializable, a deadlock.
func isConflict(code string) bool {
	return code == "23502" || code == "23503" || code == "23505" || isRetried(code)
}

// isRetried: the same again can succeed, since nothing was kept.
func isRetried(code string) bool { return code == "40001" || code == "40P01" }

// isUnavailable: the server is full, stopping, starting, a stand-by or too slow, or the connection
// is broken.
func isUnavailable(code string) bool {
	for _, class := range []string{"08", "53", "57", "58", "25006", "28", "3D000", "55P03", "XX"} {
		if strings.HasPrefix(code, class) {
			return true
		}
	}
	return false
}

// postgresCode is the server's SQLSTATE, "" if the error is not an answer of the server.
func postgresCode(err error) string {
	var failure *pgconn.PgError
	if errors.As(err, &failure) {
		return failure.Code
	}
	return ""
}
