package main

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"

	"passdesk/internal/observe"
	"passdesk/internal/store"
)

// watchedStore is the store as the desk sees it. It counts what could not be kept, and says when
// that begins and when it is over: customers are told to try again, and an operator must know why.
type watchedStore struct {
	store.Conversations
	metrics *observe.Metrics
	logger  *slog.Logger
	failing atomic.Bool
}

// Commit implements store.Conversations.
func (w *watchedStore) Commit(ctx context.Context, turn store.Turn, state string, work ...store.Work) error {
	err := w.Conversations.Commit(ctx, turn, state, work...)
	switch {
	case errors.Is(err, store.ErrUnavailable), errors.Is(err, context.DeadlineExceeded):
		w.metrics.StoreError("keep turn")
		if !w.failing.Swap(true) {
			w.logger.Error("the database cannot keep turns", "error", err.Error())
		}
	case err == nil && w.failing.Swap(false):
		w.logger.Info("the database keeps turns again")
	}
	return err
}
