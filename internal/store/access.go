package store

import (
	"context"
	"errors"
	"time"
)

// Account is an agent who may sign in.
type Account struct {
	ID       string
	Name     string // as colleagues and customers read it
	Key      string // the name folded, so that no two accounts look alike; unique
	Password string // hash, "" if the agent signs in elsewhere
	Issuer   string // who vouches for the agent, "" for nobody but the password
	Subject  string // the agent's id there
	Role     string
	Disabled bool
	Created  time.Time
	Changed  time.Time
}

// Access is what is kept of agents: who they are, who is signed in and who tried to be.
type Access interface {
	// AddAccount keeps a new account. ErrConflict if its id, name or subject is there already.
	AddAccount(ctx context.Context, a Account) error
	// ChangeAccount replaces all of an account but its id and when it was made. ErrNotFound if it is
	// not there, ErrConflict if another has the name or the subject.
	ChangeAccount(ctx context.Context, a Account) error
	// RemoveAccount erases an account and its sessions. ErrNotFound if it is not there.
	RemoveAccount(ctx context.Context, id string) error
	// Account, AccountNamed and AccountOf find one. ErrNotFound if it is not there.
	Account(ctx context.Context, id string) (Account, error)
	AccountNamed(ctx context.Context, key string) (Account, error)
	AccountOf(ctx context.Context, issuer, subject string) (Account, error)
	// Accounts lists all of them by key.
	Accounts(ctx context.Context) ([]Account, error)

	// KeepSession keeps or replaces a session until it expires.
	KeepSession(ctx context.Context, id string, data []byte, expires time.Time) error
	// Session returns what was kept, nil if it is not there or has expired.
	Session(ctx context.Context, id string) ([]byte, error)
	// DropSession ends a session; ending one that is not there is fine.
	DropSession(ctx context.Context, id string) error

	// Attempt counts one more attempt under a key and returns how many there were since the first,
	// this one included. A count whose first attempt is longer ago than the window begins anew.
	Attempt(ctx context.Context, key string, window time.Duration) (int, error)
	// Forgive takes one attempt back.
	Forgive(ctx context.Context, key string) error
	// Attempts is the count under a key, 0 if it began longer ago than the window.
	Attempts(ctx context.Context, key string, window time.Duration) (int, error)
	// PurgeAccess erases sessions that have expired and counts that began before the time given.
	PurgeAccess(ctx context.Context, before time.Time) (int, error)
}

// CheckAccount refuses what no database could keep.
func CheckAccount(a Account) error {
	var faults []error
	for what, text := range map[string]string{"name": a.Name, "password": a.Password, "role": a.Role, "issuer": a.Issuer, "subject": a.Subject} {
		faults = append(faults, checkText(what+" of account", text))
	}
	return errors.Join(CheckID("account id", a.ID), CheckID("account key", a.Key), errors.Join(faults...))
}
