package console_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"passdesk/internal/console"
	"passdesk/internal/store"
)

// everyRoute is every path of the console with a case filled in, and a form that its POST takes.
func everyRoute(s *site, one store.Case) map[string]console.Route {
	s.t.Helper()
	page := s.get("/agent/").body
	_, rest, _ := strings.Cut(page, `/agent/assets/`)
	version, _, _ := strings.Cut(rest, "/")
	paths := map[string]console.Route{}
	for _, route := range console.Routes() {
		path := strings.NewReplacer("{$}", "", "/agent/cases/{case}", console.CasePath(one.ID), "{version}", version, "{file...}", "console.css").Replace(route.Pattern)
		if strings.HasSuffix(path, "/turns") {
			path += "?after=0"
		}
		paths[path] = route
	}
	return paths
}

func form() url.Values {
	return url.Values{
		"q": {"vpn"}, "text": {"hello"}, "message": {"m"}, "outcome": {"solved"}, "to": {"en"}, "back": {"/agent/"}, "a": {"overview"}, "act": {"add vpn-signin"},
	}
}

// state is all that agents can change.
func (s *site) state() string {
	var all []string
	for _, state := range []store.CaseState{store.CaseOpen, store.CaseClaimed, store.CaseClosed} {
		for _, one := range s.people.cases(state) {
			all = append(all, one.ID, string(one.State), one.Agent, string(one.Outcome))
		}
	}
	return strings.Join(all, " ") + s.people.spoken()
}

const secret = "ひみつのはなし"

// TestNobodyGetsIn: without signing in every path that is not open leads to the sign-in page or is
// refused, and tells nothing; whatever the method.
func TestNobodyGetsIn(t *testing.T) {
	s := open(t, nil)
	paths := everyRoute(s, s.people.handOver("web", "c1", secret))
	paths["/agent/nowhere"] = console.Route{Pattern: "/agent/nowhere", Methods: []string{"GET"}}
	before := s.state()
	for path, route := range paths {
		for _, method := range []string{"GET", "HEAD", "POST", "PUT", "DELETE"} {
			a := s.send(console.Agent{}, method, path, form(), "Sec-Fetch-Site", "same-origin")
			switch {
			case route.Open:
				if a.StatusCode == http.StatusUnauthorized {
					t.Errorf("%s %s is open: %d", method, path, a.StatusCode)
				}
			case method == "GET":
				if a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != "/agent/sign-in" {
					t.Errorf("GET %s: %d to %q", path, a.StatusCode, a.Header.Get("Location"))
				}
			case a.StatusCode != http.StatusUnauthorized || a.body != "":
				t.Errorf("%s %s: %d %q", method, path, a.StatusCode, a.body)
			}
			if strings.Contains(a.body, secret) || strings.Contains(a.body, "vpn") && !route.Open {
				t.Errorf("%s %s tells %q", method, path, a.body)
			}
		}
		if a := s.send(console.Agent{}, "GET", path, nil, "Accept", "*/*"); !route.Open && a.StatusCode != http.StatusUnauthorized {
			t.Errorf("GET %s by a script: %d", path, a.StatusCode)
		}
	}
	if after := s.state(); after != before {
		t.Errorf("something was changed: %s", after)
	}
}

