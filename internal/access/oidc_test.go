package access_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"passdesk/internal/access"
	"passdesk/internal/store"
	"passdesk/internal/store/memstore"
)

// issuer is an identity provider that does what a test tells it to.
type issuer struct {
	testing.TB
	*httptest.Server
	key, other *rsa.PrivateKey

	mutex      sync.Mutex
	down       bool
	claims     map[string]any              // beside the usual ones
	sign       func(payload []byte) string // nil for RS256 with the key
	challenges map[string]string           // by code
	nonces     map[string]string           // by code
}

func newIssuer(t testing.TB) *issuer {
	t.Helper()
	i := &issuer{TB: t, challenges: map[string]string{}, nonces: map[string]string{}, claims: map[string]any{}}
	for _, key := range []**rsa.PrivateKey{&i.key, &i.other} {
		var err error
		if *key, err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
			t.Fatal(err)
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/.well-known/openid-configuration", i.discover)
	mux.HandleFunc("/keys", func(w http.ResponseWriter, _ *http.Request) {
		i.write(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: &i.key.PublicKey, KeyID: "k", Algorithm: "RS256", Use: "sig"}}})
	})
	mux.HandleFunc("/token", i.token)
	i.Server = httptest.NewServer(mux)
	t.Cleanup(i.Close)
	return i
}

func (i *issuer) write(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(value); err != nil {
		i.Error(err)
	}
}

