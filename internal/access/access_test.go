package access_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"passdesk/internal/access"
	"passdesk/internal/store"
	"passdesk/internal/store/memstore"
)

// TestSignIn: nobody learns from a refusal whether a name exists.
func TestSignIn(t *testing.T) {
	g := open(t, memstore.New(), nil)
	g.add("Sato Hanako")
	off := g.add("Gone")
	change(t, g.store, off, func(a *store.Account) { a.Disabled = true })
	for i, test := range []struct {
		name, password string
		status         int
		page           string
	}{
		{"sato　hanako", password, http.StatusSeeOther, ""},
		{"ＳＡＴＯ hanako", password, http.StatusSeeOther, ""},
		{"Sato Hanako", password + "x", http.StatusUnauthorized, "page:wrong"},
		{"Nobody", password, http.StatusUnauthorized, "page:wrong"},
		{"Gone", password, http.StatusUnauthorized, "page:wrong"},
		{"", "", http.StatusUnauthorized, "page:wrong"},
		{strings.Repeat("x", 5000), "", http.StatusUnauthorized, "page:wrong"},
	} {
		g.network.Store(fmt.Sprint(i))
		c := g.browser()
		if status, page := g.signIn(c, test.name, test.password); status != test.status || test.page != "" && page != test.page {
			t.Errorf("%.20q: %d %q, want %d %q", test.name, status, page, test.status, test.page)
		}
		want := ""
		if test.status == http.StatusSeeOther {
			want = "Sato Hanako agent"
		}
		if got := g.inside(c); got != want {
			t.Errorf("%.20q: is %q, want %q", test.name, got, want)
		}
	}
}

