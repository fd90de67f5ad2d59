package access_test

import (
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"passdesk/internal/access"
	"passdesk/internal/store/memstore"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const password = "correct horse battery"

// gate is one replica: a site with a page that tells who is in.
type gate struct {
	testing.TB
	*httptest.Server
	store   *memstore.Store
	now     *atomic.Int64 // seconds that the clock is ahead
	network *atomic.Value // that requests come from
}

// open opens a replica on a store.
func open(t testing.TB, s *memstore.Store, change func(*access.Options)) *gate {
	t.Helper()
	g := &gate{TB: t, store: s, now: &atomic.Int64{}, network: &atomic.Value{}}
	g.network.Store("192.0.2.0/24")
	o := access.Options{
		Store: s, Network: func(*http.Request) string { return g.network.Load().(string) },
		Now: func() time.Time { return time.Now().Add(time.Duration(g.now.Load()) * time.Second) },
		Page: func(w http.ResponseWriter, _ *http.Request, status int, v access.View) {
			w.WriteHeader(status)
			_, _ = w.Write([]byte("page:" + string(v.Problem)))
		},
	}
	if change != nil {
		change(&o)
	}
	a, err := access.New(o)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	for _, path := range a.Paths() {
		mux.Handle(path, a.Handler())
	}
	mux.HandleFunc("/agent/", func(w http.ResponseWriter, r *http.Request) {
		who, in := a.Agent(r)
		if !in {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		_, _ = w.Write([]byte(who.Name + " " + string(who.Role)))
	})
	g.Server = httptest.NewServer(a.Wrap(mux))
	t.Cleanup(g.Close)
	return g
}

// add makes an account and returns its id.
func (g *gate) add(name string) string {
	g.Helper()
	a, err := access.NewAccount(name, access.RoleAgent, password)
	if err == nil {
		err = g.store.AddAccount(g.Context(), a)
	}
	if err != nil {
		g.Fatal(err)
	}
	return a.ID
}

// browser is somebody with cookies.
func (g *gate) browser() *http.Client {
	g.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		g.Fatal(err)
	}
	transport := &http.Transport{DisableKeepAlives: true}
	return &http.Client{Jar: jar, Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

func (g *gate) signIn(c *http.Client, name, password string) (status int, page string) {
	g.Helper()
	return g.read(c.PostForm(g.URL+"/agent/sign-in", url.Values{"name": {name}, "password": {password}}))
}

// inside is what a page tells somebody, "" if they are not in.
func (g *gate) inside(c *http.Client) string {
	g.Helper()
	if status, page := g.read(c.Get(g.URL + "/agent/")); status == http.StatusOK {
		return page
	}
	return ""
}

func (g *gate) read(r *http.Response, err error) (status int, page string) {
	g.Helper()
	if err != nil {
		g.Fatal(err)
	}
	body := make([]byte, 1000)
	n, _ := r.Body.Read(body) // one small write
	_ = r.Body.Close()
	return r.StatusCode, string(body[:n])
}
