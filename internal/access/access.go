// Package access decides who may work in the console: accounts, passwords, sessions and signing in
// elsewhere. It exists so that the pages for agents know nothing but a name and a role, and so that all
// replicas agree on who is in.
package access

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"passdesk/internal/store"
)

// Store is what is kept of agents; its methods are those of store.Access.
type Store interface {
	AddAccount(ctx context.Context, a store.Account) error
	ChangeAccount(ctx context.Context, a store.Account) error
	RemoveAccount(ctx context.Context, id string) error
	Account(ctx context.Context, id string) (store.Account, error)
	AccountNamed(ctx context.Context, key string) (store.Account, error)
	AccountOf(ctx context.Context, issuer, subject string) (store.Account, error)
	Accounts(ctx context.Context) ([]store.Account, error)
	KeepSession(ctx context.Context, id string, data []byte, expires time.Time) error
	Session(ctx context.Context, id string) ([]byte, error)
	DropSession(ctx context.Context, id string) error
	Attempt(ctx context.Context, key string, window time.Duration) (int, error)
	Forgive(ctx context.Context, key string) error
	Attempts(ctx context.Context, key string, window time.Duration) (int, error)
}

// Options say who may sign in and how. Store, Page and Network must be given; what else is left zero gets
// the value in brackets.
type Options struct {
	Store Store
	// Page shows the sign-in page.
	Page func(w http.ResponseWriter, r *http.Request, status int, v View)
	// Network is the network that a request comes from; attempts are counted by it.
	Network func(r *http.Request) string

	OIDC     *OIDC         // who else vouches for agents [nobody]
	Home     string        // where agents come in ["/agent/"]
	Secure   bool          // the site is https
	Idle     time.Duration // after which a session is over that nobody used [30 minutes]
	Absolute time.Duration // after which it is over anyhow [12 hours]
	Logger   *slog.Logger  // is told of failed and refused attempts, ids only [nobody]
	Now      func() time.Time
}

// View is what a sign-in page says.
type View struct {
	Name    string // as typed
	Problem Problem
	OIDC    bool // somebody else vouches for agents
}

// Problem is why somebody is not signed in.
type Problem string

// The problems.
const (
	NoProblem Problem = ""
	Wrong     Problem = "wrong"    // name or password; which one is nobody's business
	TooMany   Problem = "too-many" // attempts
	Failed    Problem = "failed"   // whoever vouches for agents did not, or not for one of ours
)

// Role is what an agent may do.
type Role string

// The roles. Authors write content and have no business in customers' conversations.
const (
	RoleAgent  Role = "agent"
	RoleAuthor Role = "author"
	RoleAdmin  Role = "admin"
)

// Roles lists all roles.
func Roles() []Role { return []Role{RoleAgent, RoleAuthor, RoleAdmin} }

// Agent is who is signed in.
type Agent struct {
	ID, Name string
	Role     Role
}

// Access is the gate of the console.
type Access struct {
	options  Options
	sessions *scs.SessionManager
	hashing  chan struct{}
	dummy    string // hash of a password that nobody has
	provider *provider
}

// New makes the gate. The error names what is missing or wrong. With OIDC the issuer is asked when the
// first agent signs in, so that a start does not depend on it.
func New(o Options) (*Access, error) {
	if o.Store == nil || o.Page == nil || o.Network == nil {
		return nil, errors.New("make access: store, page and network must be given")
	}
	a := &Access{options: o.withDefaults(), hashing: make(chan struct{}, hashesAtOnce)}
	a.sessions = a.newSessions()
	var err error
	if a.dummy, err = Hash("nobody has this password"); err != nil {
		return nil, fmt.Errorf("make access: %w", err)
	}
	if o.OIDC != nil {
		if a.provider, err = newProvider(*o.OIDC); err != nil {
			return nil, fmt.Errorf("make access: %w", err)
		}
	}
	return a, nil
}

func (o Options) withDefaults() Options {
	if o.Home == "" {
		o.Home = "/agent/"
	}
	if o.Idle == 0 {
		o.Idle = 30 * time.Minute
	}
	if o.Absolute == 0 {
		o.Absolute = 12 * time.Hour
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}