func change(t *testing.T, s *memstore.Store, id string, do func(*store.Account)) {
	t.Helper()
	a, err := s.Account(context.Background(), id)
	if err == nil {
		do(&a)
		err = s.ChangeAccount(context.Background(), a)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestSessionEnds: what ends a session ends it at the next request, on every replica.
func TestSessionEnds(t *testing.T) {
	for name, end := range map[string]func(t *testing.T, g *gate, id string, c *http.Client){
		"signing out": func(t *testing.T, g *gate, _ string, c *http.Client) {
			if status, _ := g.read(c.Post(g.URL+"/agent/sign-out", "", nil)); status != http.StatusSeeOther {
				t.Errorf("signing out: %d", status)
			}
		},
		"disabled": func(t *testing.T, g *gate, id string, _ *http.Client) {
			change(t, g.store, id, func(a *store.Account) { a.Disabled = true })
		},
		"another role": func(t *testing.T, g *gate, id string, _ *http.Client) {
			change(t, g.store, id, func(a *store.Account) { a.Role = "admin" })
		},
		"another password": func(t *testing.T, g *gate, id string, _ *http.Client) {
			change(t, g.store, id, func(a *store.Account) { a.Password = "x" })
		},
		"removed": func(t *testing.T, g *gate, id string, _ *http.Client) {
			if err := g.store.RemoveAccount(context.Background(), id); err != nil {
				t.Error(err)
			}
		},
		"nobody used it": func(_ *testing.T, g *gate, _ string, _ *http.Client) {
			g.now.Store(int64((31 * time.Minute).Seconds()))
		},
		"a clock that went back": func(_ *testing.T, g *gate, _ string, _ *http.Client) { g.now.Store(-3600) },
	} {
		t.Run(name, func(t *testing.T) {
			s := memstore.New()
			g, other := open(t, s, nil), open(t, s, nil)
			other.now = g.now
			id := g.add("Sato")
			c := g.browser()
			g.signIn(c, "sato", password)
			here, _ := url.Parse(g.URL)
			there, _ := url.Parse(other.URL)
			stolen := g.browser() // somebody who has the cookie, at the other replica
			stolen.Jar.SetCookies(there, c.Jar.Cookies(here))
			if g.inside(c) == "" || other.inside(stolen) == "" {
				t.Fatal("the session is not known everywhere")
			}
			end(t, g, id, c)
			if got := g.inside(c); got != "" {
				t.Errorf("here still %q", got)
			}
			if name != "nobody used it" && name != "a clock that went back" { // each replica has its clock
				if got := other.inside(stolen); got != "" {
					t.Errorf("at the other replica still %q", got)
				}
			}
		})
	}
}

// TestSessionIsUsed: a session that is used lasts, but not for ever.
func TestSessionIsUsed(t *testing.T) {
	g := open(t, memstore.New(), func(o *access.Options) { o.Absolute = 6 * time.Second })
	g.add("Sato")
	c := g.browser()
	g.signIn(c, "Sato", password)
	for range 3 {
		g.now.Add(int64((20 * time.Minute).Seconds()))
		if g.inside(c) == "" {
			t.Fatal("it ended although it was used")
		}
	}
	time.Sleep(6100 * time.Millisecond) // scs has a clock of its own
	if got := g.inside(c); got != "" {
		t.Errorf("after its time still %q", got)
	}
}

// TestFixation: a cookie that somebody planted is worth nothing after signing in.
func TestFixation(t *testing.T) {
	g := open(t, memstore.New(), nil)
	g.add("Sato")
	victim, thief := g.browser(), g.browser()
	here, _ := url.Parse(g.URL)
	g.add("Thief")
	g.signIn(thief, "Thief", password)
	planted := thief.Jar.Cookies(here)
	victim.Jar.SetCookies(here, planted)
	g.signIn(victim, "Sato", password)
	if g.inside(victim) != "Sato agent" {
		t.Fatal("the victim is not in")
	}
	if got := victim.Jar.Cookies(here); len(got) != 1 || got[0].Value == planted[0].Value {
		t.Error("the planted cookie was kept")
	}
	if got := g.inside(thief); got == "Sato agent" {
		t.Error("the thief is in as the victim")
	}
}

func TestCookie(t *testing.T) {
	for secure, name := range map[bool]string{true: "__Host-passdesk-agent", false: "passdesk-agent"} {
		g := open(t, memstore.New(), func(o *access.Options) { o.Secure = secure })
		g.add("Sato")
		r, err := g.browser().PostForm(g.URL+"/agent/sign-in", url.Values{"name": {"Sato"}, "password": {password}})
		if err != nil {
			t.Fatal(err)
		}
		_ = r.Body.Close()
		cookies := r.Cookies()
		if len(cookies) != 1 {
			t.Fatalf("%d cookies", len(cookies))
		}
		c := cookies[0]
		if c.Name != name || c.Secure != secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || !c.Expires.IsZero() {
			t.Errorf("%+v", c)
		}
	}
}

// TestCrossSite: another site's page can neither sign an agent in nor out.
func TestCrossSite(t *testing.T) {
	g := open(t, memstore.New(), nil)
	g.add("Sato")
	c := g.browser()
	g.signIn(c, "Sato", password)
	for _, path := range []string{"sign-in", "sign-out"} {
		for header, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"} {
			r, err := http.NewRequest(http.MethodPost, g.URL+"/agent/"+path, strings.NewReader(url.Values{"name": {"Sato"}, "password": {password}}.Encode()))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set(header, value)
			if status, _ := g.read(c.Do(r)); status != http.StatusForbidden {
				t.Errorf("%s with %s: %d", path, header, status)
			}
		}
	}
	if g.inside(c) == "" {
		t.Error("signed out")
	}
}

// TestLimits: attempts are counted by all replicas together, before a password is tried.
func TestLimits(t *testing.T) {
	s := memstore.New()
	replicas := []*gate{open(t, s, nil), open(t, s, nil)}
	replicas[0].add("Sato")
	var mutex sync.Mutex
	var found []int
	var group sync.WaitGroup
	for i := range 30 {
		group.Go(func() {
			status, _ := replicas[i%2].signIn(replicas[i%2].browser(), "Sato", "wrong")
			mutex.Lock()
			defer mutex.Unlock()
			found = append(found, status)
		})
	}
	group.Wait()
	tried := len(found) - len(slices.DeleteFunc(slices.Clone(found), func(status int) bool { return status == http.StatusUnauthorized }))
	if tried != 5 || slices.Contains(found, http.StatusSeeOther) {
		t.Errorf("%d of 30 attempts were tried, want 5: %v", tried, found)
	}
	if status, _ := replicas[1].signIn(replicas[1].browser(), "Sato", password); status != http.StatusTooManyRequests {
		t.Errorf("the right password after that: %d", status)
	}
}

// TestLockOut: attempts from anywhere slow an account down, but not for an agent who comes from where they
// have signed in before.
func TestLockOut(t *testing.T) {
	g := open(t, memstore.New(), nil)
	g.add("Sato")
	g.network.Store("office")
	for range 8 { // a success takes its count back
		if status, _ := g.signIn(g.browser(), "Sato", password); status != http.StatusSeeOther {
			t.Fatalf("from the office: %d", status)
		}
	}
	for i := range 12 {
		g.network.Store(string(rune('a' + i)))
		status, _ := g.signIn(g.browser(), "Sato", "wrong")
		if want := map[bool]int{true: http.StatusUnauthorized, false: http.StatusTooManyRequests}[i < 10]; status != want {
			t.Errorf("attempt %d: %d, want %d", i+1, status, want)
		}
	}
	g.network.Store("elsewhere")
	if status, _ := g.signIn(g.browser(), "Sato", password); status != http.StatusTooManyRequests {
		t.Errorf("from elsewhere: %d", status)
	}
	g.network.Store("office")
	if status, _ := g.signIn(g.browser(), "Sato", password); status != http.StatusSeeOther {
		t.Errorf("from the office: %d, although the agent is known there", status)
	}
}

// TestTiming: a name that nobody has takes as long as one that somebody has.
func TestTiming(t *testing.T) {
	g := open(t, memstore.New(), nil)
	g.add("Sato")
	fastest := map[string]time.Duration{"Sato": time.Hour, "Nobody": time.Hour} // since the machine may have other work
	for i := range 9 {
		for name, best := range fastest {
			g.network.Store(name + string(rune('a'+i)))
			began := time.Now()
			g.signIn(g.browser(), name, "wrong")
			fastest[name] = min(best, time.Since(began))
		}
	}
	known, unknown := fastest["Sato"], fastest["Nobody"]
	ratio := float64(unknown) / float64(known)
	t.Logf("a known name takes %v, an unknown one %v: %.2f", known, unknown, ratio)
	if ratio < 0.3 || ratio > 3 {
		t.Errorf("an unknown name takes %.2f times as long as a known one", ratio)
	}
}
