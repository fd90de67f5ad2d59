package access

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"passdesk/internal/store"
)

// What a session holds.
const (
	keyAccount  = "account"
	keyPassword = "password" // the hash's digest when it began: another password ends it
	keyRole     = "role"     // when it began: another role ends it
	keySeen     = "seen"     // when it was used last, to the minute
)

// touch is how much later than kept a session may have been used: noting it more often would write to
// the database at every key that an agent presses.
const touch = time.Minute

func (a *Access) newSessions() *scs.SessionManager {
	m := &scs.SessionManager{Store: sessions{a.options.Store}, Codec: scs.GobCodec{}} // New would start a store of its own
	m.Lifetime = a.options.Absolute
	m.Cookie.Name, m.Cookie.Path, m.Cookie.HttpOnly, m.Cookie.Persist = "passdesk-agent", "/", true, false
	m.Cookie.SameSite = http.SameSiteLaxMode // coming back from whoever vouches for agents is a step from another site
	if m.Cookie.Secure = a.options.Secure; a.options.Secure {
		m.Cookie.Name = "__Host-" + m.Cookie.Name
	}
	m.ErrorFunc = func(w http.ResponseWriter, _ *http.Request, err error) {
		a.options.Logger.Error("sessions cannot be read", "error", err.Error())
		http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
	}
	return m
}

// Wrap is around everything that Agent is asked in.
func (a *Access) Wrap(next http.Handler) http.Handler { return a.sessions.LoadAndSave(next) }

// Agent tells who is signed in. The account is looked up every time, so that disabling it or giving it
// another role or password takes effect at once on all replicas.
func (a *Access) Agent(r *http.Request) (Agent, bool) {
	ctx := r.Context()
	id := a.sessions.GetString(ctx, keyAccount)
	if id == "" {
		return Agent{}, false
	}
	now, seen := a.options.Now(), a.get(ctx, keySeen)
	account, err := a.options.Store.Account(ctx, id)
	switch {
	case err != nil && !errors.Is(err, store.ErrNotFound):
		a.options.Logger.Error("accounts cannot be read", "error", err.Error())
		return Agent{}, false // it may be there when the database is
	case err != nil, account.Disabled, now.Sub(seen) > a.options.Idle, seen.Sub(now) > touch,
		a.sessions.GetString(ctx, keyRole) != account.Role, a.sessions.GetString(ctx, keyPassword) != digest(account.Password):
		_ = a.sessions.Destroy(ctx) // if that fails the session is as worthless at the next request
		return Agent{}, false
	}
	if now.Sub(seen) > touch {
		a.put(ctx, keySeen, now)
	}
	return Agent{ID: account.ID, Name: account.Name, Role: Role(account.Role)}, true
}

// put and get keep a time in a session, as a number: sessions are written by package gob, which wants
// any other type announced for the whole program.
func (a *Access) put(ctx context.Context, key string, at time.Time) {
	a.sessions.Put(ctx, key, at.UnixMicro())
}

func (a *Access) get(ctx context.Context, key string) time.Time {
	return time.UnixMicro(a.sessions.GetInt64(ctx, key))
}

// begin signs an agent in, under a new token: one that somebody planted is worth nothing.
func (a *Access) begin(ctx context.Context, account store.Account) error {
	if err := a.sessions.RenewToken(ctx); err != nil {
		return err
	}
	a.sessions.Put(ctx, keyAccount, account.ID)
	a.sessions.Put(ctx, keyRole, account.Role)
	a.sessions.Put(ctx, keyPassword, digest(account.Password))
	a.put(ctx, keySeen, a.options.Now())
	a.sessions.SetDeadline(ctx, a.options.Now().Add(a.options.Absolute))
	return nil
}

// sessions keeps sessions under a digest of their token, so that what is kept opens nothing.
type sessions struct{ store Store }

// DeleteCtx implements scs.CtxStore.
func (s sessions) DeleteCtx(ctx context.Context, token string) error {
	return s.store.DropSession(ctx, digest(token))
}

// FindCtx implements scs.CtxStore.
func (s sessions) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	data, err := s.store.Session(ctx, digest(token))
	return data, data != nil, err
}

// CommitCtx implements scs.CtxStore.
func (s sessions) CommitCtx(ctx context.Context, token string, data []byte, expires time.Time) error {
	return s.store.KeepSession(ctx, digest(token), data, expires)
}

// Delete implements scs.Store, which the manager does not call.
func (s sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// Find implements scs.Store, which the manager does not call.
func (s sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit implements scs.Store, which the manager does not call.
func (s sessions) Commit(token string, data []byte, expires time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expires)
}

func digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:]))
}
