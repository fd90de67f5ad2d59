package access

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"passdesk/internal/store"
)

// How many attempts are taken, by all replicas together. Chatwoot's numbers.
const (
	networkTries, networkWindow = 5, 5 * time.Minute
	accountTries, accountWindow = 10, 15 * time.Minute
)

// Remembered is how long a network counts as known from which an agent has signed in, and so how long
// counts must be kept.
const Remembered = 90 * 24 * time.Hour

// The paths below Options.Home.
const (
	pathSignIn  = "sign-in"
	pathSignOut = "sign-out"
	pathStart   = "oidc/start"
	pathReturn  = "oidc/callback"
)

// maxForm is the largest form, in bytes.
const maxForm = 8 << 10

// Handler serves the paths of signing in and out; Wrap must be around it.
func (a *Access) Handler() http.Handler {
	mux := http.NewServeMux()
	home := a.options.Home
	mux.HandleFunc("GET "+home+pathSignIn, func(w http.ResponseWriter, r *http.Request) {
		if _, in := a.Agent(r); in {
			http.Redirect(w, r, home, http.StatusSeeOther)
			return
		}
		a.show(w, r, http.StatusOK, View{})
	})
	mux.HandleFunc("POST "+home+pathSignIn, a.signIn)
	mux.HandleFunc("POST "+home+pathSignOut, a.signOut)
	if a.provider != nil {
		mux.HandleFunc("GET "+home+pathStart, a.leave)
		mux.HandleFunc("GET "+home+pathReturn, a.comeBack)
	}
	return http.NewCrossOriginProtection().Handler(mux)
}

// Paths are the paths that Handler serves.
func (a *Access) Paths() []string {
	paths := []string{a.options.Home + pathSignIn, a.options.Home + pathSignOut}
	if a.provider != nil {
		paths = append(paths, a.options.Home+pathStart, a.options.Home+pathReturn)
	}
	return paths
}

func (a *Access) show(w http.ResponseWriter, r *http.Request, status int, v View) {
	w.Header().Set("Cache-Control", "no-store")
	v.OIDC = a.provider != nil
	a.options.Page(w, r, status, v)
}

// signIn checks name and password.
func (a *Access) signIn(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		a.show(w, r, http.StatusBadRequest, View{Problem: Wrong})
		return
	}
	name, password := strings.ToValidUTF8(r.PostForm.Get("name"), ""), r.PostForm.Get("password")
	account, problem, err := a.check(r.Context(), name, password, a.options.Network(r))
	if err == nil && problem == NoProblem {
		err = a.begin(r.Context(), account)
	}
	switch {
	case err != nil:
		a.options.Logger.Error("signing in failed", "error", err.Error())
		a.show(w, r, http.StatusServiceUnavailable, View{Name: name, Problem: Failed})
	case problem == TooMany:
		w.Header().Set("Retry-After", "300")
		a.show(w, r, http.StatusTooManyRequests, View{Name: name, Problem: TooMany})
	case problem != NoProblem:
		a.show(w, r, http.StatusUnauthorized, View{Name: name, Problem: problem})
	default:
		http.Redirect(w, r, a.options.Home, http.StatusSeeOther)
	}
}

// check finds the account. The attempt is counted before the password is tried, so that a storm of them
// is no way around the limit, and it takes as long for a name that nobody has.
func (a *Access) check(ctx context.Context, name, password, network string) (store.Account, Problem, error) {
	key := KeyOf(name)
	if len(key) > maxName || strings.ContainsRune(key, 0) {
		key = ""
	}
	allowed, err := a.count(ctx, key, network)
	if err != nil || !allowed {
		return store.Account{}, TooMany, err
	}
	account, err := a.options.Store.AccountNamed(ctx, key)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return account, NoProblem, err
	}
	hash, there := account.Password, err == nil && !account.Disabled && account.Password != ""
	if !there {
		hash = a.dummy
	}
	select {
	case a.hashing <- struct{}{}:
	case <-ctx.Done(): // nobody waits for the answer
		return account, NoProblem, ctx.Err()
	}
	fits, outdated := matches(hash, password)
	<-a.hashing
	if !there || !fits {
		a.options.Logger.Warn("signing in was refused", "account", account.ID)
		return store.Account{}, Wrong, nil
	}
	if outdated {
		if hash, err := Hash(password); err == nil {
			account.Password = hash
			if err := a.options.Store.ChangeAccount(ctx, account); err != nil {
				return account, NoProblem, err
			}
		}
	}
	return account, NoProblem, a.welcome(ctx, key, network)
}

// count notes an attempt and reports whether it may be made. Attempts by others do not lock an agent
// out who comes from where they have signed in before.
func (a *Access) count(ctx context.Context, key, network string) (allowed bool, err error) {
	byNetwork, err := a.options.Store.Attempt(ctx, "network/"+digest(network), networkWindow)
	if err != nil || byNetwork > networkTries {
		return false, err
	}
	byAccount, err := a.options.Store.Attempt(ctx, "account/"+digest(key), accountWindow)
	if err != nil || byAccount <= accountTries {
		return err == nil, err
	}
	known, err := a.options.Store.Attempts(ctx, knownKey(key, network), Remembered)
	return known > 0, err
}

// welcome takes back what was counted and remembers the network.
func (a *Access) welcome(ctx context.Context, key, network string) error {
	_, err := a.options.Store.Attempt(ctx, knownKey(key, network), Remembered)
	return errors.Join(err, a.options.Store.Forgive(ctx, "network/"+digest(network)), a.options.Store.Forgive(ctx, "account/"+digest(key)))
}

func knownKey(key, network string) string { return "known/" + digest(key+"\x00"+network) }

// signOut ends the session, here and for everybody who has its token.
func (a *Access) signOut(w http.ResponseWriter, r *http.Request) {
	if err := a.sessions.Destroy(r.Context()); err != nil {
		a.options.Logger.Error("signing out failed", "error", err.Error())
		http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
		return
	}
	http.Redirect(w, r, a.options.Home+pathSignIn, http.StatusSeeOther)
}