func (i *issuer) discover(w http.ResponseWriter, _ *http.Request) {
	i.mutex.Lock()
	defer i.mutex.Unlock()
	if i.down {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	i.write(w, map[string]any{
		"issuer": i.URL, "authorization_endpoint": i.URL + "/authorize", "token_endpoint": i.URL + "/token", "jwks_uri": i.URL + "/keys",
		"id_token_signing_alg_values_supported": []string{"RS256"},
	})
}

// token exchanges a code, once, for whoever knows the verifier.
func (i *issuer) token(w http.ResponseWriter, r *http.Request) {
	i.mutex.Lock()
	defer i.mutex.Unlock()
	code := r.PostFormValue("code")
	sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	_, password, _ := r.BasicAuth()
	challenge, known := i.challenges[code]
	if !known || challenge != base64.RawURLEncoding.EncodeToString(sum[:]) || password != "secret" && r.PostFormValue("client_secret") != "secret" {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	delete(i.challenges, code)
	claims := map[string]any{
		"iss": i.URL, "aud": "passdesk", "sub": "1", "exp": time.Now().Add(time.Hour).Unix(), "iat": time.Now().Unix(),
		"nonce": i.nonces[code], "email": "hanako@example.com", "email_verified": true, "name": "佐藤 花子",
	}
	maps.Copy(claims, i.claims)
	payload, err := json.Marshal(claims)
	if err != nil {
		i.Error(err)
	}
	sign := i.sign
	if sign == nil {
		sign = func(payload []byte) string { return i.signed(payload, jose.RS256, i.key) }
	}
	i.write(w, map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": sign(payload)})
}

func (i *issuer) signed(payload []byte, how jose.SignatureAlgorithm, key any) string {
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: how, Key: key}, (&jose.SignerOptions{}).WithHeader("kid", "k"))
	if err != nil {
		i.Fatal(err)
	}
	object, err := signer.Sign(payload)
	if err != nil {
		i.Fatal(err)
	}
	text, err := object.CompactSerialize()
	if err != nil {
		i.Fatal(err)
	}
	return text
}

// consent is what an agent does at the provider: it returns the address to come back to.
func (i *issuer) consent(address string) string {
	i.Helper()
	u, err := url.Parse(address)
	if err != nil || !strings.HasPrefix(address, i.URL+"/authorize?") {
		i.Fatalf("sent to %q (%v)", address, err)
	}
	q := u.Query()
	if q.Get("code_challenge_method") != "S256" || q.Get("nonce") == "" || q.Get("state") == "" {
		i.Errorf("asked with %v", q)
	}
	i.mutex.Lock()
	defer i.mutex.Unlock()
	code := fmt.Sprint("code", len(i.nonces))
	i.challenges[code], i.nonces[code] = q.Get("code_challenge"), q.Get("nonce")
	return q.Get("redirect_uri") + "?" + url.Values{"code": {code}, "state": {q.Get("state")}}.Encode()
}

// vouching opens a replica whose agents sign in at an issuer.
func vouching(t testing.TB, s *memstore.Store, i *issuer) *gate {
	t.Helper()
	o := access.OIDC{
		Issuer: i.URL, ClientID: "passdesk", ClientSecret: "secret", Domains: []string{"Example.com"},
		RoleClaim: "groups", Admins: []string{"bosses"}, Authors: []string{"writers"},
		Client: &http.Client{Transport: &http.Transport{DisableKeepAlives: true}},
	}
	// The address is known only once the server listens; the test goes there by itself.
	o.RedirectURL = "http://desk.example/agent/oidc/callback"
	return open(t, s, func(a *access.Options) { a.OIDC = &o })
}

// leave goes to the issuer and returns the path to come back to.
func (g *gate) leave(c *http.Client, i *issuer) string {
	g.Helper()
	r, err := c.Get(g.URL + "/agent/oidc/start")
	if err != nil {
		g.Fatal(err)
	}
	_ = r.Body.Close()
	return strings.TrimPrefix(i.consent(r.Header.Get("Location")), "http://desk.example")
}

func (g *gate) comeBack(c *http.Client, path string) int {
	g.Helper()
	status, _ := g.read(c.Get(g.URL + path))
	return status
}

func TestVouchedFor(t *testing.T) {
	i, s := newIssuer(t), memstore.New()
	g := vouching(t, s, i)
	for _, step := range []struct {
		what   string
		change func()
		want   string
	}{
		{"a new agent", func() {}, "佐藤 花子 agent"},
		{"again", func() {}, "佐藤 花子 agent"},
		{"with another role", func() { i.claims["groups"] = []string{"x", "bosses"} }, "佐藤 花子 admin"},
		{"as one word", func() { i.claims["groups"] = "writers" }, "佐藤 花子 author"},
		{"somebody else of that name", func() { i.claims = map[string]any{"sub": "2", "email": "other@EXAMPLE.com"} }, "佐藤 花子 (other@EXAMPLE.com) agent"},
		{"without a name", func() { i.claims = map[string]any{"sub": "3", "name": ""} }, "hanako@example.com agent"},
	} {
		step.change()
		c := g.browser()
		if status := g.comeBack(c, g.leave(c, i)); status != http.StatusSeeOther {
			t.Errorf("%s: %d", step.what, status)
		}
		if got := g.inside(c); got != step.want {
			t.Errorf("%s: %q, want %q", step.what, got, step.want)
		}
	}
	if all, err := s.Accounts(t.Context()); err != nil || len(all) != 3 {
		t.Errorf("%d accounts, %v", len(all), err)
	}
}

// TestNotVouchedFor: whatever the issuer, or somebody in between, gets wrong, nobody comes in.
func TestNotVouchedFor(t *testing.T) {
	tests := map[string]func(i *issuer){
		"wrong audience":        func(i *issuer) { i.claims["aud"] = "another" },
		"wrong issuer":          func(i *issuer) { i.claims["iss"] = "https://evil.example" },
		"wrong nonce":           func(i *issuer) { i.claims["nonce"] = "x" },
		"no nonce":              func(i *issuer) { i.claims["nonce"] = "" },
		"expired":               func(i *issuer) { i.claims["exp"] = time.Now().Add(-time.Hour).Unix() },
		"mail not verified":     func(i *issuer) { i.claims["email_verified"] = false },
		"verified is a word":    func(i *issuer) { i.claims["email_verified"] = "true" },
		"another domain":        func(i *issuer) { i.claims["email"] = "hanako@example.com.evil.example" },
		"domain in front":       func(i *issuer) { i.claims["email"] = "example.com@evil.example" },
		"no mail":               func(i *issuer) { i.claims["email"] = "" },
		"name of odd marks":     func(i *issuer) { i.claims["name"] = "a\u202eb" },
		"signed by another key": func(i *issuer) { i.sign = func(p []byte) string { return i.signed(p, jose.RS256, i.other) } },
		"signed with a public key": func(i *issuer) {
			i.sign = func(p []byte) string { return i.signed(p, jose.HS256, i.key.N.Bytes()) }
		},
		"not signed": func(i *issuer) {
			i.sign = func(p []byte) string {
				encode := base64.RawURLEncoding.EncodeToString
				return encode([]byte(`{"alg":"none"}`)) + "." + encode(p) + "."
			}
		},
		"no token": func(i *issuer) { i.sign = func([]byte) string { return "" } },
	}
	for name, mistake := range tests {
		t.Run(name, func(t *testing.T) {
			i, s := newIssuer(t), memstore.New()
			g := vouching(t, s, i)
			mistake(i)
			c := g.browser()
			refused(t, g, c, g.leave(c, i))
			if all, err := s.Accounts(t.Context()); err != nil || len(all) != 0 {
				t.Errorf("%d accounts, %v", len(all), err)
			}
		})
	}
}

func refused(t *testing.T, g *gate, c *http.Client, path string) {
	t.Helper()
	if status := g.comeBack(c, path); status != http.StatusForbidden {
		t.Errorf("%d, want 403", status)
	}
	if got := g.inside(c); got != "" {
		t.Errorf("is in as %q", got)
	}
}

// TestWrongWayBack: only the browser that left can come back, once, soon, with what it was given.
func TestWrongWayBack(t *testing.T) {
	i, s := newIssuer(t), memstore.New()
	g := vouching(t, s, i)
	honest, thief := g.browser(), g.browser()
	path := g.leave(honest, i)
	refused(t, g, thief, path) // no session
	g.leave(thief, i)
	refused(t, g, thief, path) // another session
	refused(t, g, honest, strings.Replace(path, "state=", "state=x", 1))
	refused(t, g, honest, path) // the state is used up by the wrong one

	path = g.leave(honest, i)
	if status := g.comeBack(honest, path); status != http.StatusSeeOther {
		t.Fatalf("the right way: %d", status)
	}
	g.read(honest.Post(g.URL+"/agent/sign-out", "", nil))
	refused(t, g, honest, path) // the same again

	path = g.leave(honest, i)
	g.now.Store(11 * 60)
	refused(t, g, honest, path) // too late
	g.now.Store(0)
	refused(t, g, honest, "/agent/oidc/callback?error=access_denied&state=x")

	all, err := s.Accounts(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatalf("%d accounts, %v", len(all), err)
	}
	change(t, s, all[0].ID, func(a *store.Account) { a.Disabled = true })
	refused(t, g, honest, g.leave(honest, i))
}

// TestIssuerComesBack: an issuer that is down at first is asked again.
func TestIssuerComesBack(t *testing.T) {
	i := newIssuer(t)
	i.down = true
	g := vouching(t, memstore.New(), i)
	c := g.browser()
	if status := g.comeBack(c, "/agent/oidc/start"); status != http.StatusForbidden {
		t.Errorf("while it is down: %d", status)
	}
	i.mutex.Lock()
	i.down = false
	i.mutex.Unlock()
	if status := g.comeBack(c, g.leave(c, i)); status != http.StatusSeeOther {
		t.Errorf("when it is back: %d", status)
	}
}

func TestOIDCOptions(t *testing.T) {
	for name, spoil := range map[string]func(*access.OIDC){
		"no domain": func(o *access.OIDC) { o.Domains = nil }, "no issuer": func(o *access.OIDC) { o.Issuer = "x" },
		"no secret": func(o *access.OIDC) { o.ClientSecret = "" }, "no way back": func(o *access.OIDC) { o.RedirectURL = "/agent/" },
	} {
		o := access.OIDC{Issuer: "https://id.example", ClientID: "a", ClientSecret: "b", RedirectURL: "https://desk.example/x", Domains: []string{"a"}}
		spoil(&o)
		_, err := access.New(access.Options{
			Store: memstore.New(), Page: func(http.ResponseWriter, *http.Request, int, access.View) {}, Network: func(*http.Request) string { return "" }, OIDC: &o,
		})
		if err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
