package console_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"passdesk/intents"
	"passdesk/internal/browsertest"
	"passdesk/internal/canned"
	"passdesk/internal/chat"
	"passdesk/internal/console"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/strictyaml"
	"passdesk/internal/surface"
	"passdesk/knowledge"
)

var chromium = browsertest.New(os.Getenv)

func TestMain(m *testing.M) {
	code := m.Run()
	chromium.Stop()
	os.Exit(code)
}

// content is the real content, loaded once.
var content = sync.OnceValue(func() *guide.Guide {
	g, err := guide.Load(knowledge.Files)
	if err != nil {
		panic(err)
	}
	return g
})

// hiragana reads kanji as the service does.
func hiragana(t testing.TB) canned.Hiragana {
	t.Helper()
	var report strictyaml.Report
	rules := surface.Load(intents.Files, &report)
	if err := report.Err(); err != nil {
		t.Fatal(err)
	}
	return rules.Hiragana
}

// The agents of the tests.
var (
	sato   = console.Agent{ID: "sato", Name: "佐藤", Role: console.RoleAgent}
	suzuki = console.Agent{ID: "suzuki", Name: "鈴木", Role: console.RoleAgent}
	author = console.Agent{ID: "author", Name: "Writer", Role: console.RoleAuthor}
	admin  = console.Agent{ID: "admin", Name: "Admin", Role: console.RoleAdmin}
)

// whoCookie says who is signed in; signing in is somebody else's business.
const whoCookie = "who"

func signedIn(r *http.Request) (console.Agent, bool) {
	cookie, err := r.Cookie(whoCookie)
	if err != nil {
		return console.Agent{}, false
	}
	for _, a := range []console.Agent{sato, suzuki, author, admin} {
		if a.ID == cookie.Value {
			return a, true
		}
	}
	return console.Agent{}, false
}

// site is a console over the real content.
type site struct {
	t       testing.TB
	url     string
	people  *crowd
	faults  []string
	broken  bool // scripts do not come
	options console.Options
}

// open starts a console. Change may alter its options.
func open(t testing.TB, change func(*console.Options)) *site {
	t.Helper()
	s := &site{t: t, people: newCrowd(t)}
	library := canned.New(content(), hiragana(t))
	s.options = console.Options{
		Guide: content, Canned: func() *canned.Library { return library }, Agent: signedIn,
		Read:   func(_ context.Context, text chat.Raw) (console.Reading, error) { return readMessage(string(text)), nil },
		People: s.people.people(),
		Fault: func(_ context.Context, operation, _ string, err error) {
			s.faults = append(s.faults, operation+": "+err.Error())
		},
	}
	if change != nil {
		change(&s.options)
	}
	c, err := console.New(s.options)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/agent/", c)
	mux.HandleFunc("/agent/assets/", func(w http.ResponseWriter, r *http.Request) {
		if s.broken && strings.HasSuffix(r.URL.Path, "/console.js") {
			http.NotFound(w, r)
			return
		}
		c.ServeHTTP(w, r)
	})
	mux.HandleFunc("/agent/sign-in", func(w http.ResponseWriter, r *http.Request) {
		if as := r.FormValue("as"); as != "" {
			http.SetCookie(w, &http.Cookie{Name: whoCookie, Value: as, Path: "/"})
			http.Redirect(w, r, r.FormValue("to"), http.StatusSeeOther)
			return
		}
		view := console.SignIn{Action: "/agent/sign-in", Provider: "/agent/oidc"}
		if r.Method == http.MethodPost {
			view.Name, view.Problem = r.PostFormValue("name"), console.SignInWrong
		}
		c.SignIn(w, r, http.StatusOK, view)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	t.Cleanup(s.people.stop) // event streams end before the server waits for them
	s.url = server.URL
	return s
}

// readMessage stands for the reader: which words it knows is its own tests' business.
func readMessage(text string) console.Reading {
	in := dialogue.Reading{Language: guide.Japanese}
	if !strings.ContainsFunc(text, func(c rune) bool { return c > 0x3000 }) {
		in.Language = guide.English
	}
	hear := func(word, slot, value string) {
		if strings.Contains(text, word) {
			in.Facts = append(in.Facts, dialogue.Heard{Fact: guide.Fact{Slot: slot, Value: value}, Confidence: 1})
		}
	}
	hear("VPN", "prompt", "vpn")
	hear("クーポン", "coupon", "known")
	hear("一覧", "request", "overview")
	if strings.Contains(text, "どちらか") {
		in.Likely = []dialogue.Heard{{Fact: guide.Fact{Slot: "prompt", Value: "vpn"}}, {Fact: guide.Fact{Slot: "prompt", Value: "portal"}}}
	}
	if strings.Contains(text, "人と") {
		in.Act = dialogue.Human
	}
	return console.Understood(content(), in, strings.Contains(text, "hunter2"))
}

// as is the address that signs somebody in and leads to a page.
func (s *site) as(who console.Agent, to string) string {
	return s.url + "/agent/sign-in?as=" + who.ID + "&to=" + url.QueryEscape(to)
}

// answer is what came back.
type answer struct {
	*http.Response
	body string
}

// send sends a request as somebody; "" is nobody.
func (s *site) send(who console.Agent, method, path string, form url.Values, headers ...string) answer {
	s.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.url+path, body)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Accept", "text/html")
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if who.ID != "" {
		r.AddCookie(&http.Cookie{Name: whoCookie, Value: who.ID})
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer{response, string(data)}
}

func (s *site) get(path string, headers ...string) answer {
	s.t.Helper()
	return s.send(sato, http.MethodGet, path, nil, headers...)
}

func (s *site) post(path string, form url.Values) answer {
	s.t.Helper()
	return s.send(sato, http.MethodPost, path, form)
}

// agentNamed gives whoever is signed in another name.
func agentNamed(signedIn func(*http.Request) (console.Agent, bool), name string) func(*http.Request) (console.Agent, bool) {
	return func(r *http.Request) (console.Agent, bool) {
		who, ok := signedIn(r)
		who.Name = name
		return who, ok
	}
}
