package memstore

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"passdesk/internal/store"
)

type mark struct {
	value string
	made  time.Time
}

// Mark implements store.Marks.
func (s *Store) Mark(ctx context.Context, key, value string) (string, error) {
	if err := store.CheckMark(key, value); err != nil {
		return "", fmt.Errorf("keep mark: %w", err)
	}
	leave, err := s.enter(ctx, "keep mark")
	if err != nil {
		return "", err
	}
	defer leave()
	m, there := s.marks[key]
	if !there {
		m.value = value
	}
	m.made = s.clock()
	s.marks[key] = m
	return m.value, nil
}

// Marked implements store.Marks.
func (s *Store) Marked(ctx context.Context, key string) (string, error) {
	if err := store.CheckMark(key, ""); err != nil {
		return "", fmt.Errorf("read mark: %w", err)
	}
	leave, err := s.enter(ctx, "read mark")
	if err != nil {
		return "", err
	}
	defer leave()
	return s.marks[key].value, nil
}

// PurgeMarks implements store.Marks.
func (s *Store) PurgeMarks(ctx context.Context, before time.Time, limit int) (int, error) {
	leave, err := s.enter(ctx, "purge marks")
	if err != nil {
		return 0, err
	}
	defer leave()
	var old []string
	for key, m := range s.marks {
		if m.made.Before(before) {
			old = append(old, key)
		}
	}
	slices.SortFunc(old, func(a, b string) int { return cmp.Or(s.marks[a].made.Compare(s.marks[b].made), cmp.Compare(a, b)) })
	old = old[:max(0, min(limit, len(old)))]
	for _, key := range old {
		delete(s.marks, key)
	}
	return len(old), nil
}
