package main

import (
	"context"
	"net/http"
	"slices"

	"passdesk/internal/access"
	"passdesk/internal/canned"
	"passdesk/internal/channel/webchat"
	"passdesk/internal/chat"
	"passdesk/internal/console"
	"passdesk/internal/desk"
	"passdesk/internal/guide"
	"passdesk/internal/httpd/client"
	"passdesk/internal/redact"
)

// consolePrefix is where paths of the console begin.
const consolePrefix = "/agent/"

// agents is everything below /agent/: the console, and signing in in front of it.
func (s *service) agents(stopping <-chan struct{}) (http.Handler, error) {
	var pages *console.Console
	gate, err := access.New(access.Options{
		Store: s.store, Secure: s.secure(), OIDC: s.oidc(), Logger: s.logger,
		Network: func(r *http.Request) string {
			return client.Network(client.Proxies(s.settings.HTTP.TrustedProxies).Address(r)).String()
		},
		Page: func(w http.ResponseWriter, r *http.Request, status int, v access.View) {
			pages.SignIn(w, r, status, signIn(v))
		},
	})
	if err != nil {
		return nil, err
	}
	who := func(r *http.Request) (console.Agent, bool) {
		a, in := gate.Agent(r)
		return console.Agent{ID: a.ID, Name: a.Name, Role: string(a.Role)}, in
	}
	if pages, err = s.console(who, stopping); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle(consolePrefix, pages)
	for _, path := range gate.Paths() {
		mux.Handle(path, gate.Handler())
	}
	return gate.Wrap(mux), nil
}

// signIn is what the sign-in page says.
func signIn(v access.View) console.SignIn {
	page := console.SignIn{Action: consolePrefix + "sign-in", Name: v.Name, Problem: console.SignInProblem(v.Problem)}
	if v.OIDC {
		page.Provider = consolePrefix + "oidc/start"
	}
	return page
}

// oidc is who else vouches for agents, nil for nobody.
func (s *service) oidc() *access.OIDC {
	o := s.settings.Console.OIDC
	if o.Issuer == "" {
		return nil
	}
	return &access.OIDC{
		Issuer: o.Issuer, ClientID: o.ClientID, ClientSecret: o.ClientSecret.Reveal(),
		RedirectURL: s.settings.Web.PublicURL + consolePrefix + "oidc/callback",
		Domains:     o.Domains, RoleClaim: o.RoleClaim, Authors: o.Authors, Admins: o.Admins,
	}
}

// console is what support agents see. who tells who is signed in.
func (s *service) console(who func(*http.Request) (console.Agent, bool), stopping <-chan struct{}) (*console.Console, error) {
	return console.New(console.Options{
		Guide:  func() *guide.Guide { return s.desk.Content().Guide },
		Canned: func() *canned.Library { return s.library.Load() },
		Agent:  who, Read: s.understand, Fault: s.fault, Secure: s.secure(),
		People: &console.People{
			Cases: s.store.Cases, Case: s.store.Case, Take: s.store.TakeCase, Return: s.store.ReturnCase, Close: s.store.CloseCase,
			Turns: s.store.Turns, Decode: desk.DecodeReply, Do: s.desk.Agent, Listen: s.live.Subscribe,
			Live: func(channel string) bool { return channel == webchat.Channel }, Done: stopping,
		},
	})
}

// understand reads a customer's message that an agent has before them, as the desk would.
func (s *service) understand(_ context.Context, text chat.Raw) (console.Reading, error) {
	in, found := s.desk.Understand(text)
	return console.Understood(s.desk.Content().Guide, in, slices.ContainsFunc(found, redact.Kind.Secret)), nil
}
