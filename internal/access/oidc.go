package access

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// OIDC says who else vouches for agents, by OpenID Connect. What is left zero gets the value in brackets.
type OIDC struct {
	Issuer       string // address, as its tokens say it
	ClientID     string
	ClientSecret string
	RedirectURL  string   // public address of Options.Home + "oidc/callback"
	Domains      []string // of mail addresses whose owners may sign in; at least one
	RoleClaim    string   // claim with the agent's roles or groups [everybody is an agent until an operator says otherwise]
	Authors      []string // values of it that make an author
	Admins       []string // values of it that make an admin
	Client       *http.Client
}

// What a session holds while the agent is away to be vouched for.
const (
	keyState    = "oidc-state"
	keyNonce    = "oidc-nonce"
	keyVerifier = "oidc-verifier"
	keyLeft     = "oidc-left" // when
)

// away is how long an agent may take to come back.
const away = 10 * time.Minute

// oidcTimeout bounds what is asked of the issuer.
const oidcTimeout = 10 * time.Second

// errVouch means that nobody was vouched for. The text is for the log; it quotes nothing that came.
type errVouch string

func (e errVouch) Error() string { return string(e) }

// provider is an OIDC whose issuer has been asked, or is to be.
type provider struct {
	options OIDC
	client  *http.Client
	mutex   sync.Mutex
	found   *oidc.Provider
}

func newProvider(o OIDC) (*provider, error) {
	issuer, err := url.Parse(o.Issuer)
	back, backErr := url.Parse(o.RedirectURL)
	switch {
	case err != nil || issuer.Host == "" || backErr != nil || back.Host == "":
		return nil, errors.New("OIDC: issuer and redirect address must be URLs")
	case o.ClientID == "" || o.ClientSecret == "":
		return nil, errors.New("OIDC: client id and secret must be given")
	case len(o.Domains) == 0:
		return nil, errors.New("OIDC: without a mail domain anybody in the world could sign in")
	}
	client := o.Client
	if client == nil {
		client = &http.Client{Timeout: oidcTimeout}
	}
	return &provider{options: o, client: client}, nil
}

// ask asks the issuer for its addresses and keys, once it answers.
func (p *provider) ask(ctx context.Context) (*oidc.Provider, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.found == nil {
		found, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), p.client), p.options.Issuer)
		if err != nil {
			return nil, errVouch("the issuer cannot be asked")
		}
		p.found = found
	}
	return p.found, nil
}

func (p *provider) config(found *oidc.Provider) *oauth2.Config {
	return &oauth2.Config{
		ClientID: p.options.ClientID, ClientSecret: p.options.ClientSecret, RedirectURL: p.options.RedirectURL,
		Endpoint: found.Endpoint(), Scopes: []string{oidc.ScopeOpenID, "email", "profile"},
	}
}

// leave sends an agent to whoever vouches for them.
func (a *Access) leave(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	found, err := a.provider.ask(ctx)
	if err != nil {
		a.refuse(w, r, err)
		return
	}
	state, nonce, verifier := rand.Text(), rand.Text(), oauth2.GenerateVerifier()
	for key, value := range map[string]string{keyState: state, keyNonce: nonce, keyVerifier: verifier} {
		a.sessions.Put(ctx, key, value)
	}
	a.put(ctx, keyLeft, a.options.Now())
	address := a.provider.config(found).AuthCodeURL(state, oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier))
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, address, http.StatusSeeOther)
}

// comeBack signs an agent in whom the issuer vouches for.
func (a *Access) comeBack(w http.ResponseWriter, r *http.Request) {
	claims, err := a.vouched(r)
	if err != nil {
		a.refuse(w, r, err)
		return
	}
	account, err := a.accountOf(r.Context(), claims)
	if err == nil {
		err = a.begin(r.Context(), account)
	}
	if err != nil {
		a.refuse(w, r, err)
		return
	}
	http.Redirect(w, r, a.options.Home, http.StatusSeeOther)
}

func (a *Access) refuse(w http.ResponseWriter, r *http.Request, err error) {
	var vouch errVouch
	status := http.StatusForbidden
	if !errors.As(err, &vouch) {
		status = http.StatusServiceUnavailable
	}
	a.options.Logger.Warn("signing in elsewhere failed", "reason", err.Error())
	a.show(w, r, status, View{Problem: Failed})
}
