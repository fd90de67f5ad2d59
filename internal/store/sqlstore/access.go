package sqlstore

import (
	"context"
	"encoding/base64"
	"fmt"
	"time"

	"passdesk/internal/store"
)

func accountArguments(a store.Account) []any {
	disabled := int64(0)
	if a.Disabled {
		disabled = 1
	}
	return []any{a.ID, a.Name, a.Key, a.Password, a.Issuer, a.Subject, a.Role, disabled}
}

// AddAccount implements store.Access.
func (s *Store) AddAccount(ctx context.Context, a store.Account) error {
	if err := store.CheckAccount(a); err != nil {
		return fmt.Errorf("add account: %w", err)
	}
	return s.change(ctx, "add account", statement{text: insertAccount, arguments: accountArguments(a)})
}

// ChangeAccount implements store.Access.
func (s *Store) ChangeAccount(ctx context.Context, a store.Account) error {
	if err := store.CheckAccount(a); err != nil {
		return fmt.Errorf("change account: %w", err)
	}
	return s.changeOne(ctx, "change account", statement{text: updateAccount, arguments: accountArguments(a)})
}

// RemoveAccount implements store.Access. Sessions name no account that a database could look for; they
// are worth nothing without it.
func (s *Store) RemoveAccount(ctx context.Context, id string) error {
	if err := store.CheckID("account id", id); err != nil {
		return fmt.Errorf("remove account: %w", err)
	}
	return s.changeOne(ctx, "remove account", statement{text: deleteAccount, arguments: []any{id}})
}

// changeOne is a change that has to find its row.
func (s *Store) changeOne(ctx context.Context, operation string, one statement) error {
	var changed int64
	one.changed = &changed
	err := s.change(ctx, operation, one)
	if err == nil && changed == 0 {
		err = fmt.Errorf("%s: %w", operation, store.ErrNotFound)
	}
	return err
}

// Account implements store.Access.
func (s *Store) Account(ctx context.Context, id string) (store.Account, error) {
	return s.account(ctx, selectAccount, id)
}

// AccountNamed implements store.Access.
func (s *Store) AccountNamed(ctx context.Context, key string) (store.Account, error) {
	return s.account(ctx, selectAccountNamed, key)
}

// AccountOf implements store.Access.
func (s *Store) AccountOf(ctx context.Context, issuer, subject string) (store.Account, error) {
	return s.account(ctx, selectAccountOf, issuer, subject)
}

func (s *Store) account(ctx context.Context, text string, keys ...string) (store.Account, error) {
	var arguments []any
	for _, key := range keys {
		if err := store.CheckCases(key); err != nil {
			return store.Account{}, fmt.Errorf("find account: %w", err)
		}
		arguments = append(arguments, key)
	}
	found, err := s.accounts(ctx, statement{text: text, arguments: arguments})
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("find account: %w", store.ErrNotFound)
	}
	if err != nil {
		return store.Account{}, err
	}
	return found[0], nil
}

// Accounts implements store.Access.
func (s *Store) Accounts(ctx context.Context) ([]store.Account, error) {
	return s.accounts(ctx, statement{text: selectAccounts})
}

func (s *Store) accounts(ctx context.Context, one statement) ([]store.Account, error) {
	var found []store.Account
	one.start = func() { found = nil }
	one.each = func(r row) error {
		var a store.Account
		var disabled, created, changed int64
		err := r.Scan(&a.ID, &a.Name, &a.Key, &a.Password, &a.Issuer, &a.Subject, &a.Role, &disabled, &created, &changed)
		a.Disabled, a.Created, a.Changed = disabled != 0, fromMicros(created), fromMicros(changed)
		found = append(found, a)
		return err
	}
	return found, s.look(ctx, "find account", one)
}

// KeepSession implements store.Access. Data is kept as text, since a column of bytes is called
// otherwise by each database.
func (s *Store) KeepSession(ctx context.Context, id string, data []byte, expires time.Time) error {
	if err := store.CheckID("session id", id); err != nil {
		return fmt.Errorf("keep session: %w", err)
	}
	text := base64.StdEncoding.EncodeToString(data)
	return s.change(ctx, "keep session", statement{text: upsertSession, arguments: []any{id, text, micros(expires)}})
}

// Session implements store.Access.
func (s *Store) Session(ctx context.Context, id string) ([]byte, error) {
	if err := store.CheckID("session id", id); err != nil {
		return nil, fmt.Errorf("read session: %w", err)
	}
	var text string
	var expires int64
	err := s.look(ctx, "read session", statement{text: selectSession, arguments: []any{id}, each: func(r row) error { return r.Scan(&text, &expires) }})
	if err != nil || expires == 0 {
		return nil, err
	}
	if now, err := s.Now(ctx); err != nil || micros(now) >= expires {
		return nil, err
	}
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, fmt.Errorf("read session: %w", err)
	}
	return data, nil
}

// DropSession implements store.Access.
func (s *Store) DropSession(ctx context.Context, id string) error {
	if err := store.CheckID("session id", id); err != nil {
		return fmt.Errorf("drop session: %w", err)
	}
	return s.change(ctx, "drop session", statement{text: deleteSession, arguments: []any{id}})
}

// Attempt implements store.Access.
func (s *Store) Attempt(ctx context.Context, key string, window time.Duration) (int, error) {
	if err := store.CheckID("key of attempts", key); err != nil {
		return 0, fmt.Errorf("count attempt: %w", err)
	}
	var count int
	err := s.change(ctx, "count attempt", statement{text: countAttempt, arguments: []any{key, window.Microseconds()}, each: func(r row) error { return r.Scan(&count) }})
	return count, err
}

// Forgive implements store.Access.
func (s *Store) Forgive(ctx context.Context, key string) error {
	if err := store.CheckID("key of attempts", key); err != nil {
		return fmt.Errorf("forgive attempt: %w", err)
	}
	return s.change(ctx, "forgive attempt", statement{text: forgiveAttempt, arguments: []any{key}})
}

// Attempts implements store.Access.
func (s *Store) Attempts(ctx context.Context, key string, window time.Duration) (int, error) {
	if err := store.CheckID("key of attempts", key); err != nil {
		return 0, fmt.Errorf("read attempts: %w", err)
	}
	var count int
	var started int64
	err := s.look(ctx, "read attempts", statement{text: selectAttempts, arguments: []any{key}, each: func(r row) error { return r.Scan(&count, &started) }})
	if err != nil || count == 0 {
		return 0, err
	}
	now, err := s.Now(ctx)
	if err != nil || started <= micros(now.Add(-window)) || started > micros(now) {
		return 0, err
	}
	return count, nil
}

// PurgeAccess implements store.Access.
func (s *Store) PurgeAccess(ctx context.Context, before time.Time) (int, error) {
	var sessions, attempts int64
	err := s.change(ctx, "purge access",
		statement{text: purgeSessions, changed: &sessions}, statement{text: purgeAttempts, arguments: []any{micros(before)}, changed: &attempts})
	return int(sessions + attempts), err
}
