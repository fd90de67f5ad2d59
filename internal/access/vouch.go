package access

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"passdesk/internal/store"
)

// claims are what an issuer says of somebody.
type claims struct {
	subject, name, email string
	roles                []string
}

// vouched exchanges the code that an agent came back with for a token, and checks it: signature, issuer,
// audience and times by go-oidc; state, nonce and mail address here. State, nonce and verifier are taken
// out of the session first, so that none is good for a second try.
func (a *Access) vouched(r *http.Request) (claims, error) {
	ctx := r.Context()
	state, nonce, verifier := a.sessions.PopString(ctx, keyState), a.sessions.PopString(ctx, keyNonce), a.sessions.PopString(ctx, keyVerifier)
	left := a.get(ctx, keyLeft)
	a.sessions.Remove(ctx, keyLeft)
	query := r.URL.Query()
	switch {
	case state == "" || subtle.ConstantTimeCompare([]byte(state), []byte(query.Get("state"))) != 1:
		return claims{}, errVouch("the state is not that of this session")
	case a.options.Now().Sub(left) > away:
		return claims{}, errVouch("the agent was away for too long")
	case query.Get("code") == "":
		return claims{}, errVouch("the issuer sent no code")
	}
	found, err := a.provider.ask(ctx)
	if err != nil {
		return claims{}, err
	}
	ctx = oidc.ClientContext(ctx, a.provider.client)
	token, err := a.provider.config(found).Exchange(ctx, query.Get("code"), oauth2.VerifierOption(verifier))
	if err != nil {
		return claims{}, errVouch("the code was not accepted")
	}
	raw, _ := token.Extra("id_token").(string)
	verified, err := found.Verifier(&oidc.Config{ClientID: a.provider.options.ClientID, Now: a.options.Now}).Verify(ctx, raw)
	if err != nil {
		return claims{}, errVouch("the token is not valid")
	}
	if nonce == "" || subtle.ConstantTimeCompare([]byte(verified.Nonce), []byte(nonce)) != 1 {
		return claims{}, errVouch("the token is for another sign-in")
	}
	return a.provider.read(verified)
}

// read takes from a token what is needed, and refuses whom the operator did not mean.
func (p *provider) read(token *oidc.IDToken) (claims, error) {
	var said map[string]any
	if err := token.Claims(&said); err != nil {
		return claims{}, errVouch("the claims cannot be read")
	}
	c := claims{subject: token.Subject}
	c.email, _ = said["email"].(string)
	c.name, _ = said["name"].(string)
	if verified, _ := said["email_verified"].(bool); !verified {
		return claims{}, errVouch("the mail address is not verified")
	}
	_, domain, _ := strings.Cut(c.email, "@")
	if !slices.ContainsFunc(p.options.Domains, func(allowed string) bool { return strings.EqualFold(allowed, domain) }) {
		return claims{}, errVouch("the mail address is of another domain")
	}
	switch roles := said[p.options.RoleClaim].(type) {
	case string:
		c.roles = []string{roles}
	case []any:
		for _, role := range roles {
			if text, ok := role.(string); ok {
				c.roles = append(c.roles, text)
			}
		}
	}
	if c.name == "" {
		c.name = c.email
	}
	return c, nil
}

// role is what the claims make of somebody, "" if they are silent about it.
func (p *provider) role(c claims) Role {
	has := func(wanted []string) bool {
		return slices.ContainsFunc(wanted, func(value string) bool { return slices.Contains(c.roles, value) })
	}
	switch {
	case p.options.RoleClaim == "":
		return ""
	case has(p.options.Admins):
		return RoleAdmin
	case has(p.options.Authors):
		return RoleAuthor
	}
	return RoleAgent
}

// accountOf finds the account of somebody vouched for, or makes it.
func (a *Access) accountOf(ctx context.Context, c claims) (store.Account, error) {
	issuer, role := a.provider.options.Issuer, a.provider.role(c)
	account, err := a.options.Store.AccountOf(ctx, issuer, c.subject)
	if errors.Is(err, store.ErrNotFound) {
		return a.enrol(ctx, c, issuer, role)
	}
	if err != nil {
		return account, err
	}
	if account.Disabled {
		return account, errVouch("the account is disabled")
	}
	if role != "" && account.Role != string(role) {
		account.Role = string(role)
		err = a.options.Store.ChangeAccount(ctx, account)
	}
	return account, err
}

// enrol makes an account. If another has the name already the mail address stands beside it, for a name
// proves nothing.
func (a *Access) enrol(ctx context.Context, c claims, issuer string, role Role) (store.Account, error) {
	if role == "" {
		role = RoleAgent
	}
	for _, name := range []string{c.name, fmt.Sprintf("%s (%s)", c.name, c.email)} {
		account, err := newAccount(name, role)
		if err != nil {
			return account, errVouch("the name cannot be that of an account")
		}
		account.Issuer, account.Subject = issuer, c.subject
		if err = a.options.Store.AddAccount(ctx, account); !errors.Is(err, store.ErrConflict) {
			return account, err
		}
	}
	return store.Account{}, errVouch("the name is that of another account")
}
