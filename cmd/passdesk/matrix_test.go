package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"passdesk/internal/channel/api"
	"passdesk/internal/channel/webchat"
	"passdesk/internal/console"
)

// visitor is somebody with a browser.
type visitor struct {
	t    *testing.T
	at   string
	http *http.Client
}

func visit(t *testing.T, at string) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := &visitor{t: t, at: at, http: &http.Client{
		Jar: jar, Transport: &http.Transport{}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	t.Cleanup(v.http.CloseIdleConnections)
	return v
}

// answer is what a visitor got, without what differs between any two answers.
type answer struct {
	status       int
	header, body string
	cookies      int
}

// send sends a form, or a document if body is one, with headers in pairs.
func (v *visitor) send(method, path string, body any, headers ...string) answer {
	v.t.Helper()
	var reader io.Reader
	kind := ""
	switch b := body.(type) {
	case url.Values:
		reader, kind = strings.NewReader(b.Encode()), "application/x-www-form-urlencoded"
	case string:
		reader, kind = strings.NewReader(b), "application/json"
	}
	r, err := http.NewRequestWithContext(v.t.Context(), method, v.at+path, reader)
	if err != nil {
		v.t.Fatal(err)
	}
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Accept", "text/html")
	for pair := range slices.Chunk(headers, 2) {
		r.Header.Set(pair[0], pair[1])
	}
	got, err := v.http.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer got.Body.Close() //nolint:errcheck // read to its end below
	a := answer{status: got.StatusCode, cookies: len(got.Cookies())}
	if got.Header.Get("Content-Type") == "text/event-stream" {
		return a // it never ends
	}
	data, err := io.ReadAll(got.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	for _, name := range []string{"Date", "Content-Length", "X-Request-Id", "Set-Cookie"} {
		got.Header.Del(name)
	}
	a.header, a.body = fmt.Sprint(got.Header), string(data)
	return a
}

// signIn makes the visitor an agent.
func (v *visitor) signIn(name string) *visitor {
	v.t.Helper()
	form := url.Values{"name": {name}, "password": {"correct horse battery"}}
	if got := v.send(http.MethodPost, "/agent/sign-in", form, "Sec-Fetch-Site", "same-origin"); got.status != http.StatusSeeOther {
		v.t.Fatalf("%s cannot sign in: %d", name, got.status)
	}
	return v
}

// command runs a command beside the server.
func command(t *testing.T, input string, arguments ...string) {
	t.Helper()
	var out bytes.Buffer
	if code := run(t.Context(), arguments, strings.NewReader(input), &out, &out); code != exitFine {
		t.Fatalf("%q: %d %s", arguments, code, out.String())
	}
}

// kept is a digest of all that is in the database.
func kept(t *testing.T) [sha256.Size]byte {
	t.Helper()
	file := filepath.Join(t.TempDir(), "copy.db")
	command(t, "", "backup", file)
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return sha256.Sum256(data)
}

// place is a path of the whole program, with a conversation or a case filled in.
type place struct {
	address string
	methods []string
	people  bool // a hand-over's
	agents  bool // below /agent/, and not open
}

// everyPath is every path of the router.
func everyPath(conversation, oneCase string) []place {
	var all []place
	fill := strings.NewReplacer("{$}", "", "{conversation}", conversation, "{case}", oneCase, "{language}", "ja", "{answer}", "vpn-signin",
		"{name}", "chat.css", "{version}", "v", "{file...}", "console.css").Replace
	for _, route := range webchat.Routes() {
		all = append(all, place{address: fill(route.Pattern), methods: route.Methods})
	}
	for _, route := range api.Routes() {
		all = append(all, place{address: fill(route.Pattern), methods: route.Methods})
	}
	for _, route := range console.Routes() {
		all = append(all, place{address: fill(route.Pattern), methods: route.Methods, people: route.People, agents: !route.Open})
	}
	return append(all,
		place{address: "/agent/sign-in", methods: []string{http.MethodGet, http.MethodPost}},
		place{address: "/agent/sign-out", methods: []string{http.MethodPost}},
		place{address: "/agent", methods: []string{http.MethodGet}},
	)
}

// begun is a site with a conversation and a hand-over in it, and everybody who might want to see them.
type begun struct {
	at                  string
	customer, other     *visitor
	agent, author, gone *visitor
	conversation, token string // of the API
	oneCase             string
}

func begin(t *testing.T) begun {
	t.Helper()
	at, _ := site(t)
	b := begun{at: at, customer: visit(t, at), other: visit(t, at)}
	for _, v := range []*visitor{b.customer, b.other} {
		page := v.send(http.MethodGet, "/?lang=en", nil).body
		v.send(http.MethodPost, "/", fields(page, url.Values{"command": {"human"}}), "Sec-Fetch-Site", "same-origin")
	}
	var got struct{ Conversation, Token string }
	if err := json.Unmarshal([]byte(visit(t, at).send(http.MethodPost, "/api/v1/conversations", "{}").body), &got); err != nil {
		t.Fatal(err)
	}
	b.conversation, b.token = got.Conversation, got.Token
	command(t, "correct horse battery\n", "agent", "add", "Author", "--role", "author")
	command(t, "correct horse battery\n", "agent", "add", "Gone")
	b.agent, b.author, b.gone = visit(t, at).signIn("Sato"), visit(t, at).signIn("Author"), visit(t, at).signIn("Gone")
	command(t, "", "agent", "disable", "Gone")
	b.gone.send(http.MethodGet, "/agent/", nil) // which ends the session
	_, rest, found := strings.Cut(b.agent.send(http.MethodGet, "/agent/cases", nil).body, `href="/agent/cases/`)
	if b.oneCase, _, _ = strings.Cut(rest, `"`); !found {
		t.Fatal("there is no hand-over")
	}
	return b
}

// fields are the hidden fields of a page with more.
func fields(page string, more url.Values) url.Values {
	for part := range strings.SplitSeq(page, `<input type="hidden" name="`) {
		name, rest, _ := strings.Cut(part, `" value="`)
		if value, _, found := strings.Cut(rest, `"`); found && len(name) < 10 {
			more.Set(name, value)
		}
	}
	return more
}

// TestForeignPagesChangeNothing is reliability row 15: of what pages of other sites make a browser send,
// nothing is taken by any path that can change something, and nothing that is only read changes anything.
func TestForeignPagesChangeNothing(t *testing.T) {
	b := begin(t)
	before := kept(t)
	if kept(t) != before {
		t.Fatal("two copies of the same database differ: this test would see nothing")
	}
	page := b.customer.send(http.MethodGet, "/", nil).body
	form := fields(page, url.Values{"command": {"restart"}, "text": {"hello"}, "message": {"m"}, "outcome": {"solved"}, "to": {"en"}, "name": {"Sato"}, "password": {"correct horse battery"}})
	changing := 0
	for _, p := range everyPath(b.conversation, b.oneCase) {
		for who, v := range map[string]*visitor{"customer": b.customer, "agent": b.agent} {
			for _, method := range p.methods {
				if method == http.MethodGet {
					v.send(method, p.address, nil)
					v.send(http.MethodHead, p.address, nil)
					continue
				}
				changing++
				for _, foreign := range [][]string{
					{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"}, {"Origin", "null"},
					{"Sec-Fetch-Site", "cross-site", "Origin", b.at},
				} {
					body := any(form)
					if strings.HasPrefix(p.address, apiPrefix) {
						body, foreign = "{}", append(foreign, "Authorization", "Bearer "+b.token, "Idempotency-Key", "m")
					}
					if got := v.send(method, p.address, body, foreign...); got.status != http.StatusForbidden || got.cookies > 0 {
						t.Errorf("%s %s by the %s with %q: %d, %d cookies", method, p.address, who, foreign, got.status, got.cookies)
					}
				}
			}
		}
	}
	if kept(t) != before {
		t.Error("something was changed")
	}
	t.Logf("%d paths", changing/2)
	if changing < 20 {
		t.Errorf("only %d paths that change something", changing)
	}
	if got := b.customer.send(http.MethodPost, "/", form, "Sec-Fetch-Site", "same-origin"); got.status != http.StatusSeeOther || kept(t) == before {
		t.Errorf("what the customer sends is not taken either: %d", got.status)
	}
}

// mistyped is a token with another last character than its own, whatever that is.
func mistyped(token string) string {
	rest, last := token[:len(token)-1], "A"
	if strings.HasSuffix(token, last) {
		last = "E"
	}
	return rest + last
}

// TestNobodyElseGetsIn is reliability row 19: who has no business with a conversation or a hand-over is
// told the same as if it were not there.
func TestNobodyElseGetsIn(t *testing.T) {
	b := begin(t)
	const unknown = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	real, made := everyPath(b.conversation, b.oneCase), everyPath(unknown, unknown)
	everybody := map[string]*visitor{"nobody": visit(t, b.at), "customer": b.other, "author": b.author, "disabled agent": b.gone}
	tried := 0
	for i, p := range real {
		if p.address == made[i].address {
			continue
		}
		tried++
		for who, v := range everybody {
			for _, method := range p.methods {
				for _, token := range []string{"", "Bearer " + unknown, "Bearer " + mistyped(b.token), "Bearer " + b.conversation} {
					headers := []string{"Sec-Fetch-Site", "same-origin", "Authorization", token, "Idempotency-Key", "m"}
					body := `{"command":"start"}`
					if method == http.MethodGet {
						body = ""
					}
					there, not := v.send(method, p.address, body, headers...), v.send(method, made[i].address, body, headers...)
					if there.status < 300 || there.status == http.StatusBadRequest || strings.ReplaceAll(there.body, p.address, "") != strings.ReplaceAll(not.body, made[i].address, "") ||
						there.status != not.status || there.header != not.header {
						t.Errorf("%s %s by %s with %q: %v\nand of one that is not there: %v", method, p.address, who, token, there, not)
					}
				}
			}
		}
	}
	if tried < 8 {
		t.Errorf("only %d paths name a conversation or a hand-over", tried)
	}
	if got := b.agent.send(http.MethodGet, "/agent/cases/"+b.oneCase, nil); got.status != http.StatusOK {
		t.Errorf("the agent gets %d", got.status)
	}
	if got := visit(t, b.at).send(http.MethodGet, "/api/v1/conversations/"+b.conversation, nil, "Authorization", "Bearer "+b.token); got.status != http.StatusOK {
		t.Errorf("the token's owner gets %d", got.status)
	}
}
