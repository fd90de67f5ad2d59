package store

import (
	"context"
	"errors"
	"time"
)

// Marks remembers what has been seen or made elsewhere, ids for ids, so that all replicas and the next
// start know it too.
type Marks interface {
	// Mark keeps a value under a key and returns what is kept there: the value, or that of whoever
	// was first. It counts as made whenever this is called.
	Mark(ctx context.Context, key, value string) (kept string, err error)
	// Marked returns what is kept under a key, "" if nothing is.
	Marked(ctx context.Context, key string) (string, error)
	// PurgeMarks erases marks made before the time given, at most limit of them, and returns how many
	// those were.
	PurgeMarks(ctx context.Context, before time.Time, limit int) (int, error)
}

// CheckMark refuses what no database could keep.
func CheckMark(key, value string) error {
	return errors.Join(CheckID("key of mark", key), checkText("value of mark", value))
}
