package browsertest_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"passdesk/internal/browsertest"
)

var chromium = browsertest.New(os.Getenv)

func TestMain(m *testing.M) {
	code := m.Run()
	chromium.Stop()
	os.Exit(code)
}

const page = `<!doctype html><html lang="en"><title>Try</title>
<main><h1>Try</h1><form action="/next"><label>Name <input name="name" id="name"></label><button id="go">Go</button></form>
<p id="kind"></p></main>
<script>
let sent = 0, composed = 0;
document.querySelector("form").addEventListener("submit", e => { sent++; if (sent === 1) e.preventDefault(); });
document.querySelector("input").addEventListener("keydown", e => { if (e.isComposing) composed++; });
document.querySelector("#kind").textContent = ["dark", "light"].find(k => matchMedia("(prefers-color-scheme: " + k + ")").matches) + " " + matchMedia("(forced-colors: active)").matches;
</script></html>`

func site(t *testing.T) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/next" {
			_, _ = fmt.Fprintf(w, `<!doctype html><p id="got">%s</p><img src="http://elsewhere.test:1/x.png">`, r.Header.Get("Accept-Language"))
			return
		}
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte(page))
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// TestPage: what other packages' tests rely on.
func TestPage(t *testing.T) {
	url := site(t)
	p := chromium.Page(t, url, browsertest.Options{Dark: true, ForcedColors: true, Language: "ja-JP"})
	if got := p.Text("#kind"); got != "dark true" {
		t.Errorf("the page is %q, want dark true", got)
	}
	p.Focus("#name")
	p.Compose("ぱす")
	p.EnterWithCode(229)
	if p.True("sent > 0") || !p.True("composed > 0") {
		t.Error("Enter while composing: sent, or not known to be composing")
	}
	p.Commit("パス")
	p.Press(kb.Enter)
	p.Until("one sending", "sent === 1")
	p.AllowClipboard(url)
	p.Eval(`navigator.clipboard.writeText("コピー")`, nil)
	var copied string
	if p.Eval(`navigator.clipboard.readText()`, &copied); copied != "コピー" {
		t.Errorf("clipboard: %q", copied)
	}
	picture := filepath.Join(t.TempDir(), "a.png")
	p.Screenshot(picture)
	if about, err := os.Stat(picture); err != nil || about.Size() < 1000 {
		t.Errorf("picture: %v", err)
	}
	if got := p.True(`document.querySelector("#name").value === "パス"`); !got {
		t.Error("what was composed is not there")
	}
	if broken := p.Axe(); len(broken) > 0 {
		t.Errorf("axe: %s", strings.Join(broken, "\n"))
	}
	if tree := p.Tree(); len(tree) < 5 || tree[0].Role != "RootWebArea" || tree[0].Name != "Try" {
		t.Errorf("accessibility tree %+v", tree)
	}
	p.ClickAndLoad("#go")
	if got := p.Text("#got"); got != "ja-JP" || !strings.Contains(p.URL(), "/next") {
		t.Errorf("%s: %q, want the language", p.URL(), got)
	}
	if got := p.Elsewhere(url); len(got) != 1 || !strings.Contains(got[0], "elsewhere.test") {
		t.Errorf("requests elsewhere: %q", got)
	}
	if len(p.Faults()) == 0 {
		t.Error("a picture that is not there is no fault")
	}
}

// TestFaultsAreFound: axe complains of what is wrong, and scripts do not run where they must not.
func TestFaultsAreFound(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`<!doctype html><html><body><input><script>document.title = "ran"; throw new Error("boom")</script></body></html>`))
	}))
	t.Cleanup(s.Close)
	if found := strings.Join(chromium.Page(t, s.URL, browsertest.Options{}).Axe(), "\n"); !strings.Contains(found, "html-has-lang") || !strings.Contains(found, "label") {
		t.Errorf("axe finds %q", found)
	}
	p := chromium.Page(t, s.URL, browsertest.Options{})
	if faults := strings.Join(p.Faults(), "\n"); !strings.Contains(faults, "boom") {
		t.Errorf("faults %q", faults)
	}
	if p = chromium.Page(t, s.URL, browsertest.Options{NoScript: true}); p.True(`document.title === "ran"`) {
		t.Error("a script ran")
	}
}
