package memstore

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"passdesk/internal/store"
)

// access is what is kept of agents.
type access struct {
	accounts map[string]store.Account
	sessions map[string]session
	attempts map[string]attempts
}

type session struct {
	data    []byte
	expires time.Time
}

type attempts struct {
	count   int
	started time.Time
}

func newAccess() access {
	return access{map[string]store.Account{}, map[string]session{}, map[string]attempts{}}
}

// taken reports whether another account has the name or the subject.
func (a access) taken(one store.Account) bool {
	for _, other := range a.accounts {
		same := one.Issuer != "" && other.Issuer == one.Issuer && other.Subject == one.Subject
		if other.ID != one.ID && (other.Key == one.Key || same) {
			return true
		}
	}
	return false
}

// AddAccount implements store.Access.
func (s *Store) AddAccount(ctx context.Context, a store.Account) error {
	const operation = "add account"
	if err := store.CheckAccount(a); err != nil {
		return fmt.Errorf("%s: %w", operation, err)
	}
	leave, err := s.enter(ctx, operation)
	if err != nil {
		return err
	}
	defer leave()
	if _, there := s.access.accounts[a.ID]; there || s.access.taken(a) {
		return fmt.Errorf("%s: %w", operation, store.ErrConflict)
	}
	a.Created = kept(s.clock())
	a.Changed = a.Created
	s.access.accounts[a.ID] = a
	return nil
}

// ChangeAccount implements store.Access.
func (s *Store) ChangeAccount(ctx context.Context, a store.Account) error {
	const operation = "change account"
	if err := store.CheckAccount(a); err != nil {
		return fmt.Errorf("%s: %w", operation, err)
	}
	leave, err := s.enter(ctx, operation)
	if err != nil {
		return err
	}
	defer leave()
	before, there := s.access.accounts[a.ID]
	switch {
	case !there:
		return fmt.Errorf("%s: %w", operation, store.ErrNotFound)
	case s.access.taken(a):
		return fmt.Errorf("%s: %w", operation, store.ErrConflict)
	}
	a.Created, a.Changed = before.Created, kept(s.clock())
	s.access.accounts[a.ID] = a
	return nil
}

// RemoveAccount implements store.Access.
func (s *Store) RemoveAccount(ctx context.Context, id string) error {
	const operation = "remove account"
	if err := store.CheckID("account id", id); err != nil {
		return fmt.Errorf("%s: %w", operation, err)
	}
	leave, err := s.enter(ctx, operation)
	if err != nil {
		return err
	}
	defer leave()
	if _, there := s.access.accounts[id]; !there {
		return fmt.Errorf("%s: %w", operation, store.ErrNotFound)
	}
	delete(s.access.accounts, id)
	return nil
}

// Account implements store.Access.
func (s *Store) Account(ctx context.Context, id string) (store.Account, error) {
	return s.account(ctx, func(a store.Account) bool { return a.ID == id }, id)
}

// AccountNamed implements store.Access.
func (s *Store) AccountNamed(ctx context.Context, key string) (store.Account, error) {
	return s.account(ctx, func(a store.Account) bool { return a.Key == key }, key)
}

// AccountOf implements store.Access.
func (s *Store) AccountOf(ctx context.Context, issuer, subject string) (store.Account, error) {
	return s.account(ctx, func(a store.Account) bool { return issuer != "" && a.Issuer == issuer && a.Subject == subject }, issuer, subject)
}

func (s *Store) account(ctx context.Context, is func(store.Account) bool, keys ...string) (store.Account, error) {
	const operation = "find account"
	if err := store.CheckCases(keys...); err != nil {
		return store.Account{}, fmt.Errorf("%s: %w", operation, err)
	}
	leave, err := s.enter(ctx, operation)
	if err != nil {
		return store.Account{}, err
	}
	defer leave()
	for _, a := range s.access.accounts {
		if is(a) {
			return a, nil
		}
	}
	return store.Account{}, fmt.Errorf("%s: %w", operation, store.ErrNotFound)
}

// Accounts implements store.Access.
func (s *Store) Accounts(ctx context.Context) ([]store.Account, error) {
	leave, err := s.enter(ctx, "find account")
	if err != nil {
		return nil, err
	}
	defer leave()
	var all []store.Account
	for _, a := range s.access.accounts {
		all = append(all, a)
	}
	slices.SortFunc(all, func(a, b store.Account) int { return cmp.Compare(a.Key, b.Key) })
	return all, nil
}

// KeepSession implements store.Access.
func (s *Store) KeepSession(ctx context.Context, id string, data []byte, expires time.Time) error {
	return s.withSessions(ctx, "keep session", id, func() { s.access.sessions[id] = session{slices.Clone(data), kept(expires)} })
}

// Session implements store.Access.
func (s *Store) Session(ctx context.Context, id string) (data []byte, err error) {
	err = s.withSessions(ctx, "read session", id, func() {
		if one, there := s.access.sessions[id]; there && s.clock().Before(one.expires) {
			data = slices.Clone(one.data)
		}
	})
	return data, err
}

// DropSession implements store.Access.
func (s *Store) DropSession(ctx context.Context, id string) error {
	return s.withSessions(ctx, "drop session", id, func() { delete(s.access.sessions, id) })
}

func (s *Store) withSessions(ctx context.Context, operation, id string, do func()) error {
	if err := store.CheckID("session id", id); err != nil {
		return fmt.Errorf("%s: %w", operation, err)
	}
	leave, err := s.enter(ctx, operation)
	if err == nil {
		defer leave()
		do()
	}
	return err
}

// Attempt implements store.Access.
func (s *Store) Attempt(ctx context.Context, key string, window time.Duration) (count int, err error) {
	err = s.withAttempts(ctx, "count attempt", key, func() {
		now := s.clock()
		a := s.access.attempts[key]
		if a = a.within(now, window); a.count == 0 {
			a.started = now
		}
		a.count++
		s.access.attempts[key], count = a, a.count
	})
	return count, err
}

// within is what is left of a count, the zero count if it began before the window.
func (a attempts) within(now time.Time, window time.Duration) attempts {
	if !a.started.After(now.Add(-window)) || a.started.After(now) {
		return attempts{}
	}
	return a
}

// Forgive implements store.Access.
func (s *Store) Forgive(ctx context.Context, key string) error {
	return s.withAttempts(ctx, "forgive attempt", key, func() {
		if a := s.access.attempts[key]; a.count > 0 {
			a.count--
			s.access.attempts[key] = a
		}
	})
}

// Attempts implements store.Access.
func (s *Store) Attempts(ctx context.Context, key string, window time.Duration) (count int, err error) {
	err = s.withAttempts(ctx, "read attempts", key, func() { count = s.access.attempts[key].within(s.clock(), window).count })
	return count, err
}

func (s *Store) withAttempts(ctx context.Context, operation, key string, do func()) error {
	if err := store.CheckID("key of attempts", key); err != nil {
		return fmt.Errorf("%s: %w", operation, err)
	}
	leave, err := s.enter(ctx, operation)
	if err == nil {
		defer leave()
		do()
	}
	return err
}

// PurgeAccess implements store.Access.
func (s *Store) PurgeAccess(ctx context.Context, before time.Time) (purged int, err error) {
	leave, err := s.enter(ctx, "purge access")
	if err != nil {
		return 0, err
	}
	defer leave()
	for id, one := range s.access.sessions {
		if one.expires.Before(s.clock()) {
			delete(s.access.sessions, id)
			purged++
		}
	}
	for key, a := range s.access.attempts {
		if a.started.Before(before) {
			delete(s.access.attempts, key)
			purged++
		}
	}
	return purged, nil
}