// TestCrossSite: what pages of other sites send is refused on every path that can change something, and
// changes nothing; the same from a page of the console's own is taken.
func TestCrossSite(t *testing.T) {
	foreign := [][]string{
		{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"}, {"Origin", "null"},
		{"Sec-Fetch-Site", "cross-site", "Origin", "http://127.0.0.1"},
	}
	s := open(t, nil)
	one := s.people.handOver("web", "c1", secret)
	changing := 0
	for path, route := range everyRoute(s, one) {
		if !slices.Contains(route.Methods, "POST") {
			continue
		}
		changing++
		before := s.state()
		for _, headers := range foreign {
			a := s.send(sato, "POST", path, form(), headers...)
			if a.StatusCode != http.StatusForbidden || len(a.Cookies()) > 0 || strings.Contains(a.body, secret) {
				t.Errorf("POST %s with %q: %d", path, headers, a.StatusCode)
			}
		}
		if after := s.state(); after != before {
			t.Errorf("POST %s from another site changed something: %s", path, after)
		}
		if a := s.send(sato, "POST", path, form(), "Sec-Fetch-Site", "same-origin"); a.StatusCode == http.StatusForbidden {
			t.Errorf("POST %s from the console's own page: %d", path, a.StatusCode)
		}
	}
	if changing < 8 || !strings.Contains(s.state(), "closed") && !strings.Contains(s.state(), "claimed") && !strings.Contains(s.state(), "join") {
		t.Errorf("%d paths, and nothing was changed from the console's own page: this test sees nothing", changing)
	}
}

// TestReadingChangesNothing: no GET writes.
func TestReadingChangesNothing(t *testing.T) {
	s := open(t, nil)
	one := s.people.handOver("web", "c1", secret)
	paths := everyRoute(s, one)
	before := s.state()
	for path := range paths {
		if !strings.HasSuffix(path, "/events") { // it never ends
			s.get(path)
		}
		s.send(sato, "HEAD", strings.TrimSuffix(path, "/events"), nil)
	}
	if after := s.state(); after != before {
		t.Errorf("reading changed something:\n%s\n%s", before, after)
	}
	if len(s.faults) > 0 {
		t.Errorf("faults: %q", s.faults)
	}
}

// TestRoles: only agents and administrators see customers' conversations, and only where there are any.
func TestRoles(t *testing.T) {
	s := open(t, nil)
	one := s.people.handOver("web", "c1", secret)
	nobody := open(t, func(o *console.Options) { o.People = nil })
	for path, route := range everyRoute(s, one) {
		for _, method := range route.Methods {
			if strings.HasSuffix(path, "/events") && method == "GET" {
				continue // see TestEvents
			}
			a := s.send(author, method, path, form())
			if (a.StatusCode == http.StatusForbidden) != route.People || strings.Contains(a.body, secret) {
				t.Errorf("an author's %s %s: %d", method, path, a.StatusCode)
			}
			if a := nobody.send(sato, method, path, form()); (a.StatusCode == http.StatusForbidden) != route.People {
				t.Errorf("%s %s where there are no hand-overs: %d", method, path, a.StatusCode)
			}
			if a := s.send(console.Agent{ID: "stranger"}, method, path, form()); !route.Open && a.StatusCode < 300 {
				t.Errorf("a stranger's %s %s: %d", method, path, a.StatusCode)
			}
		}
	}
	if page := s.send(author, "GET", "/agent/", nil); strings.Contains(page.body, "/agent/cases") {
		t.Error("authors are shown a way to hand-overs")
	}
}

// TestMethods: other methods than those of the table are refused and named.
func TestMethods(t *testing.T) {
	s := open(t, nil)
	for path, route := range everyRoute(s, s.people.handOver("web", "c1", "x")) {
		for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
			if slices.Contains(route.Methods, method) {
				continue
			}
			a := s.send(sato, method, path, nil)
			if a.StatusCode != http.StatusMethodNotAllowed || !strings.Contains(a.Header.Get("Allow"), route.Methods[0]) {
				t.Errorf("%s %s: %d, Allow %q", method, path, a.StatusCode, a.Header.Get("Allow"))
			}
		}
	}
}

// TestHeaders (U12): every answer has a strict policy; only assets may be kept.
func TestHeaders(t *testing.T) {
	s := open(t, nil)
	for path, route := range everyRoute(s, s.people.handOver("web", "c1", "x")) {
		if strings.HasSuffix(path, "/events") {
			continue
		}
		a := s.send(sato, route.Methods[0], path, form())
		policy := a.Header.Get("Content-Security-Policy")
		if !strings.HasPrefix(policy, "default-src 'none'; script-src 'self'; style-src 'self';") || strings.Contains(policy, "unsafe") || !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("%s: policy %q", path, policy)
		}
		if kept := a.Header.Get("Cache-Control"); (kept == "no-store") == strings.Contains(path, "/assets/") {
			t.Errorf("%s: Cache-Control %q", path, kept)
		}
		if a.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: no nosniff", path)
		}
		if strings.Contains(a.body, " style=") || strings.Contains(a.body, "<style") || strings.Contains(a.body, "<script>") || strings.Contains(a.body, " onclick") {
			t.Errorf("%s: style or script within the page", path)
		}
	}
}
