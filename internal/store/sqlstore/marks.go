package sqlstore

import (
	"context"
	"fmt"
	"time"

	"passdesk/internal/store"
)

// The update keeps the value, and makes the row come back.
const insertMark = `
INSERT INTO marks (key, value, made) VALUES ($1, $2, :now)
ON CONFLICT (key) DO UPDATE SET made = EXCLUDED.made
RETURNING value`

const selectMark = `SELECT value FROM marks WHERE key = $1`

const purgeMarks = `DELETE FROM marks WHERE key IN (SELECT key FROM marks WHERE made < $1 ORDER BY made, key LIMIT $2)`

// Mark implements store.Marks.
func (s *Store) Mark(ctx context.Context, key, value string) (kept string, err error) {
	if err := store.CheckMark(key, value); err != nil {
		return "", fmt.Errorf("keep mark: %w", err)
	}
	err = s.change(ctx, "keep mark", statement{text: insertMark, arguments: []any{key, value}, each: func(r row) error { return r.Scan(&kept) }})
	return kept, err
}

// Marked implements store.Marks.
func (s *Store) Marked(ctx context.Context, key string) (kept string, err error) {
	if err := store.CheckMark(key, ""); err != nil {
		return "", fmt.Errorf("read mark: %w", err)
	}
	err = s.look(ctx, "read mark", statement{text: selectMark, arguments: []any{key}, each: func(r row) error { return r.Scan(&kept) }})
	return kept, err
}

// PurgeMarks implements store.Marks.
func (s *Store) PurgeMarks(ctx context.Context, before time.Time, limit int) (int, error) {
	if limit <= 0 {
		return 0, nil
	}
	var purged int64
	err := s.change(ctx, "purge marks", statement{text: purgeMarks, arguments: []any{micros(before), limit}, changed: &purged})
	return int(purged), err
}
